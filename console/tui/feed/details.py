"""The details of the chosen event, in three tabs: in words, effects, raw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from console.language import _
from console.session import Session
from console.store.event_rows import FeedRow
from console.text import cell_width, crop
from console.tui.columns import Column, fold
from console.tui.feed.told import Told
from console.tui.rows import ListSource, Row, Toned
from console.tui.table import BigTable
from console.tui.tabs_rule import TabsRule

LABEL_WIDTH = 9
LONGEST_LABEL = 13
MOST_LINES = 2000
"""Of a message of a megabyte no more is laid out; `y` copies all of it."""


class Tab(StrEnum):
    """What is told of an event."""

    WORDS = "words"
    EFFECTS = "effects"
    RAW = "raw"


def tab_words(tab: Tab) -> str:
    """A tab's name."""
    return {Tab.WORDS: _("in words"), Tab.EFFECTS: _("effects"), Tab.RAW: _("raw")}[tab]


class Lines(BigTable, can_focus=False):
    """Labels and values to read: nothing in it is chosen, and the wheel scrolls it."""

    def on_click(self, event: events.Click) -> None:
        """A click chooses nothing."""


class EventDetails(Vertical):
    """The tabs of one row; another row keeps the tab that is in sight."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="event-details")
        self.session = session
        self.masked = False
        self._rule = TabsRule()
        self._lines = Lines(show_header=False, shows_choice_always=False, id="event-lines")
        self._row: FeedRow | None = None
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """The tabs above the lines."""
        yield self._rule
        yield self._lines

    @property
    def tab(self) -> Tab:
        """The tab in sight."""
        return list(Tab)[self._rule.place]

    def show(self, row: FeedRow | None) -> None:
        """Show a row as it is now; what is on the screen already is not drawn again."""
        fresh = self._row is None or row is None or row.id != self._row.id
        self._row = row
        self._draw(fresh=fresh)

    def next_tab(self) -> None:
        """The tab behind the one in sight."""
        tabs = list(Tab)
        self.show_tab(tabs[(tabs.index(self.tab) + 1) % len(tabs)])

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab into sight."""
        self._rule.show([tab_words(tab) for tab in Tab], list(Tab).index(tab))
        self._draw(fresh=True)

    def redraw(self) -> None:
        """Draw anew: masked or not, wider or narrower."""
        self._shown = ()
        self._draw(fresh=False)

    def on_resize(self) -> None:
        """Values are folded to the width there is."""
        self.redraw()

    def on_mount(self) -> None:
        """The first tab is in sight."""
        self.show_tab(Tab.WORDS)

    def on_tabs_rule_wanted(self, event: TabsRule.Wanted) -> None:
        """A click on a tab."""
        event.stop()
        self.show_tab(list(Tab)[event.place])

    def told(self) -> Sequence[Told]:
        """The lines of the tab in sight, not folded."""
        if self._row is None:
            return ()
        return list(self._told(self._row))

    def _told(self, row: FeedRow) -> Iterable[Told]:
        if self.tab is Tab.EFFECTS:
            from console.tui.feed.effects_done import effects_done

            return effects_done(self.session, row, masked=self.masked)
        if self.tab is Tab.RAW:
            from console.tui.feed.raw import raw

            return raw(self.session, row, masked=self.masked)
        from console.tui.feed.in_words import in_words

        return in_words(self.session, row, masked=self.masked)

    def _draw(self, *, fresh: bool) -> None:
        told = self.told()
        if (self.size.width, *told) == self._shown:
            return
        self._shown = (self.size.width, *told)
        labels = max((cell_width(one.label) for one in told if not one.is_title), default=0)
        label_width = min(max(labels, LABEL_WIDTH), LONGEST_LABEL)
        columns = (Column("label", "", label_width), Column("value", "", 10, grow=1))
        if columns != self._lines.columns:
            self._lines.columns = columns
        rows = [row for one in told for row in self._rows_of(one, label_width)][:MOST_LINES]
        numbered = [Row(place, row.cells, spans=row.spans) for place, row in enumerate(rows)]
        self._lines.show(ListSource(numbered), fresh=fresh)

    def _rows_of(self, one: Told, label_width: int) -> Iterable[Row]:
        width = max(10, self.size.width - 2)
        if one.is_title:
            words = f"-- {one.label} "
            dashes = "-" * max(0, width - cell_width(words))
            yield Row(0, (Toned(crop(words + dashes, width), "muted"),), spans=True)
            return
        text, tone = (one.value.text, one.value.tone) if isinstance(one.value, Toned) else (one.value, None)
        room = width - label_width - 1 if one.label else width
        for number, line in enumerate(fold(text, room) or [""]):
            cell = Toned(line, tone) if tone else line
            if one.label:
                yield Row(0, (Toned("" if number else one.label, "muted"), cell))
            else:
                yield Row(0, (cell,), spans=True)
