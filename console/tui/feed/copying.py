"""What can be copied of a row of the feed, and the text of each."""

from __future__ import annotations

from console.language import _
from console.operations.event_export import event_cells
from console.session import Session
from console.store.event_rows import EventRow, FeedRow
from console.text import json_lines, safe_lines, safe_text
from console.tui.customers.copying import Copyable


def of_row(session: Session, row: FeedRow) -> list[Copyable]:
    """An event: the customer's ID, the row, the message as it was decrypted; of other rows what they say."""
    options = [Copyable("row", _("the row, with tabs"), row_text(session, row))]
    if isinstance(row, EventRow):
        if row.event.external_userid:
            options.insert(0, Copyable("id", _("customer ID"), safe_text(row.event.external_userid)))
        options.append(Copyable("json", "JSON", "\n".join(json_lines(dict(row.event.fields)))))
        options.append(Copyable("message", _("the decrypted message"), "\n".join(safe_lines(row.event.message))))
    return options


def row_text(session: Session, row: FeedRow) -> str:
    """A row as one line with tabs, for a spreadsheet or a chat."""
    return "\t".join(event_cells(row, session.records, session.name_of, session.zone))
