"""The first screens: what is read by itself, what is shown while WeCom is off, and when things are read again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from console.sandbox import Options, Sandbox
from tests.conftest import NOW
from tests.tui.conftest import LOW, Clock, OpenApp, rows_of

C1 = "/externalcontact/list"
C3 = "/externalcontact/batch/get_by_user"
C5 = "/externalcontact/get_follow_user_list"


async def test_the_first_start_chooses_the_first_follower_and_shows_the_customers(open_app: OpenApp) -> None:
    async with open_app() as walk:
        assert "张伟's customers 31" in walk.screen
        assert ("小鹿妈妈", "鹿鹿", "-", "13900005566", "11-22") in walk.customers()
        assert walk.place == "followers-table"
        assert walk.app.pane.followers.chosen == "zhangwei"


async def test_names_replace_userids_and_counts_have_words(open_app: OpenApp) -> None:
    async with open_app() as walk:
        shown = {row[0]: row[1] for row in walk.followers()}
    assert shown["张伟"] == "31"
    assert shown["刘洋"] == "none"
    assert shown["赵敏"] == "error"
    assert "sunli_sz" in shown, "a follower whose name nobody knows stands there by userid"
    assert "zhangwei" not in shown


async def test_a_customers_row_says_what_the_follower_wrote_without_a_key(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("enter", *["down"] * 6)
        assert "李部张 - what 张伟 wrote" in walk.screen
        assert "采购对接人" in walk.screen
        assert "company tags 重点客户" in walk.screen


async def test_the_row_of_keys_and_the_place_follow_the_list_the_keys_are_in(open_app: OpenApp) -> None:
    async with open_app() as walk:
        assert "row 2 of 9" in walk.status
        await walk.press("enter", "down")
        assert "row 2 of 31" in walk.status
        assert "/ filter" in walk.keys
        assert "F6 take over" not in walk.keys
        await walk.press("enter")
        assert "row 1 of 1" in walk.status
        assert "F6 take over" in walk.keys


async def test_a_follower_is_read_again_only_after_ten_minutes(open_app: OpenApp) -> None:
    async with open_app() as walk:
        first = walk.sandbox.requests[C3]
        await walk.press("down")
        both = walk.sandbox.requests[C3]
        assert both == first + 2, "李娜's customers are two pages"
        await walk.press("up")
        walk.clock.now += 599
        await walk.press("down")
        assert walk.sandbox.requests[C3] == both
        walk.clock.now += 2
        await walk.press("up")
        assert walk.sandbox.requests[C3] == both + 1


async def test_r_reads_again_at_once(open_app: OpenApp) -> None:
    async with open_app() as walk:
        reads = walk.sandbox.requests[C3]
        await walk.press("enter", "r")
        assert walk.sandbox.requests[C3] == reads + 1
        listed = walk.sandbox.requests[C5]
        await walk.press("escape", "f5")
        assert walk.sandbox.requests[C5] == listed + 1


async def test_with_wecom_off_what_is_known_is_shown_with_its_age(open_app: OpenApp, tmp_path: Path) -> None:
    off = Sandbox(Options(staff=3, customers=120, seed=7, now=NOW))
    with off.running():
        async with open_app(sandbox=off) as walk:
            await walk.press("enter", *["down"] * 6, "enter")
            assert walk.fields()["name"] == "李建国@城建"
            known = len(walk.customers())
    clock = Clock()
    clock.now += 3600
    async with open_app(sandbox=off, clock=clock) as walk:
        assert len(walk.customers()) == known
        assert "old data, read 10:03, 1 h ago" in walk.screen
        assert "Below is what was known before" in walk.screen
        assert "API failed" in walk.screen
        await walk.press("enter")
        await walk.press("enter")
        assert walk.fields()["name"] == "李建国@城建", "the customer one was at last, from the store"
        assert "Not read just now" in walk.screen


async def test_at_the_next_start_the_operator_is_where_they_were(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("enter", *["down"] * 6)
    async with open_app() as walk:
        assert walk.app.pane.followers.chosen == "zhangwei"
        relation = walk.app.pane.customers.chosen
        assert relation is not None
        assert relation.remark == "李部张"


async def test_a_corp_without_followers_says_so(open_app: OpenApp, start_sandbox: Callable[[Options], Sandbox]) -> None:
    empty = start_sandbox(Options(staff=1, customers=0, seed=7, now=NOW))
    empty.faults.errcode(C5, 84061, times=None)
    async with open_app(LOW, sandbox=empty) as walk:
        assert rows_of(walk.app.pane.followers.table) == [("Everybody", "0")]
        assert "Not read just now" in walk.screen
