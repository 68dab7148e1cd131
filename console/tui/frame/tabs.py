"""The tabs of the panes, and the two keys that are always good to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from console.language import _
from console.text import cell_width
from console.tui.commands import COMMANDS, shown_key
from console.tui.panes import PANES


class TabLine(Widget):
    """`[1 customers]  6 profile` and, at the right, find and help; the palette too where there is room.

    A click on a tab shows its pane. `marks` stand behind a title, such as `+3` for what has not been seen.
    """

    current: reactive[int] = reactive(1)
    marks: reactive[Mapping[int, str]] = reactive({})

    def __init__(self, own_keys: Mapping[str, tuple[str, ...]]) -> None:
        """`own_keys` are the operator's, by command id."""
        super().__init__(id="tabs")
        self._own_keys = own_keys

    def render(self) -> Content:
        """The active pane in brackets; the others lose their titles where there is no room for them."""
        right = self._right()
        tabs = self._tabs(self.size.width - cell_width(right) - 1)
        left = "".join(text for _number, text in tabs)
        gap = max(1, self.size.width - cell_width(left) - cell_width(right))
        pieces = [(text, "bold" if number == self.current else "") for number, text in tabs]
        return Content.assemble(*pieces, " " * gap, right)

    def _right(self) -> str:
        keys = [self._key("find") + _("find"), self._key("help") + _("help")]
        if self.size.width >= 110:
            keys.append(self._key("palette") + _("commands"))
        return "  ".join(keys) + " "

    def _tabs(self, room: int) -> Sequence[tuple[int, str]]:
        """The tabs as (number, text), as far apart and as long as there is room for."""
        marks = {kind.number: self.marks.get(kind.number, "") for kind in PANES}
        titled = {kind.number: f"{kind.number} {_(kind.title)}" for kind in PANES}
        numbered = {number: text if number == self.current else str(number) for number, text in titled.items()}
        tabs: list[tuple[int, str]] = []
        for words, blank in ((titled, " "), (titled, ""), (numbered, "")):
            marked = {number: text + marks[number] for number, text in words.items()}
            tabs = [
                (number, f" [{text}]" if number == self.current else f" {blank}{text}{blank}")
                for number, text in marked.items()
            ]
            if sum(cell_width(text) for _number, text in tabs) <= room:
                break
        return tabs

    def _key(self, command_id: str) -> str:
        usual = next(command.keys for command in COMMANDS if command.id == command_id)
        return shown_key(self._own_keys.get(command_id, usual)) + " "

    async def on_click(self, event: events.Click) -> None:
        """Show the pane whose tab was clicked."""
        end = 0
        for number, text in self._tabs(self.size.width - cell_width(self._right()) - 1):
            end += cell_width(text)
            if event.x < end:
                await self.app.run_action(f"app.show_pane({number})")
                return
