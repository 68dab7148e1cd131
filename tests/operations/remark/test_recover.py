"""After a crash between the two audit writes: what is so is found by reading, and nothing is written again."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from console.operations.remark.outcome import Verdict
from console.operations.remark.recover import LONGEST_WRITE, Recovered, StillOpen, left_behind, process_lives, recover
from console.settings import AppType
from console.store.audit import AuditDraft
from tests.operations.remark.conftest import C2, C4, ZHANG, Scribe

CRASHED = 2**22 + 1
"""No process has this number."""


def crashed(process: int) -> bool:
    return process != CRASHED


async def unfinished(scribe: Scribe, *, process: int = CRASHED, errcode: int | None = None) -> int:
    """An entry as a crash leaves it: begun, perhaps answered, never ended."""
    whom = scribe.external_userid
    audit = scribe.author.records.audit
    opened = await scribe.open()
    before, after = opened.values.document(), {**opened.values.document(), "remark": "李部长"}
    body: dict[str, object] = {"userid": ZHANG, "external_userid": whom, "remark": "李部长"}
    entry_id = await audit.begin(
        AuditDraft("陈敏", whom, "李建国", ZHANG, "", ("remark",), before, after, body, process)
    )
    if errcode is not None:
        await audit.answered(entry_id, errcode)
    return entry_id


async def recovered(scribe: Scribe) -> list[Recovered | StillOpen]:
    author = scribe.author
    return [one async for one in recover(author.client, author.records, AppType.SELF_BUILT, lives=crashed)]


@pytest.mark.parametrize(
    ("there", "errcode", "verdict"),
    [
        ("李部长", 0, Verdict.WRITTEN_AND_SEEN),
        ("李部长", None, Verdict.WRITTEN_AND_SEEN),
        ("李部张", None, Verdict.NOT_WRITTEN),
        ("李部张", 0, Verdict.ACCEPTED_NOT_SEEN),
        ("李总", None, Verdict.SEEN_WITH_ANOTHER_VALUE),
        ("李部张", 60011, Verdict.NOT_WRITTEN),
    ],
)
async def test_what_is_there_now_tells_how_it_ended(
    scribe: Scribe, there: str, errcode: int | None, verdict: Verdict
) -> None:
    number = await unfinished(scribe, errcode=errcode)
    scribe.sandbox.colleague.change(ZHANG, scribe.external_userid, remark=there)

    [ended] = await recovered(scribe)
    assert isinstance(ended, Recovered)
    assert (ended.entry.id, ended.verdict, scribe.entry(number).outcome) == (number, verdict, verdict.value)
    assert (scribe.writes, await recovered(scribe)) == (0, [])


async def test_a_relation_that_is_gone_leaves_the_outcome_unknown(scribe: Scribe) -> None:
    number = await unfinished(scribe)
    scribe.sandbox.colleague.remove(ZHANG, scribe.external_userid)

    await recovered(scribe)
    assert scribe.entry(number).outcome == "unknown"


async def test_what_cannot_be_read_now_is_tried_again_at_the_next_start(scribe: Scribe) -> None:
    await unfinished(scribe)
    scribe.sandbox.faults.reset(C2)

    assert [type(one) for one in await recovered(scribe)] == [StillOpen]
    assert [type(one) for one in await recovered(scribe)] == [Recovered]
    assert scribe.sandbox.requests[C4] == 0


async def test_a_write_under_way_in_a_living_process_is_left_to_it_unless_it_is_very_old(scribe: Scribe) -> None:
    await unfinished(scribe, process=1)
    records = scribe.author.records
    much_later = records.clock() + LONGEST_WRITE + 1

    assert not left_behind(records, lives=crashed)
    assert len(left_behind(replace(records, clock=lambda: much_later), lives=crashed)) == 1


def test_this_process_lives_and_one_that_never_was_does_not() -> None:
    assert process_lives(os.getpid())
    assert not process_lives(CRASHED)
