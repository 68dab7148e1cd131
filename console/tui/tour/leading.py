"""Begin, skip, go back and end: what the keys of a tour do to the app, which gives it three lines of its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.language import _
from console.tui.tour.guide import Guide, Offer
from console.tui.tour.pressed import KeysPressed
from console.tui.tour.steps import EXERCISES, TOUR
from console.tui.tour.trainer import happen, live

if TYPE_CHECKING:
    from textual.widget import Widget

    from console.tui.app import ConsoleApp

START_AGAIN = 75
"""The answer of an app that wants to be started again."""


async def begin_or_offer(app: ConsoleApp) -> None:
    """What a demo begins with, once; a change of profile offers nothing again."""
    from console.tui.app import TourWish

    wish, app.tour_wish = app.tour_wish, TourWish.NONE
    if wish is TourWish.BEGIN:
        await lead(app, "tour")
    else:
        await _put(app, Offer())


async def carry_out(app: ConsoleApp, what: str) -> None:
    """A command of the demo, by its id."""
    if what.startswith("cue_"):
        app.run_worker(happen(app, what.removeprefix("cue_")), group="cue", exit_on_error=False)
        return
    match what:
        case "tour" | "exercises":
            await lead(app, what)
        case "tour_on":
            await go_on(app)
        case "tour_back":
            go_back(app)
        case "tour_end":
            await end(app)
        case "show_pressed":
            await show_pressed(app)
        case "start_again":
            app.exit(START_AGAIN)


async def lead(app: ConsoleApp, what: str) -> None:
    """Begin the tour or the exercises, in place of what was there."""
    steps = {"tour": (_("Tour"), TOUR), "exercises": (_("Exercise"), EXERCISES)}
    await _put(app, Guide(app, *steps[what]))
    await live(app, still=True)


async def go_on(app: ConsoleApp) -> None:
    """Skip the step; begin where there is none yet."""
    guide = _guide(app)
    if isinstance(guide, Guide) and guide.step is not None:
        guide.skip()
    else:
        await lead(app, "tour")


def go_back(app: ConsoleApp) -> None:
    """The step before."""
    guide = _guide(app)
    if isinstance(guide, Guide):
        guide.back()


async def end(app: ConsoleApp) -> None:
    """Give the lines back to the screen."""
    guide = _guide(app)
    if guide is not None:
        await guide.remove()
        app.remove_class("-guided")
        if isinstance(guide, Guide):
            await live(app, still=False)


async def show_pressed(app: ConsoleApp) -> None:
    """Show the keys that are pressed, or no more."""
    if app.pressed is not None:
        await app.pressed.remove()
        app.pressed = None
    else:
        app.pressed = KeysPressed()
        await app.screen_stack[0].mount(app.pressed, before=app.status)


def _guide(app: ConsoleApp) -> Widget | None:
    found = app.screen_stack[0].query("#guide")
    return found.first() if found else None


async def _put(app: ConsoleApp, widget: Widget) -> None:
    await end(app)
    await app.screen_stack[0].mount(widget, before=app.status)
    app.add_class("-guided")
