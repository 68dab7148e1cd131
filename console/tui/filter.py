"""The text field of a filter: loaded when the first filter opens, since Textual's Input is slow to load."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import Input

from console.tui.table import BigTable


class FilterInput(Input):
    """One line of text over a table; the arrows move in the table without leaving the text."""

    class Left(Message):
        """Esc in an empty field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "leave", ""),
        ("down", "move(1)", ""),
        ("up", "move(-1)", ""),
        ("pagedown", "move_page(1)", ""),
        ("pageup", "move_page(-1)", ""),
    ]

    def __init__(self, table: BigTable, *, placeholder: str = "", value: str = "") -> None:
        super().__init__(value=value, placeholder=placeholder, compact=True, select_on_focus=False)
        self._table = table

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor is, so that an input method's window opens at the text.

        Textual places it one cell too far when the cursor stands behind the last character, which is where one types.
        """
        offset = super().cursor_screen_offset
        return offset - Offset(1, 0) if self.cursor_at_end else offset

    def _on_paste(self, event: events.Paste) -> None:
        """A paste of several lines is one text; Textual would keep the first line only."""
        event.prevent_default()
        super()._on_paste(events.Paste(" ".join(event.text.split())))
        event.stop()

    def action_leave(self) -> None:
        """Esc clears the text first."""
        if self.value:
            self.value = ""
        else:
            self.post_message(self.Left())

    def action_move(self, rows: int) -> None:
        """Move in the table."""
        self._table.action_move(rows)

    def action_move_page(self, pages: int) -> None:
        """Move in the table by what is in sight."""
        self._table.action_move_page(pages)
