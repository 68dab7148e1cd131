"""Start the app: needs a terminal, and a profile to show."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from console.cli.ending import INTERRUPTED, USAGE, Refused
from console.cli.opening import chosen_profile, settings_for
from console.cli.options import globals_of
from console.cli.signals import ENDING_SIGNALS
from console.language import _
from console.logbook import open_log
from console.settings import Home

if TYPE_CHECKING:
    from textual.app import App

    from console.session import Profiles

SCREENS = "console.tui.app"  # called by its name, as a command is: neither front is built on the other


def run_app(context: click.Context) -> int:
    """The app on the chosen profile; the answer is its exit code."""
    home = Home.locate()
    wanted = globals_of(context)
    settings = settings_for(home, wanted)
    profile = chosen_profile(settings, wanted)
    need_a_terminal()

    from console.credentials import EnvironmentSecrets, KeyringSecrets
    from console.operations.names import read_names_file
    from console.session import Profiles, connect_with
    from console.store import Store

    store = Store.open(home.store_file)
    connect = connect_with(EnvironmentSecrets(KeyringSecrets()))
    profiles = Profiles(settings, store, connect, names=read_names_file(home.names_file))
    try:
        return show(profiles, profile.name)
    finally:
        profiles.close()


def show(profiles: Profiles, name: str) -> int:
    """The screen, until it is left; the answer is its exit code."""
    gc.disable()  # the start makes much to keep and little to throw away: looking for that takes a tenth of it
    open_log(Home.locate())
    app = import_module(SCREENS).ConsoleApp(profiles, name, on_loaded=_collect_again)
    answer: int | None = asyncio.run(_shown(app))
    code: int | None = app.return_code
    return code or answer or 0


def _collect_again() -> None:
    """What the start made stays, and later collections, which stop the screen, leave it out."""
    gc.freeze()
    gc.enable()


async def _shown(app: App[int]) -> int | None:
    """Run the app; a signal that asks for the end leaves the terminal, the store and the folders in order."""
    loop = asyncio.get_running_loop()
    for number in ENDING_SIGNALS:
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
            loop.add_signal_handler(number, app.exit, INTERRUPTED)
    return await app.run_async()


def need_a_terminal() -> None:
    """Raises Refused (exit 2) where there is no terminal to draw on."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise Refused(
            _("The app needs a terminal, and there is none here."),
            _("Use a command instead, such as {command}; all of them: {help}").format(
                command="wecom-console followers", help="wecom-console --help"
            ),
            USAGE,
        )
