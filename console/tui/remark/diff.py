"""The diff beside the form, drawn anew at each key: what a plan changes, its request, what should be known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from console.language import _
from console.operations.remark.changes import Change
from console.operations.remark.plan import Body, Plan
from console.operations.remark.plan_words import field_words
from console.operations.remark.values import RemarkField
from console.text import cell_width
from console.tui.columns import Column
from console.tui.remark.diff_rows import DiffRow, body_rows, change_rows, note_rows
from console.tui.rows import ListSource, Row, Toned
from console.tui.table import BigTable


def label_width() -> int:
    """The cells that the longest label takes."""
    return max(cell_width(field_words(field)) for field in RemarkField)


class DiffTable(BigTable):
    """Rows of a diff; what is not in sight is scrolled to with the arrows once Tab has come here."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        labels = Column("label", "", label_width())
        super().__init__((labels, Column("text", "", 10, grow=1)), show_header=False, shows_choice_always=False, id=id)
        self._draw: Callable[[], Iterator[DiffRow]] = lambda: iter(())

    def show_plan(self, plan: Plan, person: Callable[[str], str], *, with_body: bool, body_alone: bool) -> None:
        """Show a plan; the request in its place, or below it where there is room for both."""

        def draw() -> Iterator[DiffRow]:
            width = self._text_width
            if not (with_body and body_alone):
                notes = list(note_rows(plan, width, person))
                yield from self._changes(plan.changes, width, len(notes))
                yield from notes
            if with_body:
                if not body_alone:
                    yield "", ""
                    yield "", Toned(_("request body"), "muted")
                yield from body_rows(plan.body, width)

        self._draw = draw
        self._draw_again()

    def show_changes(self, changes: Sequence[Change], *, body: Body | None = None, masked: bool = False) -> None:
        """Show what was changed once, with the request that changed it."""

        def draw() -> Iterator[DiffRow]:
            yield from change_rows(changes, self._text_width, masked=masked)
            if body is not None:
                yield "", ""
                yield from body_rows(body, self._text_width)

        self._draw = draw
        self._draw_again()

    def _changes(self, changes: Sequence[Change], width: int, below: int) -> list[DiffRow]:
        rows = list(change_rows(changes, width))
        if len(rows) + below > self.size.height:
            rows = list(change_rows(changes, width, shorten=True))
        return rows

    @property
    def _text_width(self) -> int:
        # One cell is for the mark, one between label and text.
        return max(10, self.size.width - label_width() - 2)

    def _draw_again(self) -> None:
        self.show(ListSource([Row(place, cells) for place, cells in enumerate(self._draw())]))

    def on_resize(self) -> None:
        """Lines are folded to the width, and shortened to the height, that there is."""
        super().on_resize()
        self._draw_again()
