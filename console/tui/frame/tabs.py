"""The tabs of the panes, and the two keys that are always good to know."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.widget import Widget

from console.language import _
from console.text import cell_width
from console.tui.commands import COMMANDS, shown_key


class TabLine(Widget):
    """`[1 customers]` and, at the right, find and help; the palette too where there is room."""

    def __init__(self, own_keys: Mapping[str, tuple[str, ...]]) -> None:
        """`own_keys` are the operator's, by command id."""
        super().__init__(id="tabs")
        self._own_keys = own_keys

    def render(self) -> Content:
        """The active pane in brackets."""
        left = " [1 " + _("Customers") + "]"
        keys = [self._key("find") + _("find"), self._key("help") + _("help")]
        if self.size.width >= 110:
            keys.append(self._key("palette") + _("commands"))
        right = "  ".join(keys) + " "
        gap = max(1, self.size.width - cell_width(left) - cell_width(right))
        return Content.assemble((left, "bold"), " " * gap, right)

    def _key(self, command_id: str) -> str:
        usual = next(command.keys for command in COMMANDS if command.id == command_id)
        return shown_key(self._own_keys.get(command_id, usual)) + " "
