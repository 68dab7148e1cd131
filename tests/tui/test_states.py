"""Loading, none, partial, failed and no match look different; Esc stops; late answers are dropped."""

from __future__ import annotations

import time

from console.operations.results import Failed, Stopped
from console.tui.messages import CustomersAnswered
from tests.conftest import LI_JIANGUO
from tests.tui.conftest import DELEGATED, OpenApp

C1 = "/externalcontact/list"
C2 = "/externalcontact/get"
C3 = "/externalcontact/batch/get_by_user"
C5 = "/externalcontact/get_follow_user_list"
OF_LINA = {"userid_list": "lina"}
FORBIDDEN = 48002


async def test_while_pages_load_rows_are_there_and_esc_stops_at_once(open_app: OpenApp) -> None:
    async with open_app() as walk:
        hold = walk.sandbox.faults.hang(C3, page=2, when=OF_LINA)
        await walk.pilot.press("down")
        await walk.until_shown("李娜's customers 100 ", "read 100/149, Esc stops")
        await walk.reaches(hold)
        await walk.pilot.press("enter")
        began = time.monotonic()
        await walk.press("escape")
        assert time.monotonic() - began < 1, "long before the time-out of 15 s"
        assert len(walk.customers()) == 100, "what was read stays"
        assert "partial" in walk.screen
        assert "Stopped before everything was read." in walk.screen
        assert walk.place == "customers-table"
        assert not walk.app.status.errors, "what the operator stopped is no error"
        hold.release()


async def test_none_is_said_to_be_none(open_app: OpenApp) -> None:
    async with open_app() as walk:
        for _turn in range(2):
            await walk.press(*["down"] * 4)
            assert "刘洋's customers 0" in walk.screen
            assert "This follower has no customers that this app may see." in walk.screen
            assert "WeCom says 84061 for none; that is not an error." in walk.screen
            assert not any("84061" in error.what for error in walk.app.status.errors)
            await walk.press(*["up"] * 4)


async def test_a_partial_read_names_what_is_missing_and_marks_what_is_old(open_app: OpenApp) -> None:
    async with open_app((100, 30)) as walk:
        await walk.press("down")
        assert not any("old data" in row[-1] for row in walk.customers())
        walk.clock.now += 60
        walk.sandbox.faults.errcode(C3, FORBIDDEN, page=2, when=OF_LINA)
        await walk.press("enter", "r")
        assert "Not all pages were read: 48002" in walk.screen
        assert "The 49 not read keep what was known before. r reads again." in walk.screen
        assert len(walk.customers()) == 149
        assert sum(row[-1] == "old data" for row in walk.customers()) == 49
        await walk.press("escape", "up", "down")
        assert "Not everything was read the last time." in walk.screen
        assert sum(row[-1] == "old data" for row in walk.customers()) == 49
        await walk.press("enter", "r")
        assert not any("old data" in row[-1] for row in walk.customers())
        assert "partial" not in walk.screen


async def test_ids_that_c1_knows_and_c3_does_not_return_are_rows_marked_so(open_app: OpenApp) -> None:
    async with open_app() as walk:
        walk.sandbox.faults.errcode(C3, FORBIDDEN, page=2, when=OF_LINA)
        await walk.press("down")
        unread = [row for row in walk.customers() if row[0].startswith("(not returned) wo")]
        assert len(unread) == 49
        assert len(walk.customers()) == 149


async def test_a_follower_without_a_licence_is_named(open_app: OpenApp) -> None:
    async with open_app() as walk:
        walk.sandbox.faults.unlicensed("zhangwei")
        await walk.press("enter", "r")
        assert "No interconnection licence (701008): zhangwei." in walk.screen
        assert len(walk.customers()) == 31, "what was known stays"


async def test_a_failed_read_keeps_the_old_data_and_the_error_until_it_is_seen(open_app: OpenApp) -> None:
    async with open_app() as walk:
        walk.clock.now += 7200
        walk.sandbox.faults.errcode(C1, 60011, when={"userid": "zhangwei"})
        await walk.press("enter")
        assert "old data, read 10:03, 2 h ago" in walk.screen
        assert "Not read just now: 60011" in walk.screen
        assert len(walk.customers()) == 31
        assert "! see why" in walk.status
        assert "60011" in walk.status
        await walk.press("exclamation_mark")
        assert "errcode 60011" in walk.screen
        assert "Ask:" in walk.screen
        await walk.press("escape")
        assert "60011" not in walk.status
        await walk.press("exclamation_mark")
        assert "There is no error to show." in walk.status


async def test_no_match_says_whether_more_may_come(open_app: OpenApp) -> None:
    async with open_app() as walk:
        hold = walk.sandbox.faults.hang(C3, page=2, when=OF_LINA)
        await walk.pilot.press("down")
        await walk.until_shown("100/149")
        await walk.pilot.press("enter", "slash", *"vip9")
        await walk.until_shown("No customer matches 「vip9」.", "Still reading; there may be more.")
        hold.release()
        await walk.settle()
        assert "Still reading" not in walk.screen


async def test_quick_steps_never_show_one_followers_customers_under_anothers_name(open_app: OpenApp) -> None:
    async with open_app() as walk:
        hold = walk.sandbox.faults.hang(C1, when={"userid": "lina"})
        await walk.pilot.press("down")
        await walk.reaches(hold)
        await walk.pilot.press("down")
        await walk.until_shown("王强's customers 14")
        hold.release()
        await walk.settle()
        assert "王强's customers 14" in walk.screen
        assert {row.userid for row in walk.relations()} == {"wangqiang"}
        walk.app.pane.post_message(CustomersAnswered(walk.app.session, "lina", Failed(Stopped())))
        await walk.settle()
        assert "Stopped" not in walk.screen, "an answer that comes late is dropped"


async def test_a_late_detail_of_another_customer_is_dropped(open_app: OpenApp) -> None:
    async with open_app((140, 40)) as walk:
        await walk.press("enter")
        hold = walk.sandbox.faults.hang(C2, when={"external_userid": LI_JIANGUO})
        await walk.pilot.press(*["down"] * 6)
        await walk.reaches(hold)
        await walk.pilot.press("down")
        await walk.until(lambda: walk.fields().get("name") == "王海波")
        hold.release()
        await walk.settle()
        assert walk.fields()["name"] == "王海波"


async def test_esc_stops_a_detail_that_hangs_and_what_was_known_stays(open_app: OpenApp) -> None:
    async with open_app() as walk:
        hold = walk.sandbox.faults.hang(C2)
        await walk.pilot.press("enter", "enter")
        await walk.reaches(hold)
        await walk.until_shown("reading page 1, Esc stops")
        await walk.press("escape")
        assert "Stopped before it was read; r reads again." in walk.screen
        assert walk.fields()["name"] == "鹿鹿", "from the list"
        assert walk.place == "detail-table"
        hold.release()
        await walk.press("r")
        assert "1 follower, 1 page" in walk.screen


async def test_another_profile_shows_nothing_of_the_first_and_has_ids_of_its_own(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("enter")
        own = {row.external_userid for row in walk.relations()}
        walk.sandbox.faults.errcode(C1, 60011, when={"userid": "zhangwei"})
        await walk.press("r")
        hold = walk.sandbox.faults.hang(C5)
        await walk.app.run_command("switch_profile")
        await walk.until_shown("Switch profile", DELEGATED)
        await walk.pilot.press("2")
        await walk.reaches(hold)
        await walk.until_shown("delegated")
        assert "李部张" not in walk.screen
        assert "张伟" not in walk.screen
        assert "60011" not in walk.screen
        hold.release()
        await walk.settle()
        assert "小鹿妈妈" in walk.screen
        assert {row.external_userid for row in walk.relations()}.isdisjoint(own)
        assert walk.place == "followers-table"
