"""`d` lists who may be the same person, and says what can't be done about it."""

from __future__ import annotations

from typing import cast

from console.tui.duplicates import DuplicatesDialog
from tests.conftest import LI_JIANGUO
from tests.tui.conftest import OpenApp, Walk, rows_of


async def synced(walk: Walk) -> None:
    await walk.press("4", "f8")
    await walk.until_shown("1 not read")
    await walk.press("1")


async def test_one_phone_at_two_customers_is_found_and_enter_opens_the_other(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await synced(walk)
        other = walk.sandbox.external_userid("Mrs.He")
        walk.sandbox.colleague.change("zhangwei", other, mobiles=["138 0000 0001"])
        await walk.press("4", "f8")
        await walk.until_shown("changed 1")
        await walk.press("f", *"ljg", "enter", "d")
        await walk.until_shown("1 customer may be the same person")

        assert "WeCom cannot merge customers" in walk.words
        table = cast(DuplicatesDialog, walk.app.screen).table
        assert {row[0] for row in rows_of(table)} == {"mobile"}
        await walk.press("enter")
        assert walk.app.pane.detail.external_userid == other


async def test_none_is_said_to_be_none_among_those_that_are_known(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("f", *"ljg", "enter", "d")
        await walk.until_shown("Nobody else that is known here")

        assert cast(DuplicatesDialog, walk.app.screen).external_userid == LI_JIANGUO
        assert "pane 4 takes in everybody" in walk.words
        await walk.press("escape")
        assert walk.place == "detail-table"
