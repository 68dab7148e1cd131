"""The walk through pane 1 at every width: follower, customers, detail, and back."""

from __future__ import annotations

import pytest

from tests.tui.conftest import LOW, NARROW, WIDE, OpenApp, Walk

LEGIBLE = (60, 18)


def in_sight(walk: Walk) -> set[str]:
    """Which of the three columns are on the screen."""
    pane = walk.app.pane
    return {part.id or "" for part in (pane.followers, pane.customers, pane.detail) if part.region.width}


async def test_80_columns_show_two_of_three(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        assert in_sight(walk) == {"followers", "customers"}
        assert walk.place == "followers-table"
        await walk.press("enter")
        assert walk.place == "customers-table"
        assert in_sight(walk) == {"followers", "customers"}
        await walk.press("down", "enter")
        assert in_sight(walk) == {"customers", "detail"}
        assert walk.place == "detail-table"
        assert "周姐" in walk.screen
        await walk.press("escape")
        assert (walk.place, in_sight(walk)) == ("customers-table", {"followers", "customers"})
        await walk.press("escape")
        assert walk.place == "followers-table"
        await walk.press("escape")
        assert walk.place == "followers-table", "Esc never quits"


async def test_140_columns_show_all_three_and_the_detail_follows_the_choice(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        assert in_sight(walk) == {"followers", "customers", "detail"}
        await walk.press("enter", *["down"] * 6)
        assert walk.fields()["name"] == "李建国@城建"
        assert walk.place == "customers-table"
        await walk.press("enter")
        assert walk.place == "detail-table"
        await walk.press("escape", "escape")
        assert walk.place == "followers-table"


async def test_60_columns_show_one_and_enter_goes_deeper(open_app: OpenApp) -> None:
    async with open_app(NARROW) as walk:
        assert in_sight(walk) == {"followers"}
        await walk.press("enter")
        assert (walk.place, in_sight(walk)) == ("customers-table", {"customers"})
        await walk.press("enter")
        assert (walk.place, in_sight(walk)) == ("detail-table", {"detail"})
        await walk.press("escape")
        assert (walk.place, in_sight(walk)) == ("customers-table", {"customers"})
        await walk.press("escape")
        assert (walk.place, in_sight(walk)) == ("followers-table", {"followers"})


async def test_a_change_of_size_keeps_what_the_keys_are_in_on_the_screen(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        await walk.press("enter")
        await walk.resize(*NARROW)
        assert (walk.place, in_sight(walk)) == ("customers-table", {"customers"})
        await walk.resize(*WIDE)
        await walk.press("tab")
        assert walk.place == "contact-fields"
        await walk.resize(*LOW)
        assert (walk.place, in_sight(walk)) == ("contact-fields", {"customers", "detail"})
        await walk.press("escape")
        assert (walk.place, in_sight(walk)) == ("customers-table", {"followers", "customers"})


async def test_esc_from_the_list_beside_a_detail_brings_the_followers_back(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        await walk.press("enter", "enter", "shift+tab", "shift+tab")
        assert walk.place == "customers-table"
        await walk.press("escape")
        assert (walk.place, in_sight(walk)) == ("followers-table", {"followers", "customers"})


@pytest.mark.parametrize("size", [(20, 5), (52, 16), (59, 24), (80, 17)])
async def test_a_window_too_small_says_so_and_gives_everything_back(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(LOW) as walk:
        await walk.press("enter")
        before = walk.screen
        await walk.resize(*size)
        said = " ".join(walk.screen.split())
        assert said.startswith("The window is too small: at least 60x18, now")
        assert f"{size[0]}x{size[1]}" in "".join(walk.screen.split())
        assert "张伟" not in said
        await walk.press("down", "up")
        await walk.resize(*LOW)
        assert walk.screen == before


async def test_keys_work_on_a_screen_too_small_and_text_being_typed_is_kept(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        await walk.press("f")
        await walk.type("lj")
        await walk.resize(20, 5)
        assert "too small" in " ".join(walk.screen.split())
        await walk.type("g")
        await walk.resize(*LOW)
        assert "ljg" in walk.screen
        assert "李部张" in walk.screen
        await walk.press("escape", "escape")
        await walk.resize(20, 5)
        await walk.pilot.press("q")
        await walk.until(lambda: not walk.app.is_running)
        assert walk.app.return_value == 0


async def test_the_smallest_legible_screen_shows_a_list(open_app: OpenApp) -> None:
    async with open_app(LEGIBLE) as walk:
        await walk.press("enter")
        assert "张伟's customers 31" in walk.screen
        assert "李部张" in walk.screen
