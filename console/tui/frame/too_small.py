"""What stands on a screen that is too small: how large it is and how large it must be."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from console.language import _

SMALLEST = (60, 18)


class TooSmall(Widget):
    """Covers everything while the terminal is too small; keys still work."""

    def __init__(self) -> None:
        super().__init__(id="too-small")

    def render(self) -> Content:
        """One sentence."""
        width, height = self.app.size
        words = _("The window is too small: at least {w}x{h}, now {width}x{height}.")
        return Content(words.format(w=SMALLEST[0], h=SMALLEST[1], width=width, height=height))
