"""What the record holds of one relation: its last writes, for the foot of the detail."""

from __future__ import annotations

from collections.abc import Sequence

from console.language import _
from console.operations.fields import Field, FieldState
from console.operations.remark.outcome_words import stored_verdict_words
from console.operations.remark.reply import entry_changes
from console.operations.wording import day_words
from console.session import Session
from console.store.audit import AuditEntry, AuditQuery
from console.text import safe_text

SHOWN = 2


def last_entries(session: Session, external_userid: str, userid: str, count: int = SHOWN) -> Sequence[AuditEntry]:
    """The last writes to a relation, the newest first."""
    audit = session.records.audit
    return audit.window(audit.select(AuditQuery(external_userid=external_userid, userid=userid))[:count])


def record_fields(session: Session, external_userid: str, userid: str) -> list[Field]:
    """The last writes as a field of the detail; none when there are none."""
    lines: list[str] = []
    for entry in last_entries(session, external_userid, userid):
        day = day_words(entry.at, session.zone, session.clock())
        operator, outcome = safe_text(entry.draft.operator), stored_verdict_words(entry.outcome)
        lines.append(f"#{entry.id}  {day} {operator}  {outcome}")
        lines += entry_changes(entry)
    note = _("u undo #{number}").format(number=lines[0].split()[0].removeprefix("#")) if lines else ""
    return [Field("record", _("record"), FieldState.VALUE, tuple(lines), note=note)] if lines else []
