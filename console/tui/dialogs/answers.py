"""The answers to a question on one line: the first is the default, and the one that Enter gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from console.text import cell_width

_GAP = 3


class AnswerLine(Widget, can_focus=True):
    """`[> Cancel <]   [ Write F8 ]` at the right end; Left and Right move, Enter or a click answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("enter,space", "answer", show=False),
    ]

    class Given(Message):
        """An answer, by its place."""

        def __init__(self, line: AnswerLine, place: int) -> None:
            super().__init__()
            self.line = line
            self.place = place

    def __init__(self, *answers: str) -> None:
        super().__init__(classes="answers")
        self._answers: Sequence[str] = answers
        self.place = 0

    def show(self, *answers: str) -> None:
        """Other words for the same answers."""
        if answers != self._answers:
            self._answers = answers
            self.refresh()

    def render(self) -> Content:
        """The chosen answer between pointed brackets, bold; reversed while the keys are here."""
        parts: list[tuple[str, str]] = [(" " * self._indent(), "")]
        for place, text in enumerate(self._texts()):
            chosen = place == self.place
            style = ("bold reverse" if self.has_focus else "bold") if chosen else ""
            parts += [(text, style), (" " * _GAP, "")]
        return Content.assemble(*parts[:-1])

    def _texts(self) -> list[str]:
        return [
            f"[> {words} <]" if place == self.place else f"[ {words} ]" for place, words in enumerate(self._answers)
        ]

    def _indent(self) -> int:
        texts = self._texts()
        return max(0, self.size.width - sum(map(cell_width, texts)) - _GAP * (len(texts) - 1))

    def action_move(self, steps: int) -> None:
        """Choose the next answer, or the one before."""
        self.place = max(0, min(self.place + steps, len(self._answers) - 1))
        self.refresh()

    def action_answer(self) -> None:
        """Give the chosen answer."""
        self.post_message(self.Given(self, self.place))

    def on_click(self, event: events.Click) -> None:
        """Give the answer that was clicked."""
        end = self._indent()
        for place, text in enumerate(self._texts()):
            if end <= event.x < end + cell_width(text):
                self.place = place
                self.refresh()
                self.action_answer()
                return
            end += cell_width(text) + _GAP

    def on_focus(self) -> None:
        """The chosen answer looks different with the keys here."""
        self.refresh()

    on_blur = on_focus
