"""A short numbered menu: a digit, Enter or a click chooses."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from console.language import _
from console.text import cell_width
from console.tui.columns import Column
from console.tui.commands import Place
from console.tui.dialogs.dialog import Dialog
from console.tui.listing import TitleLine
from console.tui.rows import ListSource, Row
from console.tui.table import BigTable


class Menu(Dialog[str]):
    """Offers up to nine options as (id, label); the result is the id. An empty menu says so."""

    PLACE = Place.MENU
    AUTO_FOCUS = "BigTable"

    def __init__(self, title: str, options: Sequence[tuple[str, str]], *, again: str = "") -> None:
        super().__init__()
        self._title = title
        self._options = tuple(options)
        self._again = again

    def compose(self) -> ComposeResult:
        """A box as small as its labels."""
        table = BigTable((Column("number", "", 2), Column("label", "", 20, grow=1)), show_header=False)
        rows = [Row(key, (str(number), label)) for number, (key, label) in enumerate(self._options, 1)]
        table.show(ListSource(rows))
        if not rows:
            table.notes_below = (_("Nothing to choose from here."),)
        title = TitleLine()
        title.show(self._title)
        with Vertical(id="menu", classes="box") as box:
            box.styles.width = max(34, *(cell_width(label) + 8 for _key, label in self._options or (("", ""),)))
            box.styles.height = max(2, len(rows) + 1) + 2
            yield title
            yield table

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter or a double click."""
        self.dismiss(str(event.key))

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Moving alone chooses nothing."""
        event.stop()

    def on_key(self, event: events.Key) -> None:
        """A digit chooses its line; the key that opened the menu chooses the first."""
        character = event.character or ""
        if character.isdigit() and 1 <= int(character) <= len(self._options):
            event.stop()
            self.dismiss(self._options[int(character) - 1][0])
        elif self._again and character == self._again and self._options:
            event.stop()
            self.dismiss(self._options[0][0])
