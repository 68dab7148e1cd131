"""Options that every command takes: before or behind its name, they mean the same."""

from __future__ import annotations

import click

from console.cli.globals import Globals
from console.language import LANGUAGES, _


def globals_of(context: click.Context) -> Globals:
    """The global options of the command line that `context` belongs to."""
    return context.find_root().ensure_object(Globals)


def global_options() -> list[click.Parameter]:
    """--profile, --lang, --read-only, --ascii, --operator; made anew for each command, in the language of now."""
    return [
        click.Option(
            ["--profile"],
            metavar="NAME",
            expose_value=False,
            callback=_note_profile,
            help=_("The profile to work with (default: the default profile)."),
        ),
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            help=_("The language of words and messages."),
        ),
        click.Option(
            ["--read-only"],
            is_flag=True,
            expose_value=False,
            callback=_note_read_only,
            help=_("Write nothing to WeCom."),
        ),
        click.Option(
            ["--ascii"],
            is_flag=True,
            expose_value=False,
            callback=_note_ascii,
            help=_("Draw with ASCII characters only."),
        ),
        click.Option(
            ["--operator"],
            metavar="NAME",
            expose_value=False,
            callback=_note_operator,
            help=_("Who works here, for the record of changes."),
        ),
    ]


def json_option() -> click.Option:
    """--json, passed to the command as `as_json`."""
    return click.Option(
        ["--json", "as_json"], is_flag=True, help=_("Print JSON: one document, or one object a line for lists.")
    )


def _note_profile(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        globals_of(context).profile = value


def _note_read_only(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    globals_of(context).read_only |= value


def _note_operator(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        from console.settings_schema import operator_mistake  # here: few commands write

        if mistake := operator_mistake(value):
            raise click.BadParameter(mistake, context, parameter)
        globals_of(context).operator = value


def _note_ascii(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    globals_of(context).ascii |= value
