"""Pane 2: what came in, the newest first, followed until the operator moves, and told in words."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from console.store.event_query import EventQuery
from console.store.relations import RelationRow
from console.tui import app
from console.tui.feed.pane import FeedPane
from console.wecom.callback.rejection import Reason, Rejected
from tests.tui.arrivals import RECEIVER, arrive, arrive_for, from_peer
from tests.tui.conftest import LOW, WIDE, OpenApp, Walk, rows_of

TIME, KIND, FOLLOWER, CUSTOMER, SAID, EFFECT = range(6)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody works on the events: what follows from them is not what is looked at here."""
    monkeypatch.setattr(app, "LOAD_AFTER_SECONDS", 3600.0)


def feed(walk: Walk) -> FeedPane:
    pane = walk.app.panes.pane(2)
    assert isinstance(pane, FeedPane)
    return pane


def rows(walk: Walk, column: int) -> list[str]:
    """One column of all rows; of a row that has no columns its line."""
    return [row[column] if len(row) > 1 else row[0] for row in rows_of(feed(walk).events.table)]


async def look(walk: Walk) -> None:
    """The feed has changed."""
    feed(walk).feed_changed()
    await walk.settle()


async def known(walk: Walk, remark: str) -> RelationRow:
    """张伟's customers are read; the one he calls so."""
    await walk.press("1", "enter")
    return next(row for row in walk.relations() if remark in (row.remark, row.name))


async def test_the_newest_stands_first_and_is_followed_until_the_operator_moves(open_app: OpenApp) -> None:
    async with open_app() as walk:
        arrive(walk, State="one")
        await walk.press("2")
        two = arrive(walk, State="two")
        await look(walk)
        assert feed(walk).events.table.chosen_key == two
        assert "following" in walk.screen
        await walk.press("down")
        chosen = feed(walk).events.table.chosen_key
        three = arrive(walk, State="three")
        await look(walk)
        assert feed(walk).events.table.chosen_key == chosen
        assert len(rows(walk, KIND)) == 2
        assert "paused, 1 new" in walk.screen
        await walk.press("n")
        assert feed(walk).events.table.chosen_key == three
        await walk.press("p")
        arrive(walk, State="four")
        await look(walk)
        assert "paused, 1 new" in walk.screen
        await walk.press("p")
        assert len(rows(walk, KIND)) == 4
        assert "following" in walk.screen


async def test_every_kind_is_told_in_words(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        li = await known(walk, "李部张")
        arrive_for(walk, li, "add_external_contact", State="expo2024")
        arrive_for(walk, li, "add_half_external_contact", WelcomeCode="CODE")
        arrive_for(walk, li, "del_external_contact", Source="DELETE_BY_TRANSFER")
        arrive_for(walk, li, "del_follow_user")
        arrive_for(walk, li, "del_external_contact", Source="")
        arrive_for(walk, li, "transfer_fail", FailReason="customer_limit_exceed")
        arrive_for(walk, li, "msg_audit_approved")
        arrive(walk, "a_type_to_come")
        await walk.press("2")
        assert rows(walk, KIND)[::-1] == [
            "new customer",
            "half-added",
            "handed over",
            "customer left",
            "staff removed",
            "transfer fail",
            "chat consent",
            "unknown type",
        ]
        said = dict(zip(rows(walk, KIND), rows(walk, SAID), strict=True))
        assert said["new customer"] == "no welcome code  QR scan  expo2024"
        assert said["transfer fail"] == "the new follower has too many customers"
        assert said["handed over"] == "张伟's relation was taken away"
        assert said["unknown type"] == "a_type_to_come kept as it came"
        assert set(rows(walk, CUSTOMER)) == {"李部张", "wmNOBODY00000000000000000000"}
        assert set(rows(walk, FOLLOWER)) == {"张伟"}


async def test_what_brought_no_event_and_when_nobody_listened_stands_there_too(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        records = walk.app.session.records
        run = records.receivers.start(RECEIVER, "127.0.0.1:8765").wait(5)
        records.receivers.stop(run).wait(5)
        walk.clock.now += 1140
        records.receivers.start(RECEIVER, "127.0.0.1:8765").wait(5)
        records.events.reject(Rejected(Reason.SIGNATURE), from_peer("203.0.113.9"), receiver=RECEIVER).wait(5)
        records.events.verified(from_peer("101.91.0.0", "GET"), receiver=RECEIVER).wait(5)
        await walk.press("2")
        verified, rejected, gap = rows(walk, SAID)
        assert verified == "answered 101.91.0.0 with the decrypted text"
        assert rejected == "bad signature -40001  203.0.113.9"
        assert gap == "---- 10:03 to 10:22 nobody was listening: events of these 19 min can't come any more"
        assert "rejected 1" in walk.screen


async def test_what_is_pushed_twice_is_one_row(open_app: OpenApp) -> None:
    async with open_app() as walk:
        arrive(walk, State="expo")
        with pytest.raises(AssertionError, match="there already"):
            arrive(walk, State="expo")
        await walk.press("2")
        assert len(rows(walk, SAID)) == 1
        assert rows(walk, SAID)[0].startswith("x2")
        assert "repeated 1" in walk.screen


@pytest.mark.parametrize("size", [LOW, WIDE])
async def test_hostile_names_are_data(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(size) as walk:
        arrive(walk, "add_external_contact", userid="[/]x", customer="wm[bold red]", State="[@click=app.quit]\u202egpj")
        await walk.press("2")
        assert rows(walk, FOLLOWER) == ["[/]x"]
        assert rows(walk, CUSTOMER) == ["wm[bold red]"]
        assert "[@click=app.quit]<U+202E>gpj" in rows(walk, SAID)[0]
        await walk.press("tab", "tab")
        assert "<UserID><![CDATA[[/]x]]></UserID>" in str(feed(walk).details.told())


async def test_a_filter_takes_kinds_people_bookmarks_and_words(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        li = await known(walk, "李部张")
        arrive_for(walk, li, "transfer_fail", FailReason="customer_refused")
        arrive(walk, "transfer_fail", userid="lina")
        marked = arrive(walk, "add_external_contact", userid="lina", State="expo2024")
        await walk.press("2", "b")
        for typed, found in {
            "type:transfer": 2,
            "type:transfer follower:李娜": 1,
            "customer:李部": 1,
            "expo2024": 1,
            "bookmarks": 1,
            "nothing-of-it": 0,
        }.items():
            await walk.press("slash")
            await walk.paste(typed)
            assert len(rows(walk, KIND)) == found, typed
            assert ("No event matches" in walk.screen) is (found == 0)
            await walk.press("escape", "escape")
            assert len(rows(walk, KIND)) == 3
        assert walk.app.session.records.events.select_now(EventQuery(bookmarked=True))[0] == marked


async def test_enter_opens_the_customer_at_that_relation(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        li = await known(walk, "李部张")
        arrive_for(walk, li)
        arrive(walk, "edit_external_contact", userid="lina", customer=li.external_userid)
        await walk.press("2", "down", "enter")
        assert walk.app.panes.current == 1
        assert walk.fields()["remark"] == "李部张"
        await walk.press("2", "n", "enter")
        assert walk.fields()["remark"] == "李总"


async def test_a_failed_transfer_is_to_do_until_it_is_seen(open_app: OpenApp) -> None:
    async with open_app() as walk:
        arrive(walk, "transfer_fail", FailReason="customer_refused")
        await walk.press("2")
        assert rows(walk, EFFECT) == ["to do"]
        assert "to do 1" in walk.screen
        await walk.press("a")
        assert rows(walk, EFFECT) == ["seen"]
        assert "to do 1" not in walk.screen


async def test_phone_numbers_are_masked_also_in_the_raw_form_and_ids_are_not(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        customer = "wmqfasd1e1927831291723123109rAAA"
        arrive(walk, "add_external_contact", userid="13912342280", customer=customer, State="call 13912342280")
        await walk.press("2", "m")
        assert rows(walk, FOLLOWER) == ["139****2280"]
        assert rows(walk, SAID) == ["no welcome code  call 139****2280"]
        await walk.press("tab", "tab")
        assert "13912342280" not in walk.screen
        assert customer in walk.screen


async def test_the_listed_rows_are_exported_into_a_file(open_app: OpenApp, tmp_path: Path) -> None:
    async with open_app() as walk:
        arrive(walk, "add_external_contact", State="=1+1", WelcomeCode="CODE")
        arrive(walk, "transfer_fail", FailReason="customer_refused")
        await walk.press("2")
        for name in ("feed.csv", "feed.jsonl"):
            await walk.press("x", "ctrl+u")
            await walk.paste(str(tmp_path / name))
            await walk.press("enter")
            assert "2 entries in" in walk.status
        with (tmp_path / "feed.csv").open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
        assert [line[1] for line in lines] == ["type", "transfer fail", "new customer"]
        assert lines[2][4] == "'=1+1"
        documents = [json.loads(line) for line in (tmp_path / "feed.jsonl").read_text().splitlines()]
        assert [document["kind"] for document in documents] == ["transfer_fail", "add_external_contact"]
        assert documents[1]["fields"]["State"] == "=1+1"


async def test_an_empty_feed_says_why(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("2")
        assert "Nobody has ever received events on this computer" in walk.words
        records = walk.app.session.records
        run = records.receivers.start(RECEIVER, "127.0.0.1:8765").wait(5)
        await look(walk)
        assert "jump01 4242 has been listening at 127.0.0.1:8765 since 10:03" in walk.words
        records.receivers.stop(run).wait(5)
        walk.clock.now += 7200
        await look(walk)
        assert "jump01 4242 at 127.0.0.1:8765, ended 2 h ago" in walk.words
