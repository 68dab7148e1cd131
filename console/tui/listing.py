"""A titled list: one title line that turns into a filter, above the big table. Every list of the console is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Label

from console.language import _
from console.operations.wording import count_words
from console.text import cell_width, crop
from console.tui.messages import CopyOffered, PlaceChanged
from console.tui.table import BigTable

if TYPE_CHECKING:
    from console.tui.customers.copying import Copyable
    from console.tui.filter import FilterInput


SHORTEST_TITLE = 10
"""A title of fewer cells than this says nothing: then the words at its right leave."""


class TitleLine(Widget):
    """What the list is, at the left; how old it is or what is going on, at the right."""

    def __init__(self) -> None:
        super().__init__(classes="title-line")
        self._left = ""
        self._right = ""

    def show(self, left: str, right: str = "", *, failed: bool = False) -> None:
        """Both ends are safe text; the right one gives way last, since it tells whether the list is true."""
        self.set_class(failed, "-failed")
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    @property
    def words(self) -> str:
        """What it says, both ends."""
        return f"{self._left} {self._right}".strip()

    def render(self) -> Content:
        """One line of exactly the widget's width."""
        width = self.size.width
        right = crop(self._right, max(0, width - 4))
        left = crop(self._left, max(0, width - cell_width(right) - 3))
        if cell_width(left) < min(SHORTEST_TITLE, cell_width(self._left)):
            left, right = crop(self._left, max(0, width - 2)), ""
        gap = max(0, width - cell_width(left) - cell_width(right) - 2)
        return Content.assemble(" ", (left, "bold"), " " * gap, right, " ")


class FilterLine(Horizontal):
    """The title line while a filter is open: `/`, the text, and how many rows match."""

    def __init__(self, field: FilterInput) -> None:
        super().__init__(classes="filter-line")
        self.field = field
        self.count = TitleLine()

    def compose(self) -> ComposeResult:
        """The field takes what the count leaves."""
        yield Label(" / ", markup=False)
        yield self.field
        yield self.count


class Listing(Vertical):
    """A title, a filter when asked for, and a table; each list says itself what its rows are."""

    class FilterChanged(Message):
        """The text that the rows must match has changed."""

        def __init__(self, listing: Listing, text: str) -> None:
            super().__init__()
            self.listing = listing
            self.text = text

    class Asked(Message):
        """A key asks for something that the list can't do by itself; `command` is the registry's id."""

        def __init__(self, listing: Listing, command: str) -> None:
            super().__init__()
            self.listing = listing
            self.command = command

    def __init__(self, *, id: str, on_open: Callable[[], None] | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes="listing")
        self.title = TitleLine()
        self.table = BigTable(id=f"{id}-table", on_open=on_open)
        self.filter_text = ""
        self._filter_line: FilterLine | None = None

    def compose(self) -> ComposeResult:
        """The title above the table."""
        yield self.title
        yield self.table

    def focus_table(self) -> None:
        """Put the keys on the rows, at once: what is typed next goes there."""
        self.screen.set_focus(self.table)

    @property
    def filter_line(self) -> FilterLine | None:
        """The filter's line while it is open."""
        return self._filter_line

    async def action_filter(self) -> None:
        """Open the filter, or go back into its text."""
        from console.tui.filter import FilterInput

        line = self.filter_line
        if line is None:
            line = self._filter_line = FilterLine(FilterInput(self.table))
            await self.mount(line, before=self.title)
            self.title.display = False
            self.show_matches()
        self.screen.set_focus(line.field)  # at once: what is typed next is text already

    def show_matches(self) -> None:
        """The rows have changed: say where one is, and beside the filter how many match."""
        self.tell_place()

    def tell_place(self) -> None:
        """Say where the chosen row is among the others, if the keys are here."""
        if self.has_focus_within:
            row, total = (self.table.chosen_index or 0) + 1, len(self.table.source)
            words = _("row {n} of {total}").format(n=count_words(row), total=count_words(total))
            # Straight to the app: Textual stops a message at the parent whose handler it was made in.
            self.app.post_message(PlaceChanged(words if total else ""))

    def close_filter(self) -> None:
        """Close the filter and show all rows again."""
        self._filter("")
        self.forget_filter()

    def forget_filter(self) -> None:
        """Close the filter because the list is another one: nothing is left to be filtered."""
        self.filter_text = ""
        line = self.filter_line
        if line is not None:
            if line.has_focus_within:
                self.focus_table()
            self._filter_line = None
            self.title.display = True
            line.remove()

    def _filter(self, text: str) -> None:
        if text != self.filter_text:
            self.filter_text = text
            self.post_message(self.FilterChanged(self, text))

    def action_back(self) -> None:
        """Esc: clear the filter, then close it, then one column back."""
        line = self.filter_line
        if line is not None and line.field.value:
            line.field.value = ""
        elif line is not None:
            self.close_filter()
        else:
            self.post_message(self.Asked(self, "back"))

    def action_open(self) -> None:
        """Open the chosen row."""
        self.table.action_open()

    def action_copy(self) -> None:
        """Offer what can be copied here."""
        self.post_message(CopyOffered(self.copyables()))

    def copyables(self) -> Sequence[Copyable]:
        """What can be copied of the chosen row, the likeliest first."""
        return ()

    def action_contacts(self) -> None:
        """Change between customers and served contacts."""
        self.post_message(self.Asked(self, "contacts"))

    def action_read_again(self) -> None:
        """Read this list again from WeCom."""
        self.post_message(self.Asked(self, "read_again"))

    def action_undo(self) -> None:
        """Take back the last write."""
        from console.tui.remark.desk import desk_of

        desk_of(self.app).undo_last()

    def action_raw(self) -> None:
        """Show what WeCom returned."""
        self.post_message(self.Asked(self, "raw"))

    def sort_options(self) -> list[tuple[str, str]]:
        """What the rows can be sorted by: (id, label in the operator's language)."""
        return []

    def sort_by(self, order: str) -> None:
        """Sort by one of the options; by the same one again: the other way round."""

    @work(group="sort", exclusive=True, exit_on_error=False)
    async def action_sort(self) -> None:
        """Offer the columns to sort by."""
        from console.tui.dialogs.menu import Menu

        order = await self.app.push_screen_wait(Menu(_("Sort by"), self.sort_options()))
        if order is not None:
            self.sort_by(order)

    def on_big_table_highlighted(self, _event: BigTable.Highlighted) -> None:
        """The choice moved."""
        self.tell_place()

    def on_input_changed(self, event: Message) -> None:
        """Every keystroke filters."""
        event.stop()
        line = self.filter_line
        if line is not None:
            self._filter(line.field.value)

    def on_input_submitted(self, event: Message) -> None:
        """Enter goes to the rows and keeps the filter."""
        event.stop()
        self.focus_table()

    def on_filter_input_left(self, event: Message) -> None:
        """Esc in an empty filter closes it."""
        event.stop()
        self.close_filter()
