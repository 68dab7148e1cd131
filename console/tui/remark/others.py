"""What the other followers hold about the same customer: to look at, and to take over from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from console.language import _
from console.operations.remark.values import HIDDEN, OtherRemark, RemarkField
from console.operations.wording import day_words
from console.session import Session
from console.text import safe_text
from console.tui.columns import Column
from console.tui.customers.cells import follower_words
from console.tui.rows import ListSource, Row
from console.tui.table import BigTable


class OthersTable(BigTable):
    """A row for each of the other followers, relations that are gone at the end, as last known."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", show=False, id="open")]

    def __init__(self, session: Session, others: Sequence[OtherRemark], *, id: str) -> None:  # noqa: A002
        super().__init__(
            (
                Column("follower", _("follower"), 12, grow=1),
                Column("remark", _("remark"), 12, grow=2),
                Column("company", _("remark company"), 10, grow=1, leave=2),
                Column("mobiles", _("mobiles"), 13, grow=1),
                Column("description", _("description"), 12, grow=2, leave=1),
            ),
            shows_choice_always=False,
            id=id,
        )
        self._session = session
        self.show_others(others)

    def show_others(self, others: Sequence[OtherRemark]) -> None:
        """Show these in place of those before."""
        self.others = tuple(others)
        self.show(ListSource(list(self._rows())))
        nobody = _("Nobody else is known to follow this customer.")
        self.notes_below = () if self.others else (nobody,)

    @property
    def chosen(self) -> OtherRemark | None:
        """The remark under the cursor."""
        place = self.chosen_index
        return self.others[place] if place is not None and place < len(self.others) else None

    def _rows(self) -> Iterator[Row]:
        for other in self.others:
            who = follower_words(self._session, other.userid, masked=False)
            if other.gone:
                since = day_words(other.gone_at, self._session.zone, self._session.clock())
                who = _("{who} (gone {date})").format(who=who, date=since or "-")
            values = other.values
            texts = [values.text(RemarkField.REMARK), values.text(RemarkField.COMPANY)]
            numbers = _("(not seen)") if values.mobiles is HIDDEN else " ".join(map(safe_text, values.numbers))
            cells = [safe_text(text) or "-" for text in texts]
            description = safe_text(values.text(RemarkField.DESCRIPTION)) or "-"
            yield Row(other.userid.casefold(), (who, *cells, numbers or "-", description), muted=other.gone)
