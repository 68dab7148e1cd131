"""What a big table tells its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from console.tui.rows import Key

if TYPE_CHECKING:
    from console.tui.table import BigTable


class TableMessage(Message):
    """Something happened in `table`; `on(…, "#id")` matches the table."""

    def __init__(self, table: BigTable) -> None:
        super().__init__()
        self.table = table

    @property
    def control(self) -> BigTable:
        return self.table


class Highlighted(TableMessage, namespace="big_table"):
    """Another row became the chosen one, or none is (`key` None). Not posted for a mere re-sort."""

    def __init__(self, table: BigTable, key: Key | None) -> None:
        super().__init__(table)
        self.key = key


class Chosen(TableMessage, namespace="big_table"):
    """Enter or a double click on the chosen row."""

    def __init__(self, table: BigTable, key: Key) -> None:
        super().__init__(table)
        self.key = key


class HeaderPressed(TableMessage, namespace="big_table"):
    """A click on the title of the column with the id `column`."""

    def __init__(self, table: BigTable, column: str) -> None:
        super().__init__(table)
        self.column = column
