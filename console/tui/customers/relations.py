"""The list of customers: the relations of one follower, or of all, as a window onto the store."""

from __future__ import annotations

import time
from array import array
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.message import Message

from console.operations.results import Failed, Missing, Partial, Reading, Stopped
from console.operations.wording import day_words
from console.session import Session
from console.store.relations import RelationQuery, RelationRow
from console.store.remembered import Choice
from console.tui.columns import Sort
from console.tui.commands import Place, bindings
from console.tui.customers.cells import customer_columns, customer_row
from console.tui.customers.list_words import ListWords, sort_options
from console.tui.customers.reading import Part, Reads
from console.tui.listing import Listing
from console.tui.rows import Row, VectorSource
from console.tui.table import BigTable

if TYPE_CHECKING:
    from console.operations.browse import CustomersRead
    from console.tui.customers.copying import Copyable

SHORT = 40
REDRAW_SECONDS = 0.25
"""While pages pour in the list is selected again at most this often."""


class CustomersList(Listing):
    """The customers of `follower` (None: of all), newest first until sorted otherwise."""

    PLACE = Place.CUSTOMERS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLACE)]

    class Passed(Message):
        """The choice moved to a relation, or to none."""

        def __init__(self, relation: RelationRow | None) -> None:
            super().__init__()
            self.relation = relation

    class Opened(Passed):
        """Enter on a relation: show the customer's detail at this relation."""

    class Selected(Message):
        """The ids that a query selects, in its order."""

        def __init__(self, query: RelationQuery, ids: array[int], *, fresh: bool) -> None:
            super().__init__()
            self.query = query
            self.ids = ids
            self.fresh = fresh

    def __init__(self, session: Session, reads: Reads) -> None:
        super().__init__(id="customers")
        self.session = session
        self.reads = reads
        self.masked = False
        self.asked = RelationQuery()
        self.total = 0
        self.shown = False
        self.read_at: float | None = None
        self._complete = True
        self._old_before: float | None = None
        self._began = 0.0
        self._shown_at = 0.0
        self._state: Reading | CustomersRead | None = None

    @property
    def follower(self) -> str | None:
        """Whose customers these are."""
        return self.asked.follower

    @property
    def chosen(self) -> RelationRow | None:
        """The chosen relation as the store has it now."""
        key = self.table.chosen_key
        return self.session.records.relations.relation(key) if isinstance(key, int) else None

    # What is shown

    def show_follower(self, userid: str | None) -> None:
        """Show what the store knows of a follower's customers, at once."""
        self.shown = True
        self.forget_filter()
        self.asked = replace(self.asked, follower=userid, contains="")
        self._state = None
        self._know_age()
        self.show_selected(self.session.records.relations.select_now(self.asked), fresh=True)

    def reload(self) -> None:
        """Select again, off the event loop, because the store or the query changed."""
        self._select(self.asked, fresh=False)

    @work(group="select", exclusive=True, exit_on_error=False)
    async def _select(self, query: RelationQuery, *, fresh: bool) -> None:
        ids = await self.session.records.relations.select(query)
        self.post_message(self.Selected(query, ids, fresh=fresh))

    def on_customers_list_selected(self, event: Selected) -> None:
        """Show an answer, unless something else has been asked since."""
        event.stop()
        if event.query == self.asked:
            self.show_selected(event.ids, fresh=event.fresh)

    def show_selected(self, ids: array[int], *, fresh: bool = False) -> None:
        """Put a window onto these ids into the table; the chosen customer stays chosen by id."""
        if not self.asked.contains:
            self.total = len(ids)
        self._lay_out()
        self.table.show(VectorSource(ids, self._rows), fresh=fresh)
        self.table.sort = Sort(self.asked.order, self.asked.descending)
        self.show_state()

    def on_resize(self) -> None:
        """Columns leave and come back with the width, and so do words of the title."""
        self._lay_out()
        self.table.refresh_rows()
        self.show_state()

    def redraw(self) -> None:
        """Draw the rows anew, masked or not."""
        self.table.refresh_rows()

    def _lay_out(self) -> None:
        columns = customer_columns(self.size.width, short=self._short, old=self._old_before is not None)
        if columns != self.table.columns:
            self.table.columns = columns

    @property
    def _short(self) -> bool:
        return self.size.width < SHORT

    def _rows(self, ids: Sequence[int]) -> list[Row]:
        now = self.session.clock()
        found = self.session.records.relations.window(ids)
        return [
            customer_row(
                row,
                short=self._short,
                masked=self.masked,
                added=day_words(row.createtime, self.session.zone, now),
                old=self._old_before is not None and row.seen_at < self._old_before,
            )
            for row in found
        ]

    # Reading

    @property
    def is_reading(self) -> bool:
        """Whether pages are still to come."""
        return isinstance(self._state, Reading)

    def read(self, userid: str) -> None:
        """Read the customers of the follower that is shown."""
        self.show_progress(Reading(0, None, 0))
        self.reads.customers(userid)

    def take_answer(self, state: Reading | CustomersRead) -> None:
        """A page was stored, or reading ended: rows on the screen while further pages load."""
        now = time.monotonic()
        first = isinstance(state, Reading) and state.page == 1
        if first or not isinstance(state, Reading) or now - self._shown_at > REDRAW_SECONDS:
            self._shown_at = now
            self.reload()
        self.show_progress(state)

    def stop_reading(self) -> bool:
        """What was read so far stays."""
        state, is_stopped = self._state, self.reads.stop(Part.CUSTOMERS)
        if is_stopped and isinstance(state, Reading):
            left = max(0, (state.total or 0) - state.read)
            self.reload()
            self.show_progress(Partial(state.read, self.session.clock(), Missing(count=left, failure=Stopped())))
        return is_stopped

    # What is said about it

    def show_progress(self, state: Reading | CustomersRead) -> None:
        """Take in how the reading goes or ended."""
        if isinstance(state, Reading) and not isinstance(self._state, Reading):
            self._began = self.session.clock()
        self._state = state
        if not isinstance(state, Reading):
            self._know_age()
        self.show_state()

    def show_state(self) -> None:
        """Title and notes: loading, none, partial, failed with old data, and nothing matches look different."""
        words = self._words
        self.title.show(words.title(), words.right(), failed=isinstance(self._state, (Partial, Failed)))
        self.table.notes_above, self.table.notes_below = words.notes()
        self.show_matches()

    def show_matches(self) -> None:
        """Beside the filter: how many match, and whether that is all."""
        super().show_matches()
        line = self.filter_line
        if line is None:
            return
        from console.operations.search_words import wrong_field_words  # here: the first paint searches nothing

        line.count.show("", wrong_field_words(self.asked.contains) or self._words.matches())

    @property
    def _words(self) -> ListWords:
        return ListWords(
            self.session,
            self.asked,
            self.total,
            len(self.table.source),
            self._state,
            self.read_at,
            self._complete,
            self._short,
            self.masked,
        )

    def _know_age(self) -> None:
        row = self.session.records.followers.row(self.follower) if self.follower else None
        self.read_at = row.read_at if row else None
        self._complete = row is None or row.read_at is None or row.complete
        self._old_before = None if self._complete else self.read_at
        if isinstance(self._state, Partial):
            self._old_before = self._began

    # What the keys do

    def sort_options(self) -> list[tuple[str, str]]:
        """What the rows can be sorted by: (id, label)."""
        return sort_options()

    def sort_by(self, order: str) -> None:
        """Sort by a column; by the same one again: the other way round."""
        descending = not self.asked.descending if order == self.asked.order else order == "createtime"
        self.asked = replace(self.asked, order=order, descending=descending)
        self.session.records.remembered.put(Choice.ORDER, f"{order} {'desc' if descending else 'asc'}")
        self.reload()

    def restore_order(self, remembered: str) -> None:
        """Sort as the operator last asked for."""
        order, _blank, direction = remembered.partition(" ")
        if order in dict(self.sort_options()):
            self.asked = replace(self.asked, order=order, descending=direction == "desc")

    def copyables(self) -> Sequence[Copyable]:
        """The chosen relation."""
        from console.tui.customers import copying

        relation = self.chosen
        return copying.of_relation(self.session, relation) if relation else ()

    async def action_edit(self) -> None:
        """e: this row is a relation; its form opens, whatever is chosen afterwards."""
        relation = self.chosen
        if self.table.is_stand_in:
            self.app.bell()
        elif relation is not None:
            from console.tui.remark.desk import desk_of

            await desk_of(self.app).edit(relation.external_userid, relation.userid)

    def action_export(self) -> None:
        """x: write the listed relations into a file."""
        from console.operations.customer_export import exporting_customers
        from console.operations.export_file import Form
        from console.tui.dialogs.export import Export, ExportDialog

        session, source = self.session, self.table.source
        ids = [key for at in range(len(source)) if isinstance(key := source.key(at), int)]

        def write(file: Path, form: Form, masked: bool) -> Generator[int, None, None]:
            return exporting_customers(
                session.records, session.name_of, ids, file, form, zone=session.zone, masked=masked
            )

        self.app.push_screen(ExportDialog(Export(len(ids), "customers.csv", write, masked=self.masked)))

    async def action_duplicates(self) -> None:
        """d: who may be the same person."""
        from console.tui.going import open_duplicates_here

        relation = self.chosen
        if relation is not None:
            await open_duplicates_here(self, relation.external_userid)

    async def action_timeline(self) -> None:
        """t: all that happened to the customer of this row."""
        from console.tui.going import open_timeline_here

        relation = self.chosen
        if relation is not None:
            await open_timeline_here(self, relation.external_userid, relation.userid)

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Tell where the choice went."""
        event.stop()
        self.post_message(self.Passed(self.chosen))

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter or a double click."""
        event.stop()
        self.post_message(self.Opened(self.chosen))

    def on_big_table_header_pressed(self, event: BigTable.HeaderPressed) -> None:
        """A click on a column's title sorts by it."""
        event.stop()
        self.sort_by(event.column)

    def on_listing_filter_changed(self, event: Listing.FilterChanged) -> None:
        """Filter at every keystroke; the answer of an overtaken keystroke is dropped."""
        event.stop()
        self.asked = replace(self.asked, contains=event.text)
        self.reload()
