"""A page of text to read or select: help, an error in full, raw JSON, what could not be copied."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from console.language import _
from console.tui.dialogs.dialog import Dialog
from console.tui.listing import TitleLine

MARGIN = 4
"""The cells of a line that are not the text's: its padding and the scroll bar."""


class Reader(Dialog[None]):
    """Shows safe lines under a title; they scroll, and the terminal can select them."""

    AUTO_FOCUS = "#reader"

    def __init__(self, title: str, lines: Sequence[str], *, wrap: bool = True) -> None:
        super().__init__()
        self._title = title
        self._lines = tuple(lines)
        self._wrap = wrap

    def compose(self) -> ComposeResult:
        """The whole content area."""
        title = TitleLine()
        title.show(self._title, _("Esc closes"))
        with Vertical(classes="page"):
            yield title
            with VerticalScroll(id="reader"):
                yield Static(Content("\n".join(self._lines)), classes="" if self._wrap else "-nowrap")
