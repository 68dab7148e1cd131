"""`wecom-console demo`: the app on an invented company, which keeps nothing and touches nothing of the user's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from console.cli.app import START_AGAIN, need_a_terminal, show
from console.cli.commands import Verb
from console.cli.ending import USAGE, Refused
from console.cli.globals import Globals
from console.cli.options import globals_of
from console.cli.sandbox import size_options
from console.language import _, listed
from console.settings import Home, Settings, SettingsError, load_settings, private_folder

AMBIENT = 6.0
"""How many things happen in a minute of a demo."""


def command() -> click.Command:
    """The one command."""
    return Verb(
        "demo",
        _demo,
        _(
            "The app on an invented company with people, customers and two kinds of apps. Nothing has to be set up, "
            "nothing leaves this machine, and nothing is kept unless --keep says where."
        ),
        [
            *size_options(),
            click.Option(
                ["--ambient"],
                type=click.FloatRange(min=0),
                default=AMBIENT,
                show_default=True,
                metavar="N",
                help=_("How many things happen in a minute by themselves; 0 for none."),
            ),
            click.Option(["--tour"], is_flag=True, help=_("Begin the tour of seven short steps at once.")),
            click.Option(
                ["--keep"],
                type=click.Path(path_type=Path, file_okay=False),
                metavar="DIR",
                help=_("Keep what the demo remembers in this folder."),
            ),
        ],
        ["wecom-console demo", "wecom-console demo --tour", "wecom-console demo --customers 20000 --seed 3 --lang en"],
    )


@click.pass_context
def _demo(
    context: click.Context,
    staff: int,
    customers: int,
    seed: int,
    ambient: float,
    tour: bool,
    keep: Path | None,
    as_json: bool,
) -> int:
    size = ("--staff", str(staff), "--customers", str(customers), "--seed", str(seed))
    return run_demo(globals_of(context), *size, "--ambient", str(ambient), keep=keep, tour=tour)


def run_demo(wanted: Globals, *arguments: str, keep: Path | None = None, tour: bool = False) -> int:
    """The app on a sandbox that is started with these arguments, again and again if it wants that; the exit code."""
    need_a_terminal()
    if keep is not None:
        private_folder(keep)
    while (code := _run_once(wanted, *arguments, keep=keep, tour=tour)) == START_AGAIN:
        tour = False
    return code


def _run_once(wanted: Globals, *arguments: str, keep: Path | None, tour: bool) -> int:
    from console.demo import demo

    with demo(*arguments, keep=keep, settings=_manners(wanted)) as profiles:
        if wanted.profile is not None and wanted.profile not in profiles.names:
            names = listed(profiles.names)
            raise Refused(_("The demo has these profiles: {names}").format(names=names), code=USAGE)
        return show(profiles, wanted.profile or profiles.names[0], tour="BEGIN" if tour else "OFFER")


def _manners(wanted: Globals) -> Settings:
    """The operator's keys, zone and looks; a demo starts whatever is wrong with the settings."""
    home = Home.locate()
    try:
        settings = load_settings(home)
    except SettingsError:
        settings = Settings(home.settings_file)
    return replace(
        settings,
        ascii=settings.ascii or wanted.ascii,
        operator=wanted.operator or settings.operator,
        read_only=wanted.read_only,
    )
