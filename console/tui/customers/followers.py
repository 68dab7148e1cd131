"""The list of followers: names or userids, and how many customers each has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.message import Message

from console.language import _
from console.operations.matching import Needle, search_words
from console.operations.results import Empty, Failed
from console.operations.wording import count_words
from console.session import Session
from console.store.followers import FollowerRow
from console.store.relations import RelationQuery
from console.text import safe_text
from console.tui.commands import Place, bindings
from console.tui.customers.cells import (
    ALL_CUSTOMERS,
    all_customers_row,
    follower_columns,
    follower_row,
)
from console.tui.customers.notes import failure_notes
from console.tui.listing import Listing
from console.tui.rows import Cell, ListSource
from console.tui.table import BigTable

if TYPE_CHECKING:
    from console.operations.browse import FollowersRead
    from console.tui.customers.copying import Copyable

WIDE = 26


class FollowersList(Listing):
    """All customers first, then the followers, by name, userid or count once asked to sort."""

    PLACE = Place.FOLLOWERS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLACE)]

    class Passed(Message):
        """The choice moved to a follower; None is all customers."""

        def __init__(self, userid: str | None) -> None:
            super().__init__()
            self.userid = userid

    def __init__(self, session: Session, on_open: Callable[[], None]) -> None:
        super().__init__(id="followers", on_open=on_open)
        self.session = session
        self.masked = False
        self.order = ""
        self.descending = False
        self._followers: list[FollowerRow] = []
        self._words: dict[str, str] = {}
        self._reading = ""

    def on_mount(self) -> None:
        """Show what is known."""
        self.show_known()

    def on_resize(self) -> None:
        """The userid has a column of its own where there is room."""
        self.show_known()

    def show_known(self) -> None:
        """Show the followers as the store has them now; the chosen one stays chosen."""
        records = self.session.records
        wide = self.size.width >= WIDE
        self._followers = self._sorted(records.followers.rows())
        needle = Needle(self.filter_text)
        wanted = [row for row in self._followers if needle.is_in(self._words_of(row))]
        rows = [follower_row(row, self.name_of(row), wide=wide, masked=self.masked) for row in wanted]
        if not self.filter_text:
            everybody = records.relations.count(RelationQuery())
            rows.insert(0, all_customers_row(everybody, wide=wide))
        self.table.columns = follower_columns(self.size.width)
        self.table.show(ListSource(rows))
        if self.filter_text and not rows:
            nobody = _("No follower matches {text}. Esc clears the filter.")
            self.table.notes_above = (nobody.format(text=f"「{safe_text(self.filter_text)}」"),)
        else:
            self.table.notes_above = ()
        self.show_title()
        self.show_matches()

    def show_title(self) -> None:
        """How many followers, and what is being read."""
        known = len(self._followers)
        self.title.show(_("Followers {n}").format(n=count_words(known)) if known else _("Followers"), self._reading)

    def show_left(self, left: int) -> None:
        """Say at the right of the title how many are still being counted or named."""
        self._reading = _("{n} left").format(n=left) if left else ""

    def show_outcome(self, outcome: FollowersRead) -> None:
        """Take in how reading the followers ended: none, failed, or there they are."""
        notes: tuple[Cell, ...] = ()
        if isinstance(outcome, Failed):
            notes = tuple(failure_notes(outcome.failure, self.session.profile.app_type))
        elif isinstance(outcome, Empty):
            notes = (_("This app sees no followers: nobody in its visible range has customers."),)
        self.table.notes_below = notes
        self.show_known()

    def show_matches(self) -> None:
        """Beside the filter: how many followers match."""
        super().show_matches()
        if (line := self.filter_line) is not None:
            shown = len(self.table.source)
            line.count.show("", _("{n} of {total}").format(n=shown, total=len(self._followers)))

    def name_of(self, row: FollowerRow) -> str:
        """From WeCom, else from names.csv, else empty."""
        return row.name or self.session.names.get(row.userid.casefold(), "")

    @property
    def chosen(self) -> str | None:
        """The chosen follower's userid; None on all customers."""
        key = self.table.chosen_key
        return None if key in (None, ALL_CUSTOMERS) else str(key)

    def sort_options(self) -> list[tuple[str, str]]:
        """What the rows can be sorted by: (id, label)."""
        return [("", _("WeCom's order")), ("name", _("name")), ("userid", _("account")), ("count", _("customers"))]

    def sort_by(self, order: str) -> None:
        """Sort by a column; by the same one again: the other way round."""
        self.descending = not self.descending if order == self.order else order == "count"
        self.order = order
        self.show_known()

    def copyables(self) -> Sequence[Copyable]:
        """The account and the name; of all customers there is nothing."""
        from console.tui.customers import copying

        return copying.of_follower(self.chosen, self.session.name_of(self.chosen)) if self.chosen else ()

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Tell where the choice went."""
        event.stop()
        if event.key is not None:
            self.post_message(self.Passed(self.chosen))

    def on_big_table_header_pressed(self, event: BigTable.HeaderPressed) -> None:
        """A click on a column's title sorts by it."""
        event.stop()
        self.sort_by(event.column)

    def on_listing_filter_changed(self, event: Listing.FilterChanged) -> None:
        """Filter by name, initials and userid."""
        event.stop()
        self.show_known()

    def _words_of(self, row: FollowerRow) -> str:
        if not self.filter_text:
            return ""
        name = self.name_of(row)
        key = f"{row.userid} {name}"
        if key not in self._words:
            self._words[key] = search_words((name,), (row.userid,), (row.userid,))
        return self._words[key]

    def _sorted(self, rows: list[FollowerRow]) -> list[FollowerRow]:
        if self.order == "count":
            return sorted(rows, key=lambda row: row.count or 0, reverse=self.descending)
        if self.order == "userid":
            return sorted(rows, key=lambda row: row.userid.casefold(), reverse=self.descending)
        if self.order == "name":
            return sorted(rows, key=lambda row: (not self.name_of(row), self.name_of(row)), reverse=self.descending)
        return rows
