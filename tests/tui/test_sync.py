"""Pane 4: a sync is begun, paused, stopped and gone on with by keys, and says how it ended."""

from __future__ import annotations

from typing import cast

import pytest

from console.sandbox.fault_kinds import Hold
from console.tui.sync.pane import SyncPane
from tests.tui.conftest import LOW, WIDE, OpenApp, Walk, rows_of

C3 = "/externalcontact/batch/get_by_user"


def pane_of(walk: Walk) -> SyncPane:
    return cast(SyncPane, walk.app.panes.pane(4))


def states(walk: Walk) -> dict[str, str]:
    return {row[1]: row[2] for row in rows_of(pane_of(walk).followers.table)}


async def held(walk: Walk) -> Hold:
    """A sync whose first read of 李娜 hangs."""
    await walk.press("4")
    hold = walk.sandbox.faults.hang(C3, None, when={"userid_list": "lina"})
    await walk.pilot.press("f8")
    await walk.reaches(hold)
    return hold


async def test_before_the_first_sync_the_pane_says_so_and_how_to_begin(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("4")

        assert "Nothing was synced yet" in walk.words
        assert "F8 reads all followers" in walk.words


@pytest.mark.parametrize("size", [LOW, WIDE])
async def test_a_sync_takes_in_everybody_and_names_first_who_could_not_be_read(
    open_app: OpenApp, size: tuple[int, int]
) -> None:
    async with open_app(size) as walk:
        await walk.press("4", "f8")
        await walk.until_shown("Incomplete, 320 relations; 1 not read")

        assert next(iter(states(walk).items())) == ("zhaomin", "failed")
        assert states(walk)["zhangwei"] == "done"
        assert "60011" in walk.words
        assert "QR scan" in walk.words
        await walk.press("1")
        assert rows_of(walk.app.pane.followers.table)[0][-1] == "320"


async def test_only_those_that_failed_are_read_again(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("4", "f8")
        await walk.until_shown("1 not read")
        asked = walk.sandbox.requests[C3]
        await walk.press("r")
        await walk.until_shown("Incomplete, 0 relations; 1 not read")

        assert list(states(walk)) == ["zhaomin"]
        assert walk.sandbox.requests[C3] == asked + 1


async def test_esc_stops_it_and_the_next_goes_on(open_app: OpenApp) -> None:
    async with open_app() as walk:
        hold = await held(walk)
        await walk.press("escape")
        await walk.until_shown("It did not come to its end")
        hold.release()
        await walk.press("f8")
        await walk.until_shown("Incomplete, 320 relations")


async def test_paused_it_says_so_and_goes_on_when_asked(open_app: OpenApp) -> None:
    async with open_app() as walk:
        hold = await held(walk)
        await walk.pilot.press("f8")
        await walk.until_shown("paused")
        hold.release()
        await walk.pilot.press("f8")
        await walk.until_shown("Incomplete, 320 relations")


async def test_leaving_the_app_asks_while_a_sync_runs(open_app: OpenApp) -> None:
    async with open_app() as walk:
        hold = await held(walk)
        await walk.pilot.press("q")
        await walk.until_shown("Stop the sync?")
        await walk.pilot.press("escape")
        hold.release()
        await walk.until_shown("Incomplete, 320 relations")


async def test_enter_goes_to_the_customers_of_a_follower(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("4", "f8")
        await walk.until_shown("1 not read")
        await walk.press("down", "down", "enter")

        assert walk.app.panes.current == 1
        assert walk.app.pane.customers.follower == "lina"
        assert walk.place == "customers-table"


async def test_wecom_not_answering_is_an_error_that_stays_and_the_pane_says_how_to_go_on(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("4")
        walk.sandbox.faults.reset(C3, None)
        await walk.pilot.press("f8")
        await walk.until_shown("It did not come to its end")

        assert walk.status
        await walk.press("!")
        assert "connection" in walk.words.lower()
