"""The quota of conversions as bars, and as one line where there is no room for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from console.operations.convert.words import window_words
from console.operations.wording import count_words
from console.store.quota import Allowance
from console.text import cell_width, fit

WARN_AT = 0.8
"""The share of a window from which it is shown as nearly used up."""
_BAR = 20


def is_nearly_used(allowances: Sequence[Allowance]) -> bool:
    """Whether any window is."""
    return any(_share(one) >= WARN_AT for one in allowances)


class QuotaBars(Widget):
    """`this hour  [###.................]  37 / 100,000`, a line for each window."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"quota--warning"}

    def __init__(self) -> None:
        super().__init__(id="quota-bars")
        self._allowances: tuple[Allowance, ...] = ()

    def show(self, allowances: Sequence[Allowance]) -> None:
        """Show what was used now."""
        self._allowances = tuple(allowances)
        self.refresh()

    def render(self) -> Content:
        """The bars under each other, their numbers aligned."""
        labels = [window_words(one.window) for one in self._allowances]
        numbers = [f"{count_words(one.used)} / {count_words(one.limit)}" for one in self._allowances]
        width = max(map(cell_width, labels), default=0)
        room = max(map(len, numbers), default=0)
        warning = self.get_component_styles("quota--warning").color.hex
        parts: list[tuple[str, str] | str] = []
        for one, label, number in zip(self._allowances, labels, numbers, strict=True):
            filled = min(_BAR, -(-one.used * _BAR // one.limit))
            line = f" {fit(label, width)}  [{'#' * filled}{'-' * (_BAR - filled)}]  {number:>{room}}\n"
            parts.append((line, warning if _share(one) >= WARN_AT else ""))
        return Content.assemble(*parts)


def _share(one: Allowance) -> float:
    return one.used / one.limit
