"""Taking a write back: a plan like any other, made on what that write left behind. Pure but for the record's reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from console.operations.remark.edits import NO_CHANGES, Edits, Texts
from console.operations.remark.mobiles import mobile_changes
from console.operations.remark.notes import Note, NoteKind
from console.operations.remark.outcome import Verdict
from console.operations.remark.plan import Plan, make_plan
from console.operations.remark.values import HIDDEN, TEXT_FIELDS, RemarkField, RemarkValues, SeenRemark
from console.store import Records
from console.store.audit import AuditEntry


class WhyNotUndone(StrEnum):
    """Why an entry can't be undone; that the field changed since, or the relation is gone, the guard says."""

    NOTHING_WRITTEN = "nothing was written then"
    NOT_FINISHED = "its outcome is not known yet"
    UNDONE = "it is undone already"
    CANNOT_BE_SEEN = "what was there before could not be seen, and is lost"


@dataclass(frozen=True, slots=True)
class CannotUndo:
    """An entry that can't be undone, why, and the entry that did it already, if one did."""

    entry: AuditEntry
    why: WhyNotUndone
    by: int | None = None


def undo_plan(records: Records, entry: AuditEntry, *, reason: str = "", read_only: bool = False) -> Plan | CannotUndo:
    """The plan that puts back what an entry changed, field by field; other fields stay as they are now.

    It stands on what that write left: a text that changed since is a conflict for the guard, numbers are added and
    removed in whatever list is there. A picture, and a list that could not be seen, stay; the plan's notes say so.
    """
    if entry.outcome is None:
        return CannotUndo(entry, WhyNotUndone.NOT_FINISHED)
    if entry.outcome == Verdict.NOT_WRITTEN:
        return CannotUndo(entry, WhyNotUndone.NOTHING_WRITTEN)
    by = undone_by(records, entry.id)
    if by is not None:
        return CannotUndo(entry, WhyNotUndone.UNDONE, by)
    edits, left = _reverse(entry)
    if not edits.texts and not edits.mobiles:
        return CannotUndo(entry, WhyNotUndone.CANNOT_BE_SEEN)
    draft = entry.draft
    at = entry.finished_at if entry.finished_at is not None else entry.at
    opened = SeenRemark(draft.external_userid, draft.userid, None, RemarkValues.from_document(draft.after), at)
    plan = make_plan(opened, replace(edits, reason=reason), read_only=read_only)
    stays = tuple(Note(NoteKind.NOT_UNDONE, field=field) for field in left)
    return replace(plan, notes=(*plan.notes, *stays))


def undone_by(records: Records, entry_id: int) -> int | None:
    """The entry that undoes this one and is not undone itself; None when there is none."""
    for undo in reversed(records.audit.undos_of(entry_id)):
        if undo.outcome not in (None, Verdict.NOT_WRITTEN, Verdict.UNKNOWN) and undone_by(records, undo.id) is None:
            return undo.id
    return None


def _reverse(entry: AuditEntry) -> tuple[Edits, tuple[RemarkField, ...]]:
    """The edits that lead back, and the fields that can't be led back."""
    sent = [RemarkField(name) for name in entry.draft.fields]
    before, after = RemarkValues.from_document(entry.draft.before), RemarkValues.from_document(entry.draft.after)
    texts: Texts = {field: before.text(field) for field in TEXT_FIELDS if field in sent}
    unseen = before.mobiles is HIDDEN
    mobiles = NO_CHANGES
    if RemarkField.MOBILES in sent and not unseen:
        mobiles = mobile_changes(after.numbers, before.numbers)
    lost = {RemarkField.PICTURE} | ({RemarkField.MOBILES} if unseen else set())
    return Edits(texts, mobiles), tuple(field for field in sent if field in lost)
