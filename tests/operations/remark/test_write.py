"""From plan to proof over the sandbox: what is sent, what is found meanwhile, what reading back shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from console.operations.remark.edits import Edits, PictureFile, PictureMedia, Typed, UnseenMobiles
from console.operations.remark.mobiles import MobileChanges
from console.operations.remark.outcome import Verdict, WhyNotWritten
from console.operations.remark.outcome_words import outcome_words
from console.operations.remark.proof import Foreign
from console.operations.remark.values import RemarkField
from console.sandbox import Sandbox
from console.wecom.errors import WeComError
from tests.operations.conftest import Desk
from tests.operations.remark.conftest import C2, C4, PNG, ZHANG, Scribe, numbers, remark, scribe_at

REMARK, DESCRIPTION, _COMPANY, MOBILES, PICTURE = RemarkField


async def test_a_remark_is_written_seen_and_recorded(scribe: Scribe) -> None:
    outcome = await scribe.outcome(await scribe.plan(remark("李部长", reason="工单 037")))
    entry = scribe.entry(outcome.entry_id)

    assert (outcome.verdict, scribe.remark) == (Verdict.WRITTEN_AND_SEEN, "李部长")
    assert json.loads(scribe.sandbox.bodies[C4]) == entry.draft.body
    assert set(entry.draft.body) == {"userid", "external_userid", "remark"}
    assert (entry.draft.operator, entry.draft.reason, entry.errcode) == ("陈敏", "工单 037", 0)
    assert (entry.draft.before["remark"], entry.draft.after["remark"]) == ("李部张", "李部长")
    assert entry.seen == entry.draft.after
    assert entry.outcome == "written_and_seen"


async def test_it_takes_three_round_trips_and_the_store_knows_the_new_remark(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.requests.clear()
    await scribe.outcome(plan)
    row = scribe.author.records.relations.find(ZHANG, scribe.external_userid)

    assert (scribe.sandbox.requests[C2], scribe.writes) == (2, 1)
    assert row is not None
    assert row.remark == "李部长"


async def test_mobiles_are_overwritten_by_the_list_and_cleared_by_an_empty_text(scribe: Scribe) -> None:
    await scribe.outcome(await scribe.plan(numbers("13800000001")))
    assert scribe.mobiles == ("13800000001",)

    cleared = await scribe.outcome(await scribe.plan(numbers()))
    assert cleared.verdict is Verdict.WRITTEN_AND_SEEN
    assert cleared.plan.body["remark_mobiles"] == [""]
    assert not scribe.mobiles


async def test_a_field_that_somebody_changed_meanwhile_is_a_conflict_and_nothing_is_written(scribe: Scribe) -> None:
    plan = await scribe.plan(Typed({REMARK: "李部长"}, mobiles="13800000001"))
    scribe.sandbox.colleague.change(ZHANG, scribe.external_userid, remark="李部长(城建)", description="已转成本部")

    conflict = await scribe.conflict(plan)
    assert [(row.opened, row.now, row.yours) for row in conflict.to_choose] == [("李部张", "李部长(城建)", "李部长")]
    assert (scribe.writes, scribe.author.records.audit.unfinished()) == (0, [])

    outcome = await scribe.outcome(conflict.chosen({REMARK: "李部长"}))
    assert (outcome.verdict, scribe.remark) == (Verdict.WRITTEN_AND_SEEN, "李部长")


async def test_a_number_that_somebody_added_meanwhile_is_kept_after_the_new_list_is_confirmed(scribe: Scribe) -> None:
    plan = await scribe.plan(Edits(mobiles=MobileChanges(added=("13912342208",), removed=("13912342280",))))
    scribe.sandbox.colleague.change(ZHANG, scribe.external_userid, mobiles_add=("13700001212",))

    carried = await scribe.carried(plan)
    assert scribe.writes == 0
    await scribe.outcome(carried.plan)

    assert {"13700001212", "13912342208"} <= set(scribe.mobiles)
    assert "13912342280" not in scribe.mobiles


async def test_what_somebody_wrote_just_so_meanwhile_is_not_written_again(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.colleague.change(ZHANG, scribe.external_userid, remark="李部长")

    outcome = await scribe.outcome(plan)
    assert (outcome.verdict, outcome.why, scribe.writes) == (Verdict.NOT_WRITTEN, WhyNotWritten.ALREADY_SO, 0)


async def test_other_fields_may_change_meanwhile_and_stay_as_they_are(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.colleague.change(ZHANG, scribe.external_userid, description="已转成本部", mobiles=("13700001212",))

    outcome = await scribe.outcome(plan)
    assert outcome.verdict is Verdict.WRITTEN_AND_SEEN
    assert not outcome.may_have_overwritten
    assert scribe.sandbox.colleague.sees(ZHANG, scribe.external_userid).description == "已转成本部"
    assert scribe.mobiles == ("13700001212",)


async def test_a_change_between_check_and_write_that_reading_back_shows_is_reported(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.colleague.change(ZHANG, scribe.external_userid, description="已转成本部", before_write=True)

    outcome = await scribe.outcome(plan)
    assert outcome.verdict is Verdict.WRITTEN_AND_SEEN
    assert outcome.meanwhile == (DESCRIPTION,)
    assert "description" in outcome_words(outcome).why


async def test_a_list_of_somebody_else_that_showed_for_a_moment_is_possibly_overwritten(scribe: Scribe) -> None:
    plan = await scribe.plan(numbers("13800000001"))
    other = ("13700001212",)
    scribe.sandbox.colleague.change(ZHANG, scribe.external_userid, mobiles=other, before_write=True)
    scribe.sandbox.faults.seen_late(C4, reads=1)

    outcome = await scribe.outcome(plan)
    assert outcome.verdict is Verdict.WRITTEN_AND_SEEN
    assert outcome.overwritten == (Foreign(MOBILES, numbers=other),)
    assert "13700001212" in outcome_words(outcome).why


async def test_somebody_elses_value_seen_after_the_write_is_shown(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))

    async def somebody_writes(_seconds: float) -> None:
        scribe.sandbox.colleague.change(ZHANG, scribe.external_userid, remark="李总")

    outcome = await scribe.reading_back((1.0,), somebody_writes).outcome(plan)
    assert outcome.verdict is Verdict.SEEN_WITH_ANOTHER_VALUE
    assert "李总" in outcome_words(outcome).why


async def test_a_write_that_shows_late_is_waited_for_a_few_times(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.faults.seen_late(C4, reads=2)

    outcome = await scribe.outcome(plan)
    assert (outcome.verdict, len(outcome.proofs), scribe.writes) == (Verdict.WRITTEN_AND_SEEN, 3, 1)


async def test_an_answer_of_0_that_changed_nothing_is_accepted_and_not_seen(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.faults.not_done(C4)

    outcome = await scribe.outcome(plan)
    assert (outcome.verdict, len(outcome.proofs), scribe.writes) == (Verdict.ACCEPTED_NOT_SEEN, 4, 1)
    assert scribe.entry(outcome.entry_id).outcome == "accepted_not_seen"


async def test_a_connection_that_broke_before_the_write_is_found_out_by_reading_back(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.faults.reset(C4)

    outcome = await scribe.outcome(plan)
    assert (outcome.verdict, outcome.why) == (Verdict.NOT_WRITTEN, WhyNotWritten.OLD_VALUES)
    assert (scribe.writes, scribe.remark) == (1, "李部张")
    assert scribe.entry(outcome.entry_id).errcode is None


async def test_a_connection_that_broke_after_the_write_is_found_out_by_reading_back(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.faults.reset_afterwards(C4)

    outcome = await scribe.outcome(plan)
    assert (outcome.verdict, scribe.writes) == (Verdict.WRITTEN_AND_SEEN, 1)


async def test_when_neither_an_answer_nor_a_reading_comes_the_outcome_is_unknown(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.faults.reset(C4)

    async def and_then_nothing_answers(_seconds: float) -> None:
        scribe.sandbox.faults.html(C2, None)

    outcome = await scribe.reading_back((1.0,), and_then_nothing_answers).outcome(plan)
    assert (outcome.verdict, scribe.writes) == (Verdict.UNKNOWN, 1)


@pytest.mark.parametrize("code", [84061, 40058, 45033, 60011])
async def test_a_refusal_writes_nothing_and_says_why(scribe: Scribe, code: int) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.faults.errcode(C4, code)

    outcome = await scribe.outcome(plan)
    assert (outcome.verdict, outcome.why, scribe.writes) == (Verdict.NOT_WRITTEN, WhyNotWritten.REFUSED, 1)
    assert isinstance(outcome.failure, WeComError)
    assert str(code) in outcome_words(outcome).why
    assert scribe.entry(outcome.entry_id).errcode == code


async def test_a_busy_wecom_is_read_back_and_the_write_is_not_repeated(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.faults.errcode(C4, -1)

    outcome = await scribe.outcome(plan)
    assert (outcome.verdict, outcome.why, scribe.writes) == (Verdict.NOT_WRITTEN, WhyNotWritten.OLD_VALUES, 1)


async def test_a_stale_token_is_the_one_thing_that_has_a_write_sent_twice(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.faults.errcode(C4, 42001)

    outcome = await scribe.outcome(plan)
    assert (outcome.verdict, scribe.writes) == (Verdict.WRITTEN_AND_SEEN, 2)


@pytest.mark.parametrize("taken", [True, False])
async def test_an_update_that_only_empties_is_sent_as_it_is_whichever_way_wecom_answers(
    scribe: Scribe, taken: bool
) -> None:
    plan = await scribe.plan(remark(""))
    scribe.sandbox.faults.take_empty_updates(taken)

    outcome = await scribe.outcome(plan)
    assert {*json.loads(scribe.sandbox.bodies[C4])} == {"userid", "external_userid", "remark"}
    if taken:
        assert (outcome.verdict, scribe.remark) == (Verdict.WRITTEN_AND_SEEN, "")
    else:
        assert outcome.verdict is Verdict.NOT_WRITTEN
        assert "empties" in outcome_words(outcome).why


async def test_a_customer_removed_meanwhile_is_refused_before_anything_is_sent(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.colleague.remove(ZHANG, scribe.external_userid)

    outcome = await scribe.outcome(plan)
    assert (outcome.why, scribe.writes, outcome.entry_id) == (WhyNotWritten.RELATION_GONE, 0, None)


async def test_a_follower_who_left_is_refused_before_anything_is_sent(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.colleague.leave(ZHANG, scribe.external_userid)

    outcome = await scribe.outcome(plan)
    assert (outcome.why, scribe.writes) == (WhyNotWritten.RELATION_GONE, 0)


async def test_a_customer_removed_between_check_and_write_is_84061(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.colleague.remove(ZHANG, scribe.external_userid, before_write=True)

    outcome = await scribe.outcome(plan)
    assert (outcome.verdict, outcome.why) == (Verdict.NOT_WRITTEN, WhyNotWritten.REFUSED)
    assert "84061" in outcome_words(outcome).why


async def test_when_what_is_there_cannot_be_read_nothing_is_sent(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    scribe.sandbox.faults.reset(C2, None)

    outcome = await scribe.outcome(plan)
    assert (outcome.why, scribe.writes) == (WhyNotWritten.NOT_READ, 0)


async def test_without_its_record_nothing_is_sent(scribe: Scribe) -> None:
    plan = await scribe.plan(remark("李部长"))
    database = scribe.author.records.audit._database
    await database.write(
        lambda c: c.execute("CREATE TRIGGER no BEFORE INSERT ON audit BEGIN SELECT RAISE(FAIL, 'no'); END").close()
    )

    outcome = await scribe.outcome(plan)
    assert (outcome.why, scribe.writes) == (WhyNotWritten.NOT_RECORDED, 0)


async def test_a_read_only_profile_asks_wecom_nothing(desk: Desk, sandbox: Sandbox) -> None:
    plan = await scribe_at(desk, sandbox).plan(remark("李部长"))
    scribe = scribe_at(desk, sandbox, read_only=True)
    sandbox.requests.clear()

    outcome = await scribe.outcome(plan)
    assert (outcome.why, sandbox.requests.total()) == (WhyNotWritten.PROBLEMS, 0)


async def test_a_hidden_list_is_overwritten_without_being_seen(delegated: Scribe) -> None:
    outcome = await delegated.outcome(await delegated.plan(Edits(mobiles=UnseenMobiles(("13700001212",)))))

    assert outcome.verdict is Verdict.CANNOT_BE_SEEN
    assert delegated.mobiles == ("13700001212",)


async def test_a_picture_file_is_uploaded_first_and_said_to_be_unseeable(scribe: Scribe, tmp_path: Path) -> None:
    file = tmp_path / "card.png"
    file.write_bytes(PNG)

    outcome = await scribe.outcome(await scribe.plan(Edits({REMARK: "李部长"}, picture=PictureFile(file))))
    assert (outcome.verdict, outcome.unseeable) == (Verdict.WRITTEN_AND_SEEN, (PICTURE,))
    assert outcome.plan.edits.picture == PictureMedia(str(outcome.plan.body["remark_pic_mediaid"]))


@pytest.mark.parametrize("content", [b"GIF89a" + bytes(64), b""])
async def test_a_file_that_is_no_picture_is_refused_before_anything_is_sent(
    scribe: Scribe, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "card.png"
    file.write_bytes(content)

    outcome = await scribe.outcome(await scribe.plan(Edits(picture=PictureFile(file))))
    assert (outcome.why, scribe.writes) == (WhyNotWritten.PICTURE, 0)
