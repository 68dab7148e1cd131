"""A report: one line for each thing looked at, and all of the chosen one beside or below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll

from console.tui.columns import Column
from console.tui.folded import FoldedText
from console.tui.rows import Cell, ListSource, Row, Toned
from console.tui.table import BigTable

STATE_WIDTH, NAME_WIDTH = 8, 20


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its state, its name, what there is to say in short, and in full; all of it safe text.

    A line with a name alone is the title of those below it.
    """

    key: str
    state: Cell = ""
    name: str = ""
    words: Cell = ""
    full: tuple[str, ...] = ()
    is_title: bool = False


class LineTable(BigTable):
    """A table in which Enter does something to a line, which the row of keys tells."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", id="open", show=False)]


class Report(Vertical):
    """Lines that come in one after the other; the chosen one stays chosen."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, classes="report")
        self.table = LineTable(
            (Column("state", "", STATE_WIDTH), Column("name", "", NAME_WIDTH), Column("words", "", 20, grow=1)),
            show_header=False,
            id=f"{id}-table",
        )
        self._full = FoldedText(classes="full-text")
        self._lines: tuple[Line, ...] = ()

    def compose(self) -> ComposeResult:
        """The lines, and the chosen one in full."""
        yield self.table
        with VerticalScroll(classes="full", can_focus=False):  # Enter opens all of it
            yield self._full

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are shown."""
        return self._lines

    @property
    def chosen(self) -> Line | None:
        """The chosen line."""
        return self.line(str(self.table.chosen_key))

    def line(self, key: str) -> Line | None:
        """The line with this key."""
        return next((line for line in self._lines if line.key == key), None)

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines in place of those before."""
        self._lines = tuple(lines)
        self.table.show(ListSource([_row(line) for line in self._lines]))
        self._show_full()

    def choose(self, key: str) -> None:
        """Choose a line."""
        self.table.choose(key)
        self._show_full()

    def show_from(self, key: str) -> None:
        """Bring a line and those below it into sight."""
        index = self.table.source.index(key)
        if index is not None:
            self.table.scroll_to(y=index, animate=False, force=True)

    def take_keys(self) -> None:
        """Put the keys on the lines."""
        self.screen.set_focus(self.table)

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Another line was chosen."""
        event.stop()
        self._show_full()

    def _show_full(self) -> None:
        line = self.chosen
        self._full.show(line.full if line else ())


def _row(line: Line) -> Row:
    if line.is_title:
        return Row(line.key, (Toned("----", "muted"), line.name, Toned(_text(line.words), "muted")))
    return Row(line.key, (line.state, line.name, line.words))


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.text
