"""A line of the keys just pressed, for an audience that cannot see the keyboard."""

from __future__ import annotations

from collections import deque

from textual.content import Content
from textual.widget import Widget

from console.language import _
from console.text import cell_width
from console.tui.commands import shown_key

_MOST = 12


class KeysPressed(Widget):
    """The newest at the right."""

    def __init__(self) -> None:
        super().__init__(id="pressed")
        self._keys: deque[str] = deque(maxlen=_MOST)

    def note(self, key: str, character: str | None) -> None:
        """A key was pressed; a secret's letters never come here."""
        self._keys.append(character if character and character.isprintable() and len(key) == 1 else shown_key((key,)))
        self.refresh()

    def render(self) -> Content:
        """As many as fit."""
        words = "  ".join(self._keys)
        while cell_width(words) > max(1, self.size.width - 12) and "  " in words:
            words = words.partition("  ")[2]
        return Content.assemble(" ", (_("keys:"), "bold"), f" {words}")
