"""Take over fields from what another follower wrote, also one who does not have the customer any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from console.language import _
from console.operations.remark.plan_words import field_words
from console.operations.remark.values import OtherRemark, RemarkField, RemarkValues
from console.session import Session
from console.tui.commands import Place, bindings
from console.tui.dialogs.dialog import Dialog
from console.tui.listing import TitleLine
from console.tui.remark.others import OthersTable
from console.tui.table import BigTable


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Whose remark, and which of its fields."""

    values: RemarkValues
    fields: frozenset[RemarkField]


class TakeOver(Dialog[TakenOver]):
    """The followers, and the fields that are taken; digits leave a field out and take it in again."""

    AUTO_FOCUS = "OthersTable"
    PLACE = Place.TAKE_OVER
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.TAKE_OVER)]

    def __init__(self, session: Session, others: Sequence[OtherRemark], fields: Sequence[RemarkField]) -> None:
        """`fields` are those that can be taken over here."""
        super().__init__()
        self._fields = tuple(fields)
        self._taken = set(fields)
        self.table = OthersTable(session, others, id="take-over-table")
        self._choice = Static(id="take-over-fields")

    def compose(self) -> ComposeResult:
        """The title, the followers, the fields."""
        title = TitleLine()
        title.show(_("Take over from another follower"), _("into the form; nothing is written yet"))
        with Vertical(id="take-over", classes="page"):
            yield title
            yield self.table
            yield self._choice

    def on_mount(self) -> None:
        """Say which fields are taken."""
        self._show_fields()

    def _show_fields(self) -> None:
        parts = [
            f"{number} [{'x' if field in self._taken else ' '}] {field_words(field)}"
            for number, field in enumerate(self._fields, 1)
        ]
        self._choice.update(Content(" " + "  ".join(parts)))

    def on_key(self, event: events.Key) -> None:
        """A digit leaves a field out, or takes it in again."""
        character = event.character or ""
        if character.isdigit() and 1 <= int(character) <= len(self._fields):
            event.stop()
            self._taken ^= {self._fields[int(character) - 1]}
            self._show_fields()

    def action_open(self) -> None:
        """Enter: take them over."""
        if self.table.chosen is not None:
            self.dismiss(TakenOver(self.table.chosen.values, frozenset(self._taken)))

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter or a double click on a follower."""
        event.stop()
        self.action_open()

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Moving alone takes nothing over."""
        event.stop()
