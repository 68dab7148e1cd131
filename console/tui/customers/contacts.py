"""The list of served contacts: everybody the company has served, customers or not."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.message import Message

from console.language import _
from console.operations.results import Empty, EmptyReason, Failed, Loaded, Reading, Stopped
from console.operations.wording import age_words, count_words, day_words
from console.session import Session
from console.text import crop, mask_text, safe_text
from console.tui.columns import Column
from console.tui.commands import Place, bindings
from console.tui.customers.cells import follower_words
from console.tui.customers.notes import failure_notes
from console.tui.customers.reading import Part, Reads
from console.tui.listing import Listing
from console.tui.rows import Row, Toned, VectorSource
from console.tui.table import BigTable

if TYPE_CHECKING:
    from console.store.contacts import ContactRow
    from console.tui.customers.copying import Copyable

ContactsRead = Loaded[int] | Empty | Failed


class ContactsList(Listing):
    """Served contacts of the chosen follower, or of all; Enter on a customer shows the detail."""

    PLACE = Place.CONTACTS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLACE)]

    class Opened(Message):
        """Enter on a contact that is a customer."""

        def __init__(self, external_userid: str, userid: str | None) -> None:
            super().__init__()
            self.external_userid = external_userid
            self.userid = userid

    def __init__(self, session: Session, reads: Reads) -> None:
        super().__init__(id="contacts")
        self.session = session
        self.reads = reads
        self.masked = False
        self.follower: str | None = None
        self._state: Reading | ContactsRead | None = None

    def on_mount(self) -> None:
        """Lay out the columns."""
        self.table.columns = (
            Column("name", _("name"), 12, grow=2),
            Column("kind", _("kind"), 8),
            Column("follower", _("follower"), 8, grow=1),
            Column("chat", _("group chat"), 10, grow=1, leave=1),
            Column("added", _("added"), 5, right=True),
        )

    def show_follower(self, userid: str | None) -> None:
        """Show one follower's served contacts, or all."""
        self.forget_filter()
        self.follower = userid
        self.reload(fresh=True)

    def reload(self, *, fresh: bool = False) -> None:
        """Show what the store has now."""
        ids = self.session.records.contacts.select(self.follower, contains=self.filter_text)
        self.table.show(VectorSource(array("q", ids), self._rows), fresh=fresh)
        self._show_state()

    def redraw(self) -> None:
        """Draw the rows anew, masked or not."""
        self.table.refresh_rows()

    def show_progress(self, state: Reading | ContactsRead) -> None:
        """Take in how the reading goes or ended."""
        self._state = state
        self.reload()

    def read(self) -> None:
        """Read them again."""
        self.reads.contacts(self.follower)

    def stop_reading(self) -> bool:
        """What was known stays, and it says that reading was stopped."""
        is_stopped = self.reads.stop(Part.CONTACTS)
        if is_stopped:
            self.show_progress(Failed(Stopped()))
        return is_stopped

    @property
    def was_read(self) -> bool:
        """Whether the list was read in this session."""
        return self._state is not None

    @property
    def chosen(self) -> ContactRow | None:
        """The chosen contact."""
        key = self.table.chosen_key
        found = self.session.records.contacts.window([key]) if isinstance(key, int) else []
        return found[0] if found else None

    def show_matches(self) -> None:
        """Beside the filter: how many match."""
        super().show_matches()
        if (line := self.filter_line) is not None:
            line.count.show("", _("matches {n}").format(n=count_words(len(self.table.source))))

    def _show_state(self) -> None:
        whose = _("all followers")
        if self.follower is not None:
            whose = follower_words(self.session, self.follower, masked=self.masked)
        state = self._state
        right = _("visible to this app")
        notes: list[str | Toned] = []
        if isinstance(state, Reading):
            right = _("read {read}, Esc stops").format(read=count_words(state.read))
        elif isinstance(state, Failed):
            right = _("not read")
            notes = list(failure_notes(state.failure, self.session.profile.app_type))
        elif isinstance(state, Empty) and state.reason is EmptyReason.NOT_GIVEN:
            notes = [_("Not given to this kind of app: WeCom gives served contacts to self-built apps only.")]
        elif not len(self.table.source):
            notes = [_("No served contacts.")] if state else [_("Not read yet; r reads them.")]
        elif isinstance(state, Loaded):
            right = age_words(self.session.clock() - state.read_at)
        title = _("Served contacts of {who} {n}").format(who=whose, n=count_words(len(self.table.source)))
        self.title.show(title, right, failed=isinstance(state, Failed))
        self.table.notes_below = tuple(notes)
        self.show_matches()

    def _rows(self, ids: Sequence[int]) -> list[Row]:
        now = self.session.clock()
        return [self._row(row, now) for row in self.session.records.contacts.window(ids)]

    def _row(self, row: ContactRow, now: float) -> Row:
        name = safe_text(row.name or row.customer_name or row.external_userid or "")
        kind = _("customer") if row.is_customer else _("contact")
        follower = follower_words(self.session, row.userid, masked=self.masked) if row.userid else ""
        added = day_words(row.add_time, self.session.zone, now)
        shown = mask_text(name) if self.masked else name
        chat = safe_text(row.chat_name or "")
        chat = mask_text(chat) if self.masked else chat
        return Row(row.id, (shown or "-", kind, follower, crop(chat, 30), added))

    def copyables(self) -> Sequence[Copyable]:
        """The chosen contact."""
        from console.tui.customers import copying

        contact = self.chosen
        return copying.of_contact(contact) if contact else ()

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter: only a customer has a detail."""
        event.stop()
        contact = self.chosen
        if contact is not None and contact.external_userid:
            self.post_message(self.Opened(contact.external_userid, contact.userid))
        else:
            self.app.bell()

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Nothing follows the choice here."""
        event.stop()

    def on_listing_filter_changed(self, event: Listing.FilterChanged) -> None:
        """Filter at every keystroke."""
        event.stop()
        self.reload()
