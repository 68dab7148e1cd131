"""The audit log as a file."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Final

from console.language import _
from console.operations.export_file import Form, exporting
from console.operations.remark.documents import entry_document
from console.operations.remark.outcome_words import stored_verdict_words
from console.operations.remark.plan_words import side_by_side
from console.operations.remark.reply import entry_changes
from console.operations.wording import moment_words
from console.store.audit import Audit, AuditEntry

_AT_ONCE: Final = 500


def exporting_entries(
    audit: Audit, ids: Sequence[int], file: Path, form: Form, zone: tzinfo | None = None
) -> Generator[int, None, None]:
    """Write these entries into a new file, as `exporting` does.

    Values are whole, never masked. A table's times are in `zone` (None: the machine's).
    """
    chunks = (audit.window(ids[start : start + _AT_ONCE]) for start in range(0, len(ids), _AT_ONCE))

    def cells(entry: AuditEntry) -> list[str]:
        return _cells(entry, zone)

    return exporting(file, form, _headings(), chunks, cells, entry_document)


def _headings() -> list[str]:
    return [
        _("no."),
        _("time"),
        _("operator"),
        _("profile"),
        _("follower"),
        _("customer"),
        _("customer ID"),
        _("reason"),
        _("changes"),
        _("outcome"),
        _("error code"),
        _("undoes no."),
    ]


def _cells(entry: AuditEntry, zone: tzinfo | None) -> list[str]:
    draft = entry.draft
    return [
        str(entry.id),
        moment_words(entry.at, zone),
        draft.operator,
        entry.profile,
        draft.userid,
        draft.customer_name,
        draft.external_userid,
        draft.reason,
        side_by_side(entry_changes(entry)),
        stored_verdict_words(entry.outcome),
        "" if entry.errcode is None else str(entry.errcode),
        "" if draft.undo_of is None else str(draft.undo_of),
    ]
