"""Plans, conflicts and audit entries as JSON documents, in WeCom's own field names, for `--json` and exports."""

from __future__ import annotations

from console.operations.remark.guard import Conflict
from console.operations.remark.outcome import Outcome
from console.operations.remark.plan import Plan
from console.store.audit import AuditEntry


def plan_document(plan: Plan) -> dict[str, object]:
    """What would be written: `body` is C4's request, `before` and `after` are in C2's names; a hidden list is null."""
    found: dict[str, object] = {
        "body": dict(plan.body),
        "before": plan.before.document(),
        "after": plan.after.document(),
    }
    if plan.problems:
        found["problems"] = [problem.kind.name.lower() for problem in plan.problems]
    return found


def outcome_document(outcome: Outcome) -> dict[str, object]:
    """The plan, and how writing it ended; `id` is the audit entry, `seen` what reading back showed last."""
    found = plan_document(outcome.plan) | {"outcome": outcome.verdict.value}
    if outcome.entry_id is not None:
        found["id"] = outcome.entry_id
    if outcome.why is not None:
        found["why"] = outcome.why.name.lower()
    if outcome.proof is not None:
        found["seen"] = outcome.proof.seen.document()
    if outcome.may_have_overwritten:
        fields = {*outcome.meanwhile, *(one.field for one in outcome.overwritten)}
        found["possibly_overwritten"] = sorted(field.value for field in fields)
    return found


def conflict_document(conflict: Conflict) -> dict[str, object]:
    """The plan that was not written, and for each field to choose: as opened, as it is now, as the plan has it."""
    rows = [
        {"field": row.field.value, "opened": row.opened, "now": row.now, "yours": row.yours}
        for row in conflict.to_choose
    ]
    return plan_document(conflict.mine) | {"conflict": rows}


def entry_document(entry: AuditEntry) -> dict[str, object]:
    """One line of the audit log; times in Unix seconds, `outcome` null while it is not known."""
    draft = entry.draft
    return {
        "id": entry.id,
        "at": entry.at,
        "operator": draft.operator,
        "profile": entry.profile,
        "external_userid": draft.external_userid,
        "name": draft.customer_name,
        "userid": draft.userid,
        "reason": draft.reason,
        "before": draft.before,
        "after": draft.after,
        "body": draft.body,
        "errcode": entry.errcode,
        "outcome": entry.outcome,
        "seen": entry.seen,
        "undo_of": draft.undo_of,
        "answered_at": entry.answered_at,
        "finished_at": entry.finished_at,
    }
