"""Labelled values of a detail, folded to the width there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from console.text import cell_width
from console.tui.columns import Column, fold
from console.tui.rows import Cell, ListSource, Row, Toned
from console.tui.table import BigTable

if TYPE_CHECKING:
    from console.operations.fields import Field

LABEL_WIDTH, LONGEST_LABEL = 9, 14
CUT_NOT_FOLDED = {"avatar"}
"""Fields with long addresses that nobody reads."""


class FieldsTable(BigTable):
    """Labelled values, one line for each line of a value; the label stands on the first."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(show_header=False, shows_choice_always=False, id=id)
        self._shown: Sequence[Field] = ()
        self._masked = False
        self._fields: dict[str, Field] = {}

    def show_fields(self, fields: Sequence[Field], *, masked: bool) -> None:
        """Show these fields; the chosen field stays chosen. What is on the screen already is not drawn again."""
        if (fields, masked) != (self._shown, self._masked):
            self._shown, self._masked = fields, masked
            self._lay_out_fields()

    def show_nothing(self) -> None:
        """Show no fields; the next ones begin at the top."""
        self._shown, self._fields = (), {}
        self.show(ListSource(), fresh=True)

    def on_resize(self) -> None:
        """Values are folded to the width there is."""
        if self._shown:
            self._lay_out_fields()

    def _lay_out_fields(self) -> None:
        labels = max((cell_width(field.label) for field in self._shown), default=0)
        label_width = min(max(labels, LABEL_WIDTH), LONGEST_LABEL)
        columns = (Column("label", "", label_width), Column("value", "", 10, grow=1))
        if columns != self.columns:
            self.columns = columns
        # One cell is for the mark, one between label and value, one for a scroll bar that may come.
        width = max(10, self.size.width - label_width - 4)
        rows: list[Row] = []
        self._fields = {}
        for field in self._shown:
            for number, value in enumerate(self._cells(field, width)):
                key = f"{field.id}#{number}"
                self._fields[key] = field
                label = Toned("" if number else field.label, "muted")
                rows.append(Row(key, (label, value), muted=field.unknown))
        self.show(ListSource(rows))

    def _cells(self, field: Field, width: int) -> Iterator[Cell]:
        for line in field.shown(masked=self._masked):
            for part in [line] if field.id in CUT_NOT_FOLDED else fold(line, width):
                yield part if field.has_value else Toned(part, "muted")
        for part in fold(field.note, width) if field.note else ():
            yield Toned(part, "muted")

    @property
    def chosen_field(self) -> Field | None:
        """The field under the cursor."""
        return None if self.chosen_key is None else self._fields.get(str(self.chosen_key))
