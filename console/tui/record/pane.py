"""Pane 5: the record, its chosen entry beside or below, and what can be done with it."""

from __future__ import annotations

from textual.app import ComposeResult

from console.session import Session
from console.tui.listing import Listing
from console.tui.panes import Pane
from console.tui.record.entries import EntriesList
from console.tui.record.entry import EntryView


class RecordPane(Pane):
    """The list, and all of the chosen entry."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, id="record-pane")
        self.entries = EntriesList(session)
        self.view = EntryView(session, id="entry")

    def compose(self) -> ComposeResult:
        """The entries, and the chosen one."""
        yield self.entries
        yield self.view

    def begin(self) -> None:
        """Show what the record holds."""
        self.entries.reload()
        self._show_chosen()

    def take_keys(self) -> None:
        """The keys go to the entries."""
        self.entries.focus_table()

    def set_masked(self, masked: bool) -> None:
        """Hide or show personal data."""
        self.entries.masked = masked
        self.entries.redraw()
        self._show_chosen()

    def show_changed(self, external_userid: str) -> None:
        """Something was written, or found out."""
        self.entries.reload()
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.view.show(self.entries.chosen, masked=self.entries.masked)

    def on_entries_list_passed(self, event: EntriesList.Passed) -> None:
        """The choice moved."""
        event.stop()
        self.view.show(event.entry, masked=self.entries.masked)

    def on_entries_list_opened(self, event: EntriesList.Opened) -> None:
        """Enter: the entry on the whole screen."""
        event.stop()
        if event.entry is not None:
            from console.tui.record.entry_dialog import EntryDialog

            self.app.push_screen(EntryDialog(self.session, event.entry, masked=self.entries.masked))

    def on_listing_asked(self, event: Listing.Asked) -> None:
        """Commands that the list can't carry out alone."""
        event.stop()
        entry = self.entries.chosen
        if event.command == "read_again":
            self.show_changed("")
        elif event.command == "undo" and entry is not None:
            from console.tui.remark.desk import desk_of

            desk_of(self.app).undo(entry.id)
        elif event.command == "export":
            self._export()

    def _export(self) -> None:
        from console.operations.remark.audit_export import exporting_entries
        from console.tui.dialogs.export import Export, ExportDialog

        audit, zone, ids = self.session.records.audit, self.session.zone, tuple(self.entries.ids)
        export = Export(
            len(ids), "record.csv", lambda file, form, _masked: exporting_entries(audit, ids, file, form, zone)
        )
        self.app.push_screen(ExportDialog(export))
