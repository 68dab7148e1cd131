"""What the form is made of: a choice on one line, and a row with label, field, and a note below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label

from console.language import _
from console.text import cell_width
from console.tui.folded import FoldedText

Option = tuple[str, str]
"""A value, and its label in the operator's language."""


class ChoiceLine(Widget, can_focus=True):
    """Options on one line, of which one is chosen by Left and Right or a click; `folded` ones come with `more..`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("left", "move(-1)", ""),
        ("right,space", "move(1)", ""),
    ]
    KEYS_AT_ONCE = True

    class Changed(Message):
        """Another option was chosen, or the folded ones came to sight."""

        def __init__(self, line: ChoiceLine) -> None:
            super().__init__()
            self.line = line

    def __init__(self, options: Sequence[Option], folded: Sequence[Option] = (), *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._options = tuple(options)
        self._folded = tuple(folded)
        self.value = options[0][0]

    @property
    def is_unfolded(self) -> bool:
        """Whether all options are in sight."""
        return not self._folded

    def render(self) -> Content:
        """`(*) this  ( ) that  more..`, the chosen one marked when the keys are here."""
        parts: list[tuple[str, str]] = []
        for value, text in self._pieces():
            chosen = value == self.value
            parts += [(text, "reverse" if chosen and self.has_focus else ""), ("  ", "")]
        return Content.assemble(*parts)

    def _pieces(self) -> Iterator[tuple[str, str]]:
        for value, label in self._options:
            yield value, f"({'*' if value == self.value else ' '}) {label}"
        if self._folded:
            yield "", _("more..")

    def choose(self, value: str) -> None:
        """Choose a value; the empty one brings the folded options to sight."""
        if not value:
            self._options, self._folded = (*self._options, *self._folded), ()
        else:
            self.value = value
        self.refresh()
        self.post_message(self.Changed(self))

    def action_move(self, steps: int) -> None:
        """Choose the next option, or the one before; beyond the last stand the folded ones."""
        values = [value for value, _label in self._options]
        place = values.index(self.value) + steps
        if place >= len(values) and self._folded:
            self.choose("")
        elif 0 <= place < len(values):
            self.choose(values[place])

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        end = 0
        for value, text in self._pieces():
            end += cell_width(text) + 2
            if event.x < end:
                self.choose(value)
                return

    def on_focus(self) -> None:
        """The chosen option is marked while the keys are here."""
        self.refresh()

    on_blur = on_focus


class FormRow(Vertical):
    """A label and its field; below it what belongs there, or what is wrong with what stands there."""

    def __init__(self, label: str, field: Widget, hint: str) -> None:
        super().__init__(classes="form-row")
        self.field = field
        self._label = label
        self._hint = hint
        self._note = FoldedText(hint, classes="form-note")
        self.mistake = ""

    def compose(self) -> ComposeResult:
        """Two lines."""
        with Horizontal(classes="form-line"):
            yield Label(self._label, markup=False, classes="form-label")
            if isinstance(self.field, Input):
                yield Label("[")
                yield self.field
                yield Label("]")
            else:
                yield self.field
        yield self._note

    def show_mistake(self, words: str) -> None:
        """Say what is wrong; with no words, what belongs here."""
        self.mistake = words
        self.set_class(bool(words), "-wrong")
        self._note.show([f"! {words}" if words else self._hint])
