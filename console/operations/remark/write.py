"""One write from plan to proof: upload, guard, audit, C4, read back, audit. Never repeated by itself."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from console.operations.remark.guard import (
    Agreed,
    CarriedOver,
    Conflict,
    RelationGone,
    RelationRead,
    compare,
    read_relation,
)
from console.operations.remark.notes import Problem, ProblemKind
from console.operations.remark.outcome import Outcome, Verdict, WhyNotWritten, surely_refused, verdict_of
from console.operations.remark.pictures import with_uploaded_picture
from console.operations.remark.plan import Plan
from console.operations.remark.proof import Proof, prove
from console.operations.results import Failed
from console.settings import Profile
from console.store import Records, StoreFailure
from console.store.audit import AuditDraft
from console.wecom.errors import WeComError, WeComFailure

if TYPE_CHECKING:
    from console.wecom.client import WeComClient

READ_BACK_DELAYS: Final = (0.0, 0.5, 1.5, 3.0)
"""Seconds before each try of reading back; the last one ends five seconds after the write."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, and through what; `delays` (seconds) are the tries of reading back, waited for with `sleep`."""

    client: WeComClient
    records: Records
    profile: Profile
    operator: str
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    delays: tuple[float, ...] = READ_BACK_DELAYS


class StepKind(StrEnum):
    """Where a write is."""

    UPLOADING = "uploading the picture"
    CHECKING = "reading what is there now"
    WRITING = "writing"
    READING_BACK = "reading back"


@dataclass(frozen=True, slots=True)
class Step:
    """A step that begins now; for reading back the try and how many there are at most."""

    kind: StepKind
    attempt: int = 0
    of: int = 0


Written = Outcome | Conflict | CarriedOver


async def write_remark(author: Author, plan: Plan, *, undo_of: int | None = None) -> AsyncGenerator[Step | Written]:
    """Write a plan: each `Step` as it begins, then how it ended.

    The guard reads the relation again first. A `Conflict` or `CarriedOver` ends it with nothing written: the plan
    that comes of it is confirmed and given to another call. Otherwise an `Outcome` ends it. `undo_of` is the audit
    entry that this plan undoes. Follows WeCom documents 92114 and 92115.
    """
    if author.profile.read_only:
        refused = (Problem(ProblemKind.READ_ONLY), *(p for p in plan.problems if p.kind is not ProblemKind.READ_ONLY))
        plan = replace(plan, problems=refused)
    if plan.problems:
        yield _not_written(plan, WhyNotWritten.PROBLEMS)
        return
    if plan.picture_file:
        yield Step(StepKind.UPLOADING)
        try:
            plan = await with_uploaded_picture(author.client, plan)
        except (WeComFailure, OSError) as failure:
            yield _not_written(plan, WhyNotWritten.PICTURE, failure)
            return
    yield Step(StepKind.CHECKING)
    read = await _read(author, plan)
    checked = _check(plan, read)
    if not isinstance(checked, Agreed):
        yield checked
        return
    assert isinstance(read, RelationRead)  # nothing else agrees
    plan = checked.plan
    yield Step(StepKind.WRITING)
    try:
        entry_id = await author.records.audit.begin(_draft(author, plan, read.detail.contact.name or "", undo_of))
    except StoreFailure as failure:
        yield _not_written(plan, WhyNotWritten.NOT_RECORDED, failure)
        return
    trouble = await _send(author, plan, entry_id)
    if trouble is not None and _is_sure(trouble):
        why = WhyNotWritten.REFUSED if isinstance(trouble, WeComError) else WhyNotWritten.NOT_SENT
        yield await _recorded(author, Outcome(Verdict.NOT_WRITTEN, plan, entry_id, why, trouble))
        return
    async for one in _read_back(author, plan, entry_id, trouble):
        yield one


def _check(plan: Plan, read: RelationRead | RelationGone | Failed) -> Agreed | Written:
    match read:
        case Failed(failure):
            return _not_written(plan, WhyNotWritten.NOT_READ, failure)
        case RelationGone():
            return _not_written(plan, WhyNotWritten.RELATION_GONE)
    checked = compare(plan, read.now, others=read.others)
    if isinstance(checked, Conflict):
        return checked
    if not checked.plan.changes:
        return _not_written(checked.plan, WhyNotWritten.ALREADY_SO)
    if checked.plan.problems:
        return _not_written(checked.plan, WhyNotWritten.PROBLEMS)
    return checked


async def _send(author: Author, plan: Plan, entry_id: int) -> WeComFailure | None:
    """Send C4 once, and note how it was answered; what failed, None when WeCom answered 0."""
    failure: WeComFailure | None = None
    try:
        await author.client.remark(plan.body)
    except WeComFailure as error:
        failure = error
    code = failure.errcode if isinstance(failure, WeComError) else None if failure else 0
    # Not waited for: the ending is queued behind it, and reading back should begin at once.
    author.records.audit.answered(entry_id, code, str(failure) if failure else "")
    return failure


def _is_sure(failure: WeComFailure) -> bool:
    """Whether a failed C4 has surely changed nothing."""
    if isinstance(failure, WeComError):
        return surely_refused(failure.errcode)
    return not failure.may_have_arrived


async def _read_back(
    author: Author, plan: Plan, entry_id: int, failure: WeComFailure | None
) -> AsyncGenerator[Step | Outcome]:
    """Read the relation until it shows what was sent or something else, or the tries are over."""
    proofs: list[Proof] = []
    trouble: Exception | None = failure
    gone = False
    for attempt, delay in enumerate(author.delays, 1):
        if delay:
            await author.sleep(delay)
        yield Step(StepKind.READING_BACK, attempt, len(author.delays))
        read = await _read(author, plan)
        if isinstance(read, Failed):
            trouble = trouble or read.failure
        elif isinstance(read, RelationRead):
            proofs.append(prove(plan.fields, plan.before, plan.after, read.now.values))
        gone = isinstance(read, RelationGone)
        if gone or (proofs and proofs[-1].is_final):
            break
    verdict = verdict_of(failure is None, proofs)
    why = WhyNotWritten.OLD_VALUES if verdict is Verdict.NOT_WRITTEN else None
    if gone:
        why = WhyNotWritten.RELATION_GONE
    yield await _recorded(author, Outcome(verdict, plan, entry_id, why, trouble, tuple(proofs)))


async def _recorded(author: Author, outcome: Outcome) -> Outcome:
    assert outcome.entry_id is not None  # what was sent has its entry
    seen = outcome.proof.seen.document() if outcome.proof else None
    try:
        await author.records.audit.finish(outcome.entry_id, outcome.verdict.value, seen)
    except StoreFailure as failure:
        return replace(outcome, unrecorded=failure)
    return outcome


async def _read(author: Author, plan: Plan) -> RelationRead | RelationGone | Failed:
    who, whom = plan.opened.userid, plan.opened.external_userid
    return await read_relation(author.client, author.records, whom, who, author.profile.app_type)


def _draft(author: Author, plan: Plan, customer_name: str, undo_of: int | None) -> AuditDraft:
    return AuditDraft(
        operator=author.operator,
        external_userid=plan.opened.external_userid,
        customer_name=customer_name,
        userid=plan.opened.userid,
        reason=plan.edits.reason,
        fields=tuple(field.value for field in plan.fields),
        before=plan.before.document(),
        after=plan.after.document(),
        body=dict(plan.body),
        process=os.getpid(),
        undo_of=undo_of,
    )


def _not_written(plan: Plan, why: WhyNotWritten, failure: Exception | None = None) -> Outcome:
    return Outcome(Verdict.NOT_WRITTEN, plan, None, why, failure)
