"""Reading a write back once more, later, because its end was not seen at the time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from console.operations.remark.guard import RelationGone, read_relation
from console.operations.remark.outcome import Outcome, Verdict, WhyNotWritten, verdict_of
from console.operations.remark.proof import prove
from console.operations.results import Failed
from console.settings import AppType
from console.store import Records, StoreFailure

if TYPE_CHECKING:
    from console.wecom.client import WeComClient


async def read_back_again(client: WeComClient, records: Records, app_type: AppType, outcome: Outcome) -> Outcome:
    """What the relation shows now of a write that was sent; the record's entry ends with that instead.

    Nothing is written to WeCom. A read that fails leaves everything as it was, with why. Follows WeCom document 92114.
    """
    entry = records.audit.one(outcome.entry_id) if outcome.entry_id is not None else None
    if entry is None:
        return outcome
    plan = outcome.plan
    read = await read_relation(client, records, plan.opened.external_userid, plan.opened.userid, app_type)
    match read:
        case Failed(failure):
            return replace(outcome, failure=outcome.failure or failure)
        case RelationGone():
            return replace(outcome, why=WhyNotWritten.RELATION_GONE)
    proofs = (*outcome.proofs, prove(plan.fields, plan.before, plan.after, read.now.values))
    verdict = verdict_of(entry.errcode == 0, proofs)
    why = WhyNotWritten.OLD_VALUES if verdict is Verdict.NOT_WRITTEN else None
    seen = replace(outcome, verdict=verdict, proofs=proofs, why=why, unrecorded=None)
    try:
        await records.audit.finish(entry.id, verdict.value, proofs[-1].seen.document())
    except StoreFailure as failure:
        return replace(seen, unrecorded=failure)
    return seen
