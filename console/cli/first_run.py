"""Without a profile: the demo or a profile of one's own, chosen on a screen, opens in the same process."""

from __future__ import annotations

from importlib import import_module

from console.cli.app import open_app, run_screen
from console.cli.globals import Globals
from console.cli.opening import settings_for
from console.logbook import open_log
from console.settings import Home, Settings

SCREENS = "console.tui.setup.app"  # called by its name: neither front is built on the other


def first_run(home: Home, settings: Settings, wanted: Globals) -> int:
    """The screen of the first run, then what was chosen there; the answer is the exit code."""
    from console.operations.set_up import OpenProfile, TryDemo

    open_log(home)
    app = import_module(SCREENS).SetupApp(home, settings)
    chosen, code = run_screen(app)
    match chosen:
        case TryDemo():
            from console.cli.demo import AMBIENT, run_demo

            return run_demo(wanted, "--ambient", str(AMBIENT))
        case OpenProfile():
            return open_app(home, settings_for(home, wanted), wanted, chosen.name, chosen.given)
    return code
