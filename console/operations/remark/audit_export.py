"""The audit log as a file: JSON Lines for programs, CSV for a spreadsheet that must not take a text for a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Final

from console.language import _
from console.operations.export_file import Form, new_file, write_row
from console.operations.remark.documents import entry_document
from console.operations.remark.outcome_words import stored_verdict_words
from console.operations.remark.plan_words import side_by_side
from console.operations.remark.reply import entry_changes
from console.operations.wording import moment_words
from console.store.audit import Audit, AuditEntry
from console.text import json_safe

_AT_ONCE: Final = 500


def export_entries(audit: Audit, ids: Sequence[int], file: Path, form: Form, zone: tzinfo | None = None) -> int:
    """Write these entries into a new file for this user alone; how many. Raises OSError, also for a file that is there.

    Values are whole, never masked. CSV's times are in `zone` (None: the machine's).
    """
    with new_file(file, form) as stream:
        if form is Form.CSV:
            write_row(stream, _headings())
        for start in range(0, len(ids), _AT_ONCE):
            for entry in audit.window(ids[start : start + _AT_ONCE]):
                if form is Form.CSV:
                    write_row(stream, _cells(entry, zone))
                else:
                    stream.write(json_safe(entry_document(entry)) + "\n")
    return len(ids)


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
