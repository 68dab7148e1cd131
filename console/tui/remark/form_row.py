"""One row of the form: a label, a field in brackets, and at its right what is to be said about the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Label

from console.text import crop
from console.tui.remark.boxes import LineBox, TextBox
from console.tui.rows import Cell, Tone, Toned
from console.tui.themes import colours_of

_MOST_LINES = 12
_COLOURS: dict[Tone, str] = {"muted": "quiet", "error": "failure", "changed": "changed"}


class RowNote(Widget):
    """Lines at the right end of a row, drawn again only when they say something else."""

    def __init__(self) -> None:
        super().__init__(classes="edit-note")
        self.lines: tuple[Cell, ...] = ()

    def show(self, *lines: Cell) -> None:
        """Safe texts, a line each."""
        if lines != self.lines:
            self.lines = lines
            self.refresh()

    def render(self) -> Content:
        """Each line in its tone, cut to the width; what is changed or wrong is bold too, for screens without colour."""
        colours = colours_of(self.app.current_theme)
        parts: list[tuple[str, str]] = []
        for line in self.lines:
            text, tone = (line.text, line.tone) if isinstance(line, Toned) else (line, "")
            style = colours[_COLOURS[tone]] if tone in _COLOURS else ""
            parts.append((crop(text, self.size.width) + "\n", style if tone in ("", "muted") else f"{style} bold"))
        return Content.assemble(*parts)


class FormRow(Horizontal):
    """A row of the form; `label_cells` is how wide the labels of all rows are. `changed`: something was typed."""

    def __init__(self, label: str, field: LineBox | TextBox, label_cells: int, changed: Callable[[], object]) -> None:
        super().__init__(classes=f"edit-row -{field.id}")
        self.field = field
        self._changed = field.changed = changed
        self.note = RowNote()
        self._label = Label(label, markup=False, classes="edit-label")
        self._label.styles.width = label_cells
        self._many = isinstance(field, TextBox)

    def compose(self) -> ComposeResult:
        """Brackets stand beside each line of the field."""
        lines = _MOST_LINES if self._many else 1
        yield self._label
        yield Label("\n".join("[" * lines), markup=False, classes="edit-bracket")
        yield self.field
        yield Label("\n".join("]" * lines), markup=False, classes="edit-bracket")
        yield self.note

    def on_input_changed(self, event: Message) -> None:
        """What changes a text in another way than by a key, such as taking a change back."""
        event.stop()
        self._changed()

    on_text_area_changed = on_input_changed


def counted(length: int, limit: int, *, changed: str, over: str) -> Sequence[Cell]:
    """`* changed   3/20`, or how much there is too much of it."""
    count = f"{length}/{limit}"
    if length > limit:
        return (Toned(f"{count} {over}", "error"),)
    return (Toned(f"{changed}  {count}", "changed"),) if changed else (Toned(count, "muted"),)
