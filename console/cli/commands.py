"""What commands are made of: a command with the global options and examples, a noun with commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

import click

from console.cli.options import global_options, json_option
from console.language import _

Callback = Callable[..., int | None]
Nouns = dict[str, tuple[str, str]]
"""name -> (module with a `command()`, short help as a message for `_`)."""


class _Context(click.Context):
    def make_formatter(self) -> click.HelpFormatter:
        """Laid out by cells; loaded by whoever asks for help."""
        from console.cli.help_text import CellFormatter

        return CellFormatter(width=self.terminal_width, max_width=self.max_content_width)


class Verb(click.Command):
    """A command that does something; its callback's answer is the exit code."""

    context_class = _Context

    def __init__(
        self,
        name: str,
        callback: Callback,
        help: str,  # noqa: A002 - click's own name for it
        parameters: Sequence[click.Parameter] = (),
        examples: Sequence[str] = (),
    ) -> None:
        super().__init__(
            name,
            params=[*parameters, json_option(), *global_options()],
            callback=callback,
            help=help,
        )
        self._examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples."""
        write_examples(formatter, self._examples)


class Noun(click.Group):
    """What a command is about: `profile` with `add`, `list`.."""

    context_class = _Context

    def __init__(self, name: str, help: str, verbs: Sequence[Verb], examples: Sequence[str] = ()) -> None:  # noqa: A002
        super().__init__(
            name,
            commands=list(verbs),
            params=global_options(),
            help=help,
            no_args_is_help=True,
        )
        self._examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples."""
        write_examples(formatter, self._examples)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order they were given, not of the alphabet."""
        return list(self.commands)


class Root(click.Group):
    """The program: nouns that are imported when they are called; without one, the app."""

    context_class = _Context

    def __init__(
        self,
        nouns: Nouns,
        callback: Callback,
        help: str,  # noqa: A002
        parameters: Sequence[click.Parameter],
        examples: Sequence[str],
    ) -> None:
        super().__init__(
            "wecom-console",
            params=[*parameters, *global_options()],
            callback=callback,
            help=help,
            invoke_without_command=True,
        )
        self._nouns = nouns
        self._examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples."""
        write_examples(formatter, self._examples)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the table, not of the alphabet."""
        return list(self._nouns)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one noun."""
        if cmd_name not in self._nouns:
            return None
        module = import_module(self._nouns[cmd_name][0])
        command: click.Command = module.command()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table with its short help: no module is imported for it."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(words)) for name, (_module, words) in self._nouns.items()])


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """The end of a help text: examples, one a line, never wrapped."""
    if examples:
        with formatter.section(_("Examples")):
            for example in examples:
                formatter.write(f"{' ' * formatter.current_indent}{example}\n")
