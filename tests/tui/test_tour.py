"""The tour is walked by keys alone, in both languages, on the smallest screen; a wrong key does not advance."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from console import language
from console.demo import DELEGATED, SELF_BUILT
from console.sandbox import Options, Sandbox
from console.tui import app as module
from console.tui import lookout
from console.tui.app import ConsoleApp, TourWish
from console.tui.dialogs import question
from console.tui.feed import welcome
from console.tui.remark import conflict
from console.tui.tour import guide
from console.tui.tour.guide import Guide
from console.tui.tour.leading import START_AGAIN
from tests.stage import profiles_on
from tests.tui.conftest import LOW, Clock, OpenApp, Walk, screen_text, wait_until


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks often, but not so often that the app never rests; dialogs listen at once."""
    monkeypatch.setattr(conflict, "DEAF_SECONDS", 0.0)
    monkeypatch.setattr(question, "DEAF_SECONDS", 0.0)
    monkeypatch.setattr(welcome, "DEAF_SECONDS", 0.0)
    monkeypatch.setattr(guide, "LOOK_SECONDS", 0.08)
    monkeypatch.setattr(module, "LOAD_AFTER_SECONDS", 0.01)
    monkeypatch.setattr(lookout, "LOOK_EVERY", 0.1)


@asynccontextmanager
async def touring(corp: Sandbox, folder: Path, lang: str, wish: TourWish) -> AsyncIterator[Walk]:
    """The demo as it is, on the smallest screen; the walk's own clock stands for nothing here."""
    language.install(lang)
    with profiles_on(corp, folder, time.time(), clock=time.time, receives=True) as profiles:
        console = ConsoleApp(profiles, SELF_BUILT, tour=wish)
        console.animation_level = "none"
        async with console.run_test(size=LOW) as pilot:
            walk = Walk(console, pilot, Passing(), corp)
            await walk.settle()
            yield walk


class Passing(Clock):
    """The clock on the wall, which no test moves: the demo's own things happen by it."""

    def __call__(self) -> float:
        return time.time()


def number(walk: Walk) -> int:
    """The step that is to be done, from 1."""
    return walk.app.screen_stack[0].query_one(Guide).number + 1


def guidance(walk: Walk) -> str:
    """What the guide says now."""
    return str(walk.app.screen_stack[0].query_one(Guide).render())


async def at(walk: Walk, step: int) -> None:
    await wait_until(walk.pilot, lambda: number(walk) == step)


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_seven_steps_are_done_by_the_real_keys(
    start_sandbox: Callable[[Options], Sandbox], tmp_path: Path, lang: str
) -> None:
    corp = start_sandbox(Options(staff=8, customers=320, seed=7))
    async with touring(corp, tmp_path, lang, TourWish.BEGIN) as walk:
        await wait_until(walk.pilot, lambda: walk.app.screen_stack[0].query(Guide))
        await walk.press("down", "slash", "z", "escape", "escape", "2", "1")
        assert number(walk) == 1, "a wrong key does not advance"
        await walk.press("f", *"ljg")
        assert number(walk) == 1
        await walk.press("enter")
        await at(walk, 2)
        await walk.press("tab", "v", "escape", "shift+tab")
        assert number(walk) == 2
        await walk.press("down")
        await at(walk, 3)

        await walk.press("up", "e", "tab", "tab", "tab", "down", "end", "backspace", "backspace", *"08", "f8")
        await wait_until(walk.pilot, lambda: type(walk.app.screen).__name__ == "Question")
        await walk.press("right", "enter")
        await at(walk, 4)

        await walk.press("e", "end", "backspace", "长")
        assert number(walk) == 4
        await wait_until(walk.pilot, lambda: corp.colleague.sees("zhangwei", li(walk)).remark == "李部长(城建)")
        await walk.press("f8")
        await wait_until(walk.pilot, lambda: type(walk.app.screen).__name__ == "Question")
        await walk.press("right", "enter")
        await wait_until(walk.pilot, lambda: type(walk.app.screen).__name__ == "ConflictDialog")
        meeting = language._("Nothing was written: opened, now, yours. Right takes yours, Left theirs; then F8.")
        await walk.until(lambda: meeting[:20] in guidance(walk))
        await walk.press("right", "f8")
        await at(walk, 5)

        await walk.press("u")
        await wait_until(walk.pilot, lambda: type(walk.app.screen).__name__ == "Question")
        await walk.press("right", "enter")
        await at(walk, 6)

        await walk.press("ctrl+p", *"switch")
        await walk.press("enter")
        await wait_until(walk.pilot, lambda: type(walk.app.screen).__name__ == "Menu")
        await walk.press("down", "enter")
        await wait_until(walk.pilot, lambda: walk.app.session.profile.name == DELEGATED)
        await walk.press("3", "f8")
        await at(walk, 7)

        await wait_until(walk.pilot, lambda: walk.app.lookout and walk.app.lookout.greeter.live())
        await walk.press("w")
        await wait_until(walk.pilot, lambda: type(walk.app.screen).__name__ == "WelcomeDialog")
        await walk.press("enter")
        await at(walk, 8)
        assert language._("That was all; the demo goes on.") in walk.words
        await walk.press("f11")
        assert not walk.app.screen_stack[0].query(Guide)


def li(walk: Walk) -> str:
    external_userid = walk.app.pane.detail.external_userid
    assert external_userid
    return external_userid


async def test_the_demo_offers_it_and_goes_without_when_told_to(
    start_sandbox: Callable[[Options], Sandbox], tmp_path: Path
) -> None:
    corp = start_sandbox(Options(staff=8, customers=320, seed=7))
    async with touring(corp, tmp_path, "en", TourWish.OFFER) as walk:
        await wait_until(walk.pilot, lambda: "F12 begins the tour" in screen_text(walk.app))
        await walk.press("f11")
        assert "F12 begins the tour" not in walk.words
        await walk.press("f12")
        assert number(walk) == 1
        await walk.press("f12")
        assert number(walk) == 2


async def test_outside_a_demo_there_is_no_tour_and_nothing_happens_on_cue(open_app: OpenApp) -> None:
    async with open_app() as walk:
        walk.app.session.cue = None
        await walk.press("f12")
        assert not walk.app.screen_stack[0].query("#guide")
        await walk.press("ctrl+p", *"newcomer")
        assert "only in: the demo" in walk.words


async def test_a_trainer_has_things_happen_to_the_chosen_customer(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("f", *"ljg", "enter")
        await walk.press("ctrl+p", *"demo: change", "enter")
        await wait_until(walk.pilot, lambda: walk.sandbox.colleague.sees("zhangwei", li(walk)).remark == "同事改的备注")
        assert "A colleague has changed this record" in walk.status


async def test_the_keys_that_are_pressed_are_shown_to_an_audience(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("ctrl+p", *"show keys", "enter")
        await walk.press("down", "f5")
        assert "down  F5" in walk.words.replace("down F5", "down  F5")
        await walk.press("ctrl+p", *"show keys", "enter")
        assert walk.app.pressed is None


async def test_an_exercise_sees_for_itself_when_it_is_done(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("ctrl+p", *"exercises", "enter")
        assert "13500000000" in walk.words
        await walk.press("f", *"13500004321", "enter", "e")
        await wait_until(walk.pilot, lambda: type(walk.app.screen).__name__ == "Editor")
        await walk.press("tab", "tab", "home", "ctrl+k")
        await walk.paste("13500000000")
        await walk.press("f8")
        await wait_until(walk.pilot, lambda: type(walk.app.screen).__name__ == "Question")
        await walk.press("right", "enter")
        await at(walk, 2)


async def test_the_demo_begins_anew_when_it_is_asked_to(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("ctrl+p", *"start again")
        await walk.pilot.press("enter")
        await wait_until(walk.pilot, lambda: walk.app.return_value is not None)
        assert walk.app.return_value == START_AGAIN
