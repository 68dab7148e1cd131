"""The audit log: noted before and after, found again, and never another profile's."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.store import Records, Store
from console.store.audit import AuditDraft, AuditEntry, AuditQuery
from tests.store.answers import Document
from tests.store.conftest import Clock
from tests.store.old_files import old_file


def draft(
    remark: str = "李部长",
    *,
    operator: str = "陈敏",
    customer: str = "wo1",
    userid: str = "zhangwei",
    reason: str = "",
    undo_of: int | None = None,
) -> AuditDraft:
    body: Document = {"userid": userid, "external_userid": customer, "remark": remark}
    before: Document = {"remark": "李部张", "remark_mobiles": ["138 0000 0001"]}
    return AuditDraft(
        operator, customer, "李建国", userid, reason, ("remark",), before, before | {"remark": remark}, body, 7, undo_of
    )


def found(records: Records, contains: str = "", *, customer: str | None = None, userid: str | None = None) -> list[int]:
    return list(records.audit.select(AuditQuery(contains, customer, userid)))


def one(records: Records, number: int) -> AuditEntry:
    entry = records.audit.one(number)
    assert entry is not None
    return entry


async def test_a_write_is_noted_before_it_leaves_when_it_is_answered_and_when_it_is_over(
    records: Records, clock: Clock
) -> None:
    number = await records.audit.begin(draft(reason="工单 037"))
    begun = one(records, number)
    assert (begun.draft, begun.at, begun.profile) == (draft(reason="工单 037"), 1_000.0, "main")
    assert (begun.outcome, begun.errcode, begun.answered_at) == (None, None, None)
    assert [entry.id for entry in records.audit.unfinished()] == [number]

    clock.now = 1_002.0
    await records.audit.answered(number, 0)
    clock.now = 1_005.0
    await records.audit.finish(number, "written_and_seen", {"remark": "李部长"})
    ended = one(records, number)
    assert (ended.answered_at, ended.errcode, ended.finished_at) == (1_002.0, 0, 1_005.0)
    assert (ended.outcome, ended.seen) == ("written_and_seen", {"remark": "李部长"})
    assert records.audit.unfinished() == []


def test_an_entry_that_was_awaited_is_there_after_the_store_is_opened_again(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.db")
    number = store.profile("main", "ww1", "self-built").audit.begin(draft()).wait()
    store.close()

    again = Store.open(tmp_path / "store.db")
    assert [entry.id for entry in again.profile("main", "ww1", "self-built").audit.unfinished()] == [number]
    again.close()


async def test_entries_are_found_by_text_number_customer_and_follower_newest_first(records: Records) -> None:
    first = await records.audit.begin(draft("王总", customer="wo1", userid="lina", reason="工单 037"))
    second = await records.audit.begin(draft(customer="wo2"))
    for number in (first, second):
        await records.audit.answered(number, 0)

    assert found(records) == [second, first]
    assert found(records, "王总") == found(records, "037") == found(records, "wz") == [first]
    assert found(records, "13800000001") == [second, first]
    assert found(records, f"#{second}") == [second]
    assert found(records, customer="wo1") == found(records, userid="LiNa") == [first]
    assert found(records, "nobody wrote this") == []


async def test_an_entry_without_an_ending_is_found_by_its_text_too(records: Records) -> None:
    number = await records.audit.begin(draft("王总"))
    assert found(records, "王总") == [number]


async def test_a_window_is_in_the_order_asked_for_and_leaves_out_what_is_not_there(records: Records) -> None:
    numbers = [await records.audit.begin(draft()) for _ in range(3)]
    asked = [numbers[2], 999, numbers[0]]
    assert [entry.id for entry in records.audit.window(asked)] == [numbers[2], numbers[0]]


async def test_one_profile_never_sees_the_entries_of_another(store: Store) -> None:
    mine, theirs = (store.profile(name, "ww1", "self-built") for name in ("main", "other"))
    number = await mine.audit.begin(draft(reason="x"))
    await theirs.audit.answered(number, 0)

    assert one(mine, number).errcode is None
    assert (theirs.audit.one(number), found(theirs), theirs.audit.unfinished()) == (None, [], [])
    assert theirs.audit.last_reason("陈敏") == ""


async def test_the_last_reason_is_the_operators_own_also_when_it_was_none(records: Records) -> None:
    await records.audit.begin(draft(reason="工单 037"))
    await records.audit.begin(draft(reason="别人的", operator="李娜"))
    assert records.audit.last_reason("陈敏") == "工单 037"

    undone = await records.audit.begin(draft(reason="写错了", undo_of=1))
    assert records.audit.last_reason("陈敏") == "工单 037"
    assert [entry.id for entry in records.audit.undos_of(1)] == [undone]

    await records.audit.begin(draft(reason=""))
    assert records.audit.last_reason("陈敏") == ""


async def test_own_writes_are_remembered_with_their_fields_for_the_callbacks_to_come(
    records: Records, clock: Clock
) -> None:
    await records.audit.begin(draft())
    clock.now = 2_000.0
    number = await records.audit.begin(draft(userid="ZhangWei"))
    await records.audit.answered(number, 0)
    await records.audit.note_callback(number, 2_003.0)
    await records.audit.note_callback(number, 2_009.0)

    [own] = records.audit.own_writes("wo1", "zhangwei", since=1_500.0)
    assert (own.id, own.fields, own.sent_at, own.accepted, own.callback_at) == (
        number,
        ("remark",),
        2_000.0,
        True,
        2_003.0,
    )
    assert len(records.audit.own_writes("wo1", "zhangwei", since=0.0)) == 2
    assert records.audit.own_writes("wo2", "zhangwei", since=0.0) == []


async def test_half_a_character_from_outside_does_not_keep_a_write_from_being_noted(records: Records) -> None:
    number = await records.audit.begin(draft("x\ud800", operator="y\ud800", reason="z\ud800"))
    await records.audit.answered(number, 0)
    assert one(records, number).draft.after["remark"] == "x\ud800"


@pytest.mark.parametrize("from_version", [1, 2])
def test_a_store_from_before_the_log_gets_one_and_keeps_its_rows(tmp_path: Path, from_version: int) -> None:
    path = tmp_path / "store.db"
    old_file(path, from_version)

    store = Store.open(path)
    records = store.profile("main", "ww1", "self-built")
    assert records.audit.begin(draft()).wait() == 1
    assert records.relations.find("zhangwei", "wo1") is not None
    store.close()
