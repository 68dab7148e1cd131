"""The last line of a form: what is in the way of writing it, else what should be known."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from console.text import crop


class HintLine(Widget):
    """One line, cut to the width; drawn anew only when it says something else, and never laid out for that."""

    def __init__(self) -> None:
        super().__init__(classes="hint-line")
        self._words = ""

    def show(self, words: str, *, in_the_way: bool = False) -> None:
        """Say something; `words` are safe text."""
        self.set_class(in_the_way, "-error")
        if words != self._words:
            self._words = words
            self.refresh()

    def render(self) -> Content:
        """The words after a blank."""
        return Content(crop(f" {self._words}", max(0, self.size.width - 1)))
