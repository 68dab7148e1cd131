"""Undo is a write like any other: guarded, proven, recorded; and where it can't be, it says why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings

from console.operations.remark.edits import Edits, PictureMedia, Typed, UnseenMobiles, edits_from_form
from console.operations.remark.guard import Conflict
from console.operations.remark.notes import NoteKind
from console.operations.remark.outcome import Outcome, Verdict, WhyNotWritten
from console.operations.remark.outcome_words import cannot_undo_words
from console.operations.remark.plan import Plan, make_plan
from console.operations.remark.reply import ticket_reply
from console.operations.remark.undo import CannotUndo, WhyNotUndone, undo_plan
from console.operations.remark.values import RemarkField, RemarkValues
from console.sandbox import Sandbox
from tests.operations.conftest import Desk
from tests.operations.remark.conftest import C4, ZHANG, Scribe, numbers, remark, scribe_at
from tests.operations.remark.test_any_edit import TYPED, VALUES, counted

REMARK = RemarkField.REMARK


def undoing(scribe: Scribe, outcome: Outcome) -> Plan:
    plan = undo_plan(scribe.author.records, scribe.entry(outcome.entry_id), reason="写错了")
    assert isinstance(plan, Plan), plan
    return plan


def refused(scribe: Scribe, outcome: Outcome) -> CannotUndo:
    why = undo_plan(scribe.author.records, scribe.entry(outcome.entry_id))
    assert isinstance(why, CannotUndo)
    assert cannot_undo_words(why)
    return why


async def test_undo_puts_back_what_was_there_and_is_an_entry_of_its_own(scribe: Scribe) -> None:
    before = (await scribe.open()).values
    written = await scribe.outcome(await scribe.plan(Typed({REMARK: "李部长"}, mobiles="13912342208\n13800000001")))
    undone = await scribe.outcome(undoing(scribe, written), undo_of=written.entry_id)
    entry = scribe.entry(undone.entry_id)

    assert undone.verdict is Verdict.WRITTEN_AND_SEEN
    assert (await scribe.open()).values == before
    assert (entry.draft.undo_of, entry.draft.reason) == (written.entry_id, "写错了")


async def test_what_others_added_since_stays_and_is_confirmed(scribe: Scribe) -> None:
    written = await scribe.outcome(await scribe.plan(numbers("13800000001")))
    scribe.sandbox.colleague.change(ZHANG, scribe.external_userid, mobiles_add=("13700001212",))

    carried = await scribe.carried(undoing(scribe, written))
    await scribe.outcome(carried.plan, undo_of=written.entry_id)
    assert sorted(scribe.mobiles) == ["13700001212", "13800000001", "13912342280"]


async def test_a_text_that_changed_since_is_a_conflict_with_three_sides(scribe: Scribe) -> None:
    written = await scribe.outcome(await scribe.plan(remark("李部长")))
    scribe.sandbox.colleague.change(ZHANG, scribe.external_userid, remark="李总")

    conflict = await scribe.write(undoing(scribe, written), undo_of=written.entry_id)
    assert isinstance(conflict, Conflict)
    assert [(row.opened, row.now, row.yours) for row in conflict.to_choose] == [("李部长", "李总", "李部张")]


async def test_an_undone_entry_is_not_undone_twice_but_its_undo_can_be(scribe: Scribe) -> None:
    written = await scribe.outcome(await scribe.plan(remark("李部长")))
    undone = await scribe.outcome(undoing(scribe, written), undo_of=written.entry_id)
    assert refused(scribe, written).by == undone.entry_id

    again = await scribe.outcome(undoing(scribe, undone), undo_of=undone.entry_id)
    assert (again.verdict, scribe.remark) == (Verdict.WRITTEN_AND_SEEN, "李部长")
    assert isinstance(undo_plan(scribe.author.records, scribe.entry(written.entry_id)), Plan)


async def test_what_was_not_written_needs_no_undo(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.faults.errcode(C4, 60011)
    assert refused(scribe, await scribe.outcome(plan)).why is WhyNotUndone.NOTHING_WRITTEN


async def test_a_relation_that_is_gone_says_so_at_the_guard(scribe: Scribe) -> None:
    written = await scribe.outcome(await scribe.plan(remark("李部长")))
    scribe.sandbox.colleague.remove(ZHANG, scribe.external_userid)

    outcome = await scribe.outcome(undoing(scribe, written), undo_of=written.entry_id)
    assert outcome.why is WhyNotWritten.RELATION_GONE


async def test_a_hidden_list_is_lost(delegated: Scribe) -> None:
    overwritten = await delegated.outcome(await delegated.plan(Edits(mobiles=UnseenMobiles(("13700001212",)))))
    assert refused(delegated, overwritten).why is WhyNotUndone.CANNOT_BE_SEEN


async def test_a_text_beside_a_picture_is_undone_and_the_picture_said_to_stay(scribe: Scribe) -> None:
    media = await scribe.upload()
    written = await scribe.outcome(await scribe.plan(Edits({REMARK: "李部长"}, picture=PictureMedia(media))))
    plan = undoing(scribe, written)

    assert plan.fields == (REMARK,)
    assert [note.kind for note in plan.notes] == [NoteKind.NOT_UNDONE]


async def test_the_reply_for_the_ticket_names_who_whom_what_the_proof_and_the_record(scribe: Scribe) -> None:
    written = await scribe.outcome(await scribe.plan(Typed({REMARK: "李部长"}, mobiles="13800000001\n13912342208")))

    reply = ticket_reply(scribe.entry(written.entry_id), follower_name="张伟")
    assert reply == (
        f"Customer 李部长 ({scribe.external_userid}), follower 张伟: remark 李部张 -> 李部长; mobiles removed "
        "13912342280, added 13912342208. 2026-11-22 10:00:00 written, read back and compared. Record #1, operator 陈敏."
    )


@pytest.fixture
def any_scribe(desk: Desk, sandbox: Sandbox) -> Callable[[], Scribe]:
    """A scribe for each example of one test, of a WeCom that takes updates which only empty."""
    sandbox.faults.take_empty_updates()
    return lambda: scribe_at(desk, sandbox)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=VALUES, typed=TYPED, meanwhile=VALUES)
async def test_over_the_sandbox_nothing_is_lost_and_undo_restores(
    any_scribe: Callable[[], Scribe], before: RemarkValues, typed: Typed, meanwhile: RemarkValues
) -> None:
    scribe = any_scribe()
    scribe.holds(before)
    opened = await scribe.open()
    plan = make_plan(opened, edits_from_form(opened.values, typed))
    if not plan.changes:
        return
    scribe.holds(meanwhile)
    there = (await scribe.open()).values
    ended = await scribe.write(plan)
    if isinstance(ended, Conflict):
        assert (await scribe.open()).values == there
        return
    outcome = ended if isinstance(ended, Outcome) else await scribe.outcome(ended.plan)
    after = (await scribe.open()).values
    removed = counted(opened.values.numbers) - counted((typed.mobiles or "").split("\n"))

    assert counted(there.numbers) - counted(after.numbers) <= removed
    assert all(after.text(field) == there.text(field) for field in plan.not_sent if field in there.texts)
    if outcome.verdict is Verdict.NOT_WRITTEN:
        assert outcome.why is WhyNotWritten.ALREADY_SO
        return
    assert outcome.verdict is Verdict.WRITTEN_AND_SEEN
    await scribe.outcome(undoing(scribe, outcome), undo_of=outcome.entry_id)
    restored = (await scribe.open()).values
    assert counted(restored.numbers) == counted(there.numbers)
    assert {**restored.texts} == {**there.texts}
