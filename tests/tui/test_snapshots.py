"""How the screens look; few, and looked at before they are accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from console import language
from console.demo import DELEGATED, SELF_BUILT
from console.sandbox import Sandbox
from console.tui.app import ConsoleApp
from console.wecom.codes import NO_PRIVILEGE_TO_CONTACT, SYSTEM_BUSY
from tests.conftest import NOW
from tests.stage import profiles_on, settled

SnapCompare = Callable[..., bool]
LOW, HIGH = (80, 24), (140, 40)
TO_LI_JIANGUO = ("enter", *["down"] * 6)


@dataclass(slots=True)
class Stage:
    """Compares a screen with its snapshot after some keys."""

    sandbox: Sandbox
    folder: Path
    compare: SnapCompare

    def shows(
        self,
        *keys: str,
        size: tuple[int, int] = LOW,
        lang: str = "zh",
        theme: str = "dark",
        profile: str = SELF_BUILT,
        before: Callable[[], object] | None = None,
    ) -> bool:
        """Open the app, press keys one after the other, and compare; `before` is called ahead of the last key."""
        language.install(lang)
        with profiles_on(self.sandbox, self.folder, NOW) as profiles:
            app = ConsoleApp(profiles, profile)

            async def act(pilot: Pilot[Any]) -> None:
                app.theme = theme
                await settled(pilot)
                for place, key in enumerate(keys, 1):
                    if before is not None and place == len(keys):
                        before()
                    await pilot.press(key)
                    await settled(pilot)
                await pilot.pause()

            return self.compare(app, terminal_size=size, run_before=act)


@pytest.fixture
def stage(sandbox: Sandbox, tmp_path: Path, snap_compare: SnapCompare) -> Iterator[Stage]:
    before = language.current()
    yield Stage(sandbox, tmp_path, snap_compare)
    language.install(before)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [LOW, HIGH], ids=["low", "high"])
def test_the_customers_of_a_follower(stage: Stage, size: tuple[int, int], lang: str) -> None:
    assert stage.shows(*TO_LI_JIANGUO, size=size, lang=lang)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_detail_at_the_relation_one_came_through(stage: Stage, theme: str) -> None:
    assert stage.shows(*TO_LI_JIANGUO, "enter", theme=theme)


def test_a_delegated_app_is_given_less(stage: Stage) -> None:
    assert stage.shows(*TO_LI_JIANGUO, "enter", size=HIGH, profile=DELEGATED)


def test_the_hostile_customers_are_shown_as_data(stage: Stage) -> None:
    assert stage.shows("enter", *["down"] * 33)


def test_find_anybody(stage: Stage) -> None:
    assert stage.shows("f", *"ljg")


def test_nothing_matches_a_filter(stage: Stage) -> None:
    assert stage.shows("enter", "slash", *"zzz")


def test_a_follower_without_customers(stage: Stage) -> None:
    assert stage.shows(*["down"] * 4)


def test_a_partial_list_says_what_is_missing(stage: Stage) -> None:
    def fail_the_second_page() -> None:
        stage.sandbox.faults.errcode("/externalcontact/batch/get_by_user", SYSTEM_BUSY, times=None, page=2)

    assert stage.shows("enter", "r", before=fail_the_second_page)


def test_a_failed_read_keeps_what_was_known(stage: Stage) -> None:
    def take_the_right_away() -> None:
        stage.sandbox.faults.errcode("/externalcontact/list", NO_PRIVILEGE_TO_CONTACT, times=None)

    assert stage.shows("enter", "r", before=take_the_right_away)


def test_served_contacts(stage: Stage) -> None:
    assert stage.shows("enter", "c")


def test_help(stage: Stage) -> None:
    assert stage.shows("question_mark")


def test_a_terminal_that_is_too_small(stage: Stage) -> None:
    assert stage.shows(size=(52, 16))
