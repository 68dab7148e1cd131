"""Who may be the same person as one customer, and what WeCom can't do about it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from console.language import _, joined, ngettext
from console.session import Session
from console.store.duplicates import Duplicate, Same
from console.store.relations import RelationRow
from console.text import mask_text, safe_text
from console.tui.columns import Column
from console.tui.commands import Place, bindings
from console.tui.customers import copying
from console.tui.customers.cells import follower_words, mobile_cell
from console.tui.dialogs.dialog import Dialog
from console.tui.folded import FoldedText
from console.tui.listing import TitleLine
from console.tui.messages import CopyOffered
from console.tui.profile.report import LineTable
from console.tui.rows import Row, VectorSource
from console.tui.table import BigTable

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp


class DuplicatesDialog(Dialog[None]):
    """Keeps the customer it was opened for; a row is one relation of another customer."""

    AUTO_FOCUS = "#duplicates-table"
    PLACE = Place.DUPLICATES
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.DUPLICATES)]

    class Found(Message):
        """The store has looked."""

        def __init__(self, duplicates: Sequence[Duplicate]) -> None:
            super().__init__()
            self.duplicates = duplicates

    def __init__(self, session: Session, external_userid: str, *, masked: bool) -> None:
        super().__init__()
        self.session = session
        self.external_userid = external_userid
        self.masked = masked
        self._title = TitleLine()
        self._same: dict[int, tuple[Same, ...]] = {}
        self.table = LineTable(
            (
                Column("same", _("the same"), 12),
                Column("remark", _("remark"), 10, grow=2),
                Column("name", _("name"), 10, grow=2),
                Column("company", _("company"), 8, grow=1, leave=1),
                Column("mobile", _("mobile"), 13, leave=2),
                Column("follower", _("follower"), 8, grow=1),
            ),
            id="duplicates-table",
        )
        self._note = FoldedText(
            _(
                "WeCom cannot merge customers. What helps: the same remark on each, or a colleague removes the one "
                "that is not used. One customer with several followers is no duplicate."
            ),
            classes="full-text",
        )

    def compose(self) -> ComposeResult:
        """Of whom, the others, and what can be done."""
        with Vertical(id="duplicates", classes="page"):
            yield self._title
            yield self.table
            yield self._note

    def on_mount(self) -> None:
        """Look."""
        self._title.show(self._whose(), _("looking"))
        self._look()

    @work(group="duplicates", exclusive=True, exit_on_error=False)
    async def _look(self) -> None:
        self.post_message(self.Found(await self.session.records.customers.duplicates(self.external_userid)))

    def on_duplicates_dialog_found(self, event: Found) -> None:
        """Show them, or that there are none among those that are known."""
        event.stop()
        self._same = {row_id: one.same for one in event.duplicates for row_id in one.relations}
        n = len(event.duplicates)
        words = ngettext("{n} customer may be the same person", "{n} customers may be the same person", n).format(n=n)
        self._title.show(self._whose(), words if n else _("none"))
        self.table.show(VectorSource(array("q", self._same), self._rows))
        if not n:
            self.table.notes_below = (
                _("Nobody else that is known here has the same unionid, phone, or name and company."),
                _("Who was never read is not known: pane 4 takes in everybody."),
            )

    def set_masked(self, masked: bool) -> None:
        """Hide or show personal data."""
        self.masked = masked
        self._title.show(self._whose())
        self.table.refresh_rows()

    def _whose(self) -> str:
        rows = self.session.records.relations.of_customer(self.external_userid)
        name = next((row.remark or row.name for row in rows if row.remark or row.name), self.external_userid)
        return _("Duplicates: {customer}").format(customer=self._text(name))

    def _text(self, value: str | None) -> str:
        words = safe_text(value or "")
        return mask_text(words) if self.masked else words

    def _rows(self, ids: Sequence[int]) -> list[Row]:
        return [self._row(row) for row in self.session.records.relations.window(ids)]

    def _row(self, row: RelationRow) -> Row:
        return Row(
            row.id,
            (
                joined(_same_words(same) for same in self._same[row.id]),
                self._text(row.remark),
                self._text(row.name),
                self._text(row.corp_name or row.company),
                mobile_cell(row, masked=self.masked),
                follower_words(self.session, row.userid, masked=self.masked),
            ),
        )

    @property
    def _chosen(self) -> RelationRow | None:
        key = self.table.chosen_key
        return self.session.records.relations.relation(key) if isinstance(key, int) else None

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter: this customer at this relation."""
        event.stop()
        chosen = self._chosen
        if chosen is not None:
            from console.tui.going import leave_for_customer

            app = cast("ConsoleApp", self.app)
            app.call_later(leave_for_customer, app, chosen.external_userid, chosen.userid)

    def action_open(self) -> None:
        """Open the chosen row."""
        self.table.action_open()

    def action_copy(self) -> None:
        """Offer what can be copied of the chosen row."""
        chosen = self._chosen
        self.app.post_message(CopyOffered(copying.of_relation(self.session, chosen) if chosen else ()))


def _same_words(same: Same) -> str:
    words = {Same.UNIONID: "unionid", Same.MOBILE: _("mobile"), Same.NAME: _("name and company")}
    return words[same]
