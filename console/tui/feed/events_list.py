"""The list of events: a window onto the store that follows what comes until the operator moves."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from console.language import _, ngettext
from console.operations.event_filter import understand_event_filter
from console.operations.wording import count_words
from console.session import Session
from console.store.event_query import EventQuery
from console.store.event_rows import EventRow, FeedRow, WelcomeState
from console.tui.feed.empty import why_empty
from console.tui.feed.rows import feed_columns, feed_row, is_of_today
from console.tui.listing import Listing
from console.tui.profile.report import LineTable
from console.tui.rows import Row, VectorSource
from console.tui.table import BigTable

if TYPE_CHECKING:
    from console.tui.customers.copying import Copyable


class EventsList(Listing):
    """The rows of the feed, the newest first. While it follows, the newest one is chosen."""

    class Passed(Message):
        """Another row is chosen, or the chosen one has changed; None: there is none."""

        def __init__(self, row_id: int | None) -> None:
            super().__init__()
            self.row_id = row_id

    class Opened(Passed):
        """Enter on a row."""

    class Selected(Message):
        """The rows of a query that are newer than `after`."""

        def __init__(self, query: EventQuery, after: int, ids: array[int]) -> None:
            super().__init__()
            self.query = query
            self.after = after
            self.ids = ids

    def __init__(self, session: Session) -> None:
        super().__init__(id="events")
        self.session = session
        self.table = LineTable(id="events-table")
        self.masked = False
        self.following = True
        self.asked = EventQuery()
        self._ids: array[int] = array("q")
        self._waiting: array[int] = array("q")
        self._asking: EventQuery | None = None
        self._is_stale = False
        self._shows_days = False
        self._wanted: int | None = None
        self.is_loaded = False
        """Whether the feed was looked at at all."""

    @property
    def chosen(self) -> FeedRow | None:
        """The chosen row as the store has it now."""
        key = self.table.chosen_key
        return self.session.records.events.row(key) if isinstance(key, int) else None

    @property
    def ids(self) -> tuple[int, ...]:
        """The rows that are listed, the newest first."""
        return tuple(self._ids)

    # What is shown

    def reload(self) -> None:
        """Select all rows anew, and follow from the newest on."""
        self.is_loaded = self.following = True
        self._ids = self._waiting = array("q")
        self._select(self.asked, 0)

    def look_again(self) -> None:
        """Something has changed: fetch what is new, and draw anew what is in sight."""
        if self._asking == self.asked:
            self._is_stale = True
        else:
            self._select(self.asked, self._newest)

    @property
    def _newest(self) -> int:
        return next(iter(self._waiting or self._ids), 0)

    @work(group="events", exclusive=True, exit_on_error=False)
    async def _select(self, query: EventQuery, after: int) -> None:
        self._asking = query
        try:
            ids = await self.session.records.events.select(replace(query, after=after))
        finally:
            self._asking = None
        self.post_message(self.Selected(query, after, ids))

    def on_events_list_selected(self, event: Selected) -> None:
        """Take in what is new, unless something else has been asked for since."""
        event.stop()
        if event.query == self.asked and event.after == self._newest:
            self._take_in(event.ids, anew=not event.after)
        if self._is_stale:
            self._is_stale = False
            self.look_again()

    def _take_in(self, newer: array[int], *, anew: bool) -> None:
        self._notice_moves()
        if not self.following:
            self._waiting = newer + self._waiting
            self.table.refresh_rows()
        elif newer or anew:
            self._ids = newer + self._ids
            self._lay_out()
            self.table.show(VectorSource(self._ids, self._rows), fresh=True)
        else:
            self.table.refresh_rows()
        if self._wanted is not None and anew:
            self.following = not self.table.choose(self._wanted)
            self._wanted = None
        self.show_state()
        key = self.table.chosen_key
        self.post_message(self.Passed(key if isinstance(key, int) else None))

    def redraw(self) -> None:
        """Draw the rows in sight anew: masked or not, or a second later."""
        self.table.refresh_rows()

    def on_resize(self) -> None:
        """Columns leave and come back with the width."""
        self._lay_out()
        self.table.refresh_rows()
        self.show_state()

    def _lay_out(self) -> None:
        columns = feed_columns(self.size.width, days=self._shows_days)
        if columns != self.table.columns:
            self.table.columns = columns

    def _rows(self, ids: Sequence[int]) -> list[Row]:
        now, zone = self.session.clock(), self.session.zone
        rows = self.session.records.events.window(ids)
        if len(rows) < len(ids):  # old requests make room for new ones
            self.call_later(self.reload)
        if not self._shows_days and not all(is_of_today(row.received_at, zone, now) for row in rows):
            self._shows_days = True
            self.call_later(self._lay_out)
        return [feed_row(self.session, row, now=now, masked=self.masked) for row in rows]

    # Following

    def _notice_moves(self) -> None:
        """Who moved away from the newest row reads: from then on nothing moves below the eyes."""
        if self.following and self._ids and self.table.chosen_key not in (None, self._ids[0]):
            self.following = False

    def pause(self) -> None:
        """Stay at what is shown, or follow again."""
        if self.following:
            self.following = False
            self.show_state()
        else:
            self.follow()

    def follow(self) -> None:
        """Go to the newest row, and follow from there."""
        self._ids, self._waiting = self._waiting + self._ids, array("q")
        self.following = True
        self.table.show(VectorSource(self._ids, self._rows), fresh=True)
        self.show_state()

    def go_to(self, row_id: int) -> None:
        """Stay at one row, filtered away or not, once it is there."""
        self.forget_filter()
        self.asked = EventQuery()
        self._wanted = row_id
        self.reload()

    # What is said about it

    def show_state(self) -> None:
        """The title, and why there is nothing where there is nothing."""
        self.title.show(self._counts(), self._standing(), failed=False)
        self.table.notes_below = () if self._ids else self._why_nothing()
        self.show_matches()

    def show_matches(self) -> None:
        """Beside the filter: how many match, and how many are new."""
        super().show_matches()
        if self.filter_line is not None:
            n = len(self._ids)
            matches = ngettext("{n} match", "{n} matches", n).format(n=count_words(n))
            self.filter_line.count.show("", f"{matches}  {self._standing()}")

    def _why_nothing(self) -> Sequence[str]:
        if self.asked != EventQuery():
            return (_("No event matches. Esc clears the filter."),)
        receiving = self.session.records.receivers.state()
        return why_empty(receiving, self.session.clock(), self.session.zone)

    def _counts(self) -> str:
        now = datetime.fromtimestamp(self.session.clock(), self.session.zone)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
        counts = self.session.records.events.counts(midnight)
        said = [_("Events"), _("today {n}").format(n=count_words(counts.events))]
        if counts.repeated:
            said.append(_("repeated {n}").format(n=count_words(counts.repeated)))
        if counts.rejected:
            said.append(_("rejected {n}").format(n=count_words(counts.rejected)))
        if counts.unseen:
            said.append(_("to do {n}").format(n=count_words(counts.unseen)))
        return "  ".join(said)

    def _standing(self) -> str:
        if self.following:
            return _("following")
        n = len(self._waiting)
        return _("paused, {n} new").format(n=count_words(n))

    # What the keys do

    def copyables(self) -> Sequence[Copyable]:
        """The chosen row."""
        from console.tui.feed import copying

        row = self.chosen
        return copying.of_row(self.session, row) if row else ()

    @property
    def has_countdown(self) -> bool:
        """Whether seconds run on a row in sight."""
        top = self.table.scroll_offset.y
        in_sight = self._ids[top : top + self.table.size.height]
        rows = self.session.records.events.window(in_sight)
        return any(isinstance(row, EventRow) and row.welcome.state is WelcomeState.OPEN for row in rows)

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """The choice moved."""
        event.stop()
        self._notice_moves()
        self.show_state()
        self.post_message(self.Passed(event.key if isinstance(event.key, int) else None))

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter or a double click."""
        event.stop()
        if isinstance(event.key, int):
            self.post_message(self.Opened(event.key))

    def on_listing_filter_changed(self, event: Listing.FilterChanged) -> None:
        """Filter at every keystroke."""
        event.stop()
        self.asked = understand_event_filter(event.text, self.session.all_names())
        self.reload()
