"""The list of entries, newest first, as a window onto the store."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from console.language import _, ngettext
from console.operations.remark.outcome_words import stored_verdict_words
from console.operations.remark.reply import entry_changes, ticket_reply
from console.operations.wording import count_words, time_words
from console.session import Session
from console.store.audit import AuditEntry, AuditQuery
from console.text import json_safe, mask_text, safe_text
from console.tui.columns import Column
from console.tui.commands import Place, bindings
from console.tui.customers.cells import follower_words
from console.tui.customers.copying import Copyable
from console.tui.listing import Listing
from console.tui.record.entry import outcome_tone
from console.tui.rows import Cell, Row, Toned, VectorSource
from console.tui.table import BigTable


class EntriesList(Listing):
    """What this profile wrote to WeCom."""

    PLACE = Place.RECORD
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLACE)]

    class Passed(Message):
        """The choice moved to an entry, or to none."""

        def __init__(self, entry: AuditEntry | None) -> None:
            super().__init__()
            self.entry = entry

    class Opened(Passed):
        """Enter on an entry."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="entries")
        self.session = session
        self.masked = False
        self.ids: array[int] = array("q")
        self._total = 0
        self.table.columns = (
            Column("time", _("time"), 11),
            Column("operator", _("operator"), 8, leave=1),
            Column("follower", _("follower"), 8),
            Column("customer", _("customer"), 12, grow=2),
            Column("changes", _("changes"), 16, grow=5),
            Column("outcome", _("outcome"), 14, grow=3),
            Column("number", _("no."), 5, right=True),
        )

    def reload(self) -> None:
        """Select again: something was written, or another text is looked for."""
        audit = self.session.records.audit
        self.ids = audit.select(AuditQuery(self.filter_text))
        if not self.filter_text:
            self._total = len(self.ids)
        self.table.show(VectorSource(self.ids, self._rows))
        n = self._total
        words = ngettext("{n} write to WeCom", "{n} writes to WeCom", n).format(n=count_words(n))
        self.title.show(_("Record"), words if n else "")
        self.table.notes_below = self._notes()
        self.show_matches()

    def _notes(self) -> Sequence[Cell]:
        if not self._total:
            return (
                _("Nothing was written with this profile yet."),
                _("Each change of a remark will stand here: who, when, why, before and after, how it ended."),
                _("From here it can be undone, copied as a reply for the ticket, and exported."),
            )
        if not len(self.ids):
            nothing = _("No entry matches {text}. Esc clears the filter.")
            return (nothing.format(text=f"「{safe_text(self.filter_text)}」"),)
        return ()

    def show_matches(self) -> None:
        """Beside the filter: how many match."""
        super().show_matches()
        if (line := self.filter_line) is not None:
            line.count.show("", _("{n} of {total}").format(n=len(self.ids), total=self._total))

    @property
    def chosen(self) -> AuditEntry | None:
        """The chosen entry as the store has it now."""
        key = self.table.chosen_key
        return self.session.records.audit.one(key) if isinstance(key, int) else None

    def redraw(self) -> None:
        """Draw the rows anew, masked or not."""
        self.table.refresh_rows()

    def _rows(self, ids: Sequence[int]) -> list[Row]:
        return [self._row(entry) for entry in self.session.records.audit.window(ids)]

    def _row(self, entry: AuditEntry) -> Row:
        draft = entry.draft
        customer, changes = safe_text(draft.customer_name or draft.external_userid), _("; ").join(entry_changes(entry))
        if self.masked:
            customer, changes = mask_text(customer), mask_text(changes)
        tone = outcome_tone(entry.outcome)
        words = stored_verdict_words(entry.outcome)
        cells: tuple[Cell, ...] = (
            time_words(entry.at, self.session.zone, self.session.clock()),
            safe_text(draft.operator),
            follower_words(self.session, draft.userid, masked=self.masked),
            customer,
            changes,
            Toned(words, tone) if tone else words,
            str(entry.id),
        )
        return Row(entry.id, cells)

    def copyables(self) -> Sequence[Copyable]:
        """The chosen entry; the reply has the number that it has everywhere."""
        entry = self.chosen
        if entry is None:
            return ()
        from console.operations.remark.documents import entry_document

        draft = entry.draft
        reply = ticket_reply(entry, follower_name=self.session.name_of(draft.userid), zone=self.session.zone)
        return (
            Copyable("id", _("customer ID"), safe_text(draft.external_userid)),
            Copyable("changes", _("changes"), _("; ").join(entry_changes(entry))),
            Copyable("reason", _("reason"), safe_text(draft.reason)),
            Copyable("reply", _("reply for the ticket"), reply),
            Copyable("json", "JSON", json_safe(entry_document(entry))),
        )

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Tell where the choice went."""
        event.stop()
        self.tell_place()
        self.post_message(self.Passed(self.chosen))

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter or a double click."""
        event.stop()
        self.post_message(self.Opened(self.chosen))

    def on_listing_filter_changed(self, event: Listing.FilterChanged) -> None:
        """Filter at every keystroke."""
        event.stop()
        self.reload()

    def action_undo(self) -> None:
        """u: take this entry back."""
        self.post_message(self.Asked(self, "undo"))

    def action_export(self) -> None:
        """x: write the listed entries into a file."""
        self.post_message(self.Asked(self, "export"))
