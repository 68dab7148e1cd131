"""An entry of the record on the whole screen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from console.language import _
from console.session import Session
from console.store.audit import AuditEntry
from console.tui.dialogs.dialog import Dialog
from console.tui.listing import TitleLine
from console.tui.record.entry import EntryView
from console.tui.table import BigTable


class EntryDialog(Dialog[None]):
    """Shows one entry, which it was opened with."""

    AUTO_FOCUS = "DiffTable"

    def __init__(self, session: Session, entry: AuditEntry, *, masked: bool) -> None:
        super().__init__()
        self.entry = entry
        self.masked = masked
        self.view = EntryView(session, id="entry-full")

    def compose(self) -> ComposeResult:
        """The whole content area."""
        title = TitleLine()
        title.show(_("Record #{number}").format(number=self.entry.id), _("Esc closes"))
        with Vertical(classes="page"):
            yield title
            yield self.view

    def on_mount(self) -> None:
        """Show the entry."""
        self.set_masked(self.masked)

    def set_masked(self, masked: bool) -> None:
        """Hide or show personal data."""
        self.view.show(self.entry, masked=masked)

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter does nothing here."""
        event.stop()

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Nor does moving."""
        event.stop()
