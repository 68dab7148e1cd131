"""One entry of the record in full: who, when, why, how it ended, and its change as a diff."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical

from console.language import _
from console.operations.detail import masked_document
from console.operations.remark.changes import Change, MobilesChange, PictureChange, TextChange, UnseenChange
from console.operations.remark.edits import PictureMedia
from console.operations.remark.mobiles import mobile_changes
from console.operations.remark.outcome import Verdict
from console.operations.remark.outcome_words import stored_verdict_words
from console.operations.remark.undo import undone_by
from console.operations.remark.values import HIDDEN, TEXT_FIELDS, RemarkField, RemarkValues
from console.operations.wording import moment_words
from console.session import Session
from console.store.audit import AuditEntry
from console.text import mask_text, safe_text
from console.tui.customers.cells import follower_words
from console.tui.folded import FoldedText
from console.tui.remark.diff import DiffTable
from console.tui.rows import Tone

GOOD = {Verdict.WRITTEN_AND_SEEN, Verdict.CANNOT_BE_SEEN}


def outcome_tone(outcome: str | None) -> Tone | None:
    """How an outcome is painted: nothing to see, to be looked at, or failed."""
    if outcome in GOOD:
        return None
    return "error" if outcome in (Verdict.NOT_WRITTEN, Verdict.UNKNOWN) else "changed"


def changes_of(entry: AuditEntry) -> tuple[Change, ...]:
    """What an entry changed, as a plan says it."""
    return tuple(_changes(entry))


def _changes(entry: AuditEntry) -> Iterator[Change]:
    draft = entry.draft
    before, after = RemarkValues.from_document(draft.before), RemarkValues.from_document(draft.after)
    for name in draft.fields:
        field = RemarkField(name)
        if field in TEXT_FIELDS:
            yield TextChange(field, before.text(field), after.text(field))
        elif field is RemarkField.PICTURE:
            yield PictureChange(PictureMedia(str(draft.body.get(name))))
        elif before.mobiles is HIDDEN:
            yield UnseenChange(after.numbers)
        else:
            yield MobilesChange.of(before.numbers, mobile_changes(before.numbers, after.numbers))


def entry_lines(session: Session, entry: AuditEntry, *, masked: bool) -> Iterator[str]:
    """Who wrote whose remark about whom, when and why, and how that ended; safe text."""

    def shown(text: str) -> str:
        return mask_text(safe_text(text)) if masked else safe_text(text)

    draft = entry.draft
    who = follower_words(session, draft.userid, masked=masked)
    customer = shown(f"{draft.customer_name} {draft.external_userid}".strip())
    yield f"#{entry.id}  " + _("{who}'s customer {customer}").format(who=who, customer=customer)
    operator, reason = safe_text(draft.operator), shown(draft.reason) or "-"
    yield _("{time}  operator {operator}  reason {reason}").format(
        time=moment_words(entry.at, session.zone), operator=operator, reason=reason
    )
    code = "" if entry.errcode in (None, 0) else f"  {entry.errcode}"
    yield _("outcome: {outcome}").format(outcome=stored_verdict_words(entry.outcome) + code)
    if entry.message:
        yield shown(entry.message)
    if draft.undo_of is not None:
        yield _("undoes #{number}").format(number=draft.undo_of)
    by = undone_by(session.records, entry.id)
    if by is not None:
        yield _("undone by #{number}").format(number=by)


class EntryView(Vertical):
    """The lines of an entry above its diff and its request."""

    def __init__(self, session: Session, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, classes="entry")
        self._session = session
        self._lines = FoldedText()
        self.diff = DiffTable(id=f"{id}-diff")

    def compose(self) -> ComposeResult:
        """Words above, the diff below."""
        yield self._lines
        yield self.diff

    def show(self, entry: AuditEntry | None, *, masked: bool) -> None:
        """Show an entry, or nothing."""
        if entry is None:
            self._lines.show(())
            self.diff.show_changes(())
            return
        self._lines.show(tuple(entry_lines(self._session, entry, masked=masked)))
        body = masked_document(dict(entry.draft.body)) if masked else dict(entry.draft.body)
        assert isinstance(body, dict)
        self.diff.show_changes(changes_of(entry), body=body, masked=masked)
