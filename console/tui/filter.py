"""The text field of a filter: loaded when the first filter opens, since Textual's Input is slow to load."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from console.tui.line_input import LineInput
from console.tui.table import BigTable


class FilterInput(LineInput):
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
        super().__init__(value=value, placeholder=placeholder)
        self._table = table

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
