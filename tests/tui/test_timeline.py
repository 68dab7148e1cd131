"""The timeline of a customer: everything in one list, silences included, and a way from each entry to its place."""

from __future__ import annotations

import pytest

from console.store.audit import AuditDraft
from console.tui import app
from console.tui.timeline.dialog import TimelineDialog
from tests.tui.arrivals import RECEIVER, arrive_for
from tests.tui.conftest import LOW, WIDE, OpenApp, Walk, rows_of
from tests.tui.test_feed import feed, known


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody works on the events."""
    monkeypatch.setattr(app, "LOAD_AFTER_SECONDS", 3600.0)


def entries(walk: Walk) -> list[tuple[str, ...]]:
    assert isinstance(walk.app.screen, TimelineDialog)
    return rows_of(walk.app.screen.table)


def sources(walk: Walk) -> list[str]:
    return [row[1] for row in entries(walk)]


async def write(walk: Walk, userid: str, customer: str) -> int:
    """A write from here, as the record has it."""
    audit = walk.app.session.records.audit
    before: dict[str, object] = {"remark": "李部张"}
    after: dict[str, object] = {"remark": "李部长"}
    draft = AuditDraft("陈敏", customer, "李部张", userid, "", ("remark",), before, after, after, 0)
    entry = await audit.begin(draft)
    await audit.answered(entry, 0)
    await audit.finish(entry, "written_and_seen", after)
    return entry


@pytest.mark.parametrize("size", [LOW, WIDE])
async def test_events_writes_reads_and_silences_stand_in_one_list(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(size) as walk:
        li = await known(walk, "李部张")
        receivers = walk.app.session.records.receivers
        run = receivers.start(RECEIVER, "127.0.0.1:8765").wait(5)
        arrive_for(walk, li, "edit_external_contact")
        walk.clock.now += 600
        receivers.stop(run).wait(5)
        walk.clock.now += 1140
        receivers.start(RECEIVER, "127.0.0.1:8765").wait(5)
        number = await write(walk, "zhangwei", li.external_userid)
        await walk.press(*["down"] * 6, "t")
        assert "Timeline: 李部张 woAJ2GCAAAXtWyujaWJHDDGi0mACHAAA" in walk.screen
        assert sources(walk)[:4] == ["own write", "-", "event", "read"]
        written, silent, event, added = entries(walk)[:4]
        assert written[3].startswith("remark 李部张 -> 李部长")
        assert written[4] == f"#{number}"
        assert silent[3] == "nobody listened until 10:32: events may be missing"
        assert event[2] == "张伟"
        assert added[3] == "added, by WeCom's own date  1 scanned a QR code  expo2024"
        assert "Events were received since 2026-11-22 10:03:00" in walk.screen
        await walk.press("escape")
        assert walk.place == "customers-table"


async def test_enter_goes_to_the_event_and_to_the_entry_of_the_record(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        li = await known(walk, "李部张")
        event = arrive_for(walk, li, "edit_external_contact")
        arrive_for(walk, li, "msg_audit_approved", State="later")
        await write(walk, "zhangwei", li.external_userid)
        await walk.press(*["down"] * 6, "enter", "t")
        place = next(place for place, row in enumerate(entries(walk)) if row[4] == f"e{event}")
        await walk.press("home", *["down"] * place, "enter")
        assert walk.app.panes.current == 2
        assert feed(walk).events.table.chosen_key == event
        await walk.press("t")
        place = sources(walk).index("own write")
        await walk.press("home", *["down"] * place, "enter")
        assert "Record #1" in walk.screen
        await walk.press("escape", "u")
        assert "李部长" in walk.screen
        assert "Cancel" in walk.screen, "the undo is confirmed first"


async def test_a_follower_who_is_gone_has_a_tab_and_the_last_remark(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        li = await known(walk, "李部张")
        records = walk.app.session.records
        await walk.press(*["down"] * 6, "enter")
        await records.relations.put_end("zhangwei", li.external_userid, at=walk.clock())
        await walk.press("t")
        assert "[all]  张伟 (gone)  李娜" in walk.screen
        assert "张伟's last remark, gone 11-22" in walk.screen
        assert "remark 李部张" in walk.screen
        await walk.press("tab")
        assert {row[2] for row in entries(walk)} <= {"张伟", "-"}
        await walk.press("f6")
        assert "Take over from another follower" in walk.screen
