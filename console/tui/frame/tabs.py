"""The tabs of the panes, and the two keys that are always good to know."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from console.language import _
from console.text import cell_width


class TabLine(Widget):
    """`[1 customers]` and, at the right, find and help; the palette too where there is room."""

    def __init__(self) -> None:
        super().__init__(id="tabs")

    def render(self) -> Content:
        """The active pane in brackets."""
        left = " [1 " + _("Customers") + "]"
        keys = ["f " + _("find"), "? " + _("help")]
        if self.size.width >= 110:
            keys.append("Ctrl+P " + _("commands"))
        right = "  ".join(keys) + " "
        gap = max(1, self.size.width - cell_width(left) - cell_width(right))
        return Content.assemble((left, "bold"), " " * gap, right)
