"""An entry of the record as a plan to confirm that takes it back, or why there is none."""

from __future__ import annotations

from console.language import _
from console.operations.remark.outcome_words import cannot_undo_words
from console.operations.remark.plan_words import problem_words
from console.operations.remark.undo import CannotUndo, undo_plan
from console.session import Session
from console.tui.remark.standing import Reviewed


def reviewed_undo(session: Session, entry_id: int, operator: str) -> Reviewed | str:
    """What is to be confirmed, with the operator's last reason; else words for why it can't be undone."""
    audit = session.records.audit
    entry = audit.one(entry_id)
    if entry is None:
        return _("This profile's record has no #{number}.").format(number=entry_id)
    plan = undo_plan(session.records, entry, reason=audit.last_reason(operator), read_only=session.profile.read_only)
    if isinstance(plan, CannotUndo):
        return cannot_undo_words(plan)
    if plan.problems:
        return problem_words(plan.problems[0])
    return Reviewed(plan, entry.draft.customer_name or entry.draft.external_userid, undo_of=entry_id)
