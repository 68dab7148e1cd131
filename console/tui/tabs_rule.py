"""A line across with names on it, one of them in brackets: what is in sight, and what else there is."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from console.language import _
from console.text import cell_width, fit

START = 3


class TabsRule(Widget):
    """`-- [in words]  effects  raw  Tab changes ----`; a click on a name wants it."""

    class Wanted(Message):
        """A name was clicked, by its place."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self) -> None:
        super().__init__(classes="rule")
        self.place = 0
        self._names: Sequence[str] = ()

    def show(self, names: Sequence[str], place: int) -> None:
        """These names, in safe text, and which of them is in sight."""
        self._names, self.place = tuple(names), place
        self.refresh()

    def render(self) -> Content:
        """The names on a rule of exactly the widget's width."""
        parts: list[tuple[str, str]] = [("-" * (START - 1) + " ", "")]
        for place, words in enumerate(self._shown()):
            parts += [(words, "bold" if place == self.place else ""), ("  ", "")]
        room = self.size.width - sum(cell_width(text) for text, _style in parts)
        hint = _("Tab changes") + " "
        if cell_width(hint) < room:
            parts.append((hint, ""))
            room -= cell_width(hint)
        if room < 0:
            return Content(fit("".join(text for text, _style in parts), self.size.width))
        return Content.assemble(*parts, "-" * room)

    def _shown(self) -> list[str]:
        return [f"[{name}]" if place == self.place else name for place, name in enumerate(self._names)]

    def on_click(self, event: events.Click) -> None:
        """Want the name that was clicked."""
        end = START
        for place, words in enumerate(self._shown()):
            if end <= event.x < end + cell_width(words):
                self.post_message(self.Wanted(place))
                return
            end += cell_width(words) + 2
