"""A line across, with words on it."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from console.text import cell_width, fit


class Rule(Widget):
    """Parts two blocks and names the one below."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, classes="rule")
        self._words = ""

    def show(self, words: str) -> None:
        """`words` are safe text."""
        if words != self._words:
            self._words = words
            self.refresh()

    def render(self) -> Content:
        """`-- words -----`."""
        words = f"-- {self._words} " if self._words else ""
        return Content(fit(words + "-" * max(0, self.size.width - cell_width(words)), self.size.width))
