"""Start the app: needs a terminal, and a profile to show."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import sys
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from console.cli.ending import INTERRUPTED, USAGE, Refused
from console.cli.globals import Globals
from console.cli.opening import chosen_profile, profiles_of, settings_for
from console.cli.signals import ENDING_SIGNALS
from console.language import _
from console.logbook import open_log
from console.settings import Home, Settings

if TYPE_CHECKING:
    from textual.app import App

    from console.credentials import SecretKind
    from console.session import Profiles

Answer = TypeVar("Answer")

START_AGAIN = 75
"""The exit code of an app that wants to be started again."""
SCREENS = "console.tui.app"  # called by its name, as a command is: neither front is built on the other


def run_app(wanted: Globals) -> int:
    """The app on the chosen profile; the answer is its exit code."""
    home = Home.locate()
    settings = settings_for(home, wanted)
    if not settings.profiles and wanted.profile is None and has_a_terminal():
        from console.cli.first_run import first_run

        return first_run(home, settings, wanted)
    profile = chosen_profile(settings, wanted)
    need_a_terminal()
    return open_app(home, settings, wanted, profile.name)


def open_app(
    home: Home,
    settings: Settings,
    wanted: Globals,
    name: str,
    given: Mapping[SecretKind, str] = MappingProxyType({}),
) -> int:
    """The app on the profile `name`; `given` are its secrets for this run only. The answer is the exit code."""
    profiles = profiles_of(home, settings, asks=False, reread=partial(settings_for, home, wanted))
    for kind, value in given.items():
        profiles.give_secret(name, kind, value)
    try:
        return show(profiles, name)
    finally:
        profiles.close()


def show(profiles: Profiles, name: str, *, tour: str = "NONE") -> int:
    """The screen, until it is left; the answer is its exit code. `tour`: the name of a demo's `TourWish`."""
    gc.disable()  # the start makes much to keep and little to throw away: looking for that takes a tenth of it
    open_log(Home.locate())
    screens = import_module(SCREENS)
    app = screens.ConsoleApp(profiles, name, on_loaded=_collect_again, tour=screens.TourWish[tour])
    answer, code = run_screen(app)
    return code or int(answer or 0)


def run_screen(app: App[Answer]) -> tuple[Answer | None, int]:
    """Run an app of ours until it is left: its answer, and the exit code of an end that it did not choose."""
    running = _shown(app)
    answer = asyncio.run(running)
    return answer, app.return_code or 0


def _collect_again() -> None:
    """What the start made stays, and later collections, which stop the screen, leave it out."""
    gc.freeze()
    gc.enable()


async def _shown(app: App[Answer]) -> Answer | None:
    """Run the app; a signal that asks for the end leaves the terminal, the store and the folders in order."""
    loop = asyncio.get_running_loop()
    for number in ENDING_SIGNALS:
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
            loop.add_signal_handler(number, partial(app.exit, return_code=INTERRUPTED))
    return await app.run_async()


def has_a_terminal() -> bool:
    """Whether there is a terminal to draw on."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def need_a_terminal() -> None:
    """Raises Refused (exit 2) where there is no terminal to draw on."""
    if not has_a_terminal():
        raise Refused(
            _("The app needs a terminal, and there is none here."),
            _("Use a command instead, such as {command}; all of them: {help}").format(
                command="wecom-console followers", help="wecom-console --help"
            ),
            USAGE,
        )
