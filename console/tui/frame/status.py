"""The status line: the place and the last result at the left, the oldest unseen error at the right."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from console.language import _
from console.text import cell_width, crop, safe_text

if TYPE_CHECKING:
    from console.operations.error_words import Explanation

FADE_SECONDS = 8.0


class StatusLine(Widget):
    """Successes fade after eight seconds; errors stay until they are opened or solved."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--error"}

    def __init__(self) -> None:
        super().__init__(id="status")
        self._place = ""
        self._said = ""
        self._errors: deque[tuple[str, Explanation]] = deque(maxlen=50)
        self._fading: Timer | None = None

    @property
    def errors(self) -> tuple[Explanation, ...]:
        """The unseen errors, the oldest first."""
        return tuple(explanation for _key, explanation in self._errors)

    def show_place(self, words: str) -> None:
        """Say where one is, such as `row 7 of 212`."""
        if words != self._place:
            self._place = words
            self.refresh()

    def say(self, words: str) -> None:
        """Say the result of what was just done; it fades after a while."""
        self._said = safe_text(words)
        if self._fading is not None:
            self._fading.stop()
        self._fading = self.set_timer(FADE_SECONDS, self._fade)
        self.refresh()

    def add_error(self, key: str, explanation: Explanation) -> None:
        """Show an error until it is seen or solved; `key` names what failed, so that it is said once."""
        self.solve(key)
        self._errors.append((key, explanation))
        self.refresh()

    def solve(self, key: str) -> None:
        """Take an error away because what failed has succeeded since."""
        if any(known == key for known, _explanation in self._errors):
            self._errors = deque((e for e in self._errors if e[0] != key), maxlen=50)
            self.refresh()

    def clear(self) -> None:
        """Forget place, result and errors: another profile is opened."""
        self._place = self._said = ""
        self._errors.clear()
        self.refresh()

    def take_error(self) -> Explanation | None:
        """The oldest unseen error, which counts as seen from now on."""
        if not self._errors:
            return None
        _key, explanation = self._errors.popleft()
        self.refresh()
        return explanation

    def render(self) -> Content:
        """Left and right, the error never cut in favour of the place."""
        width = self.size.width
        right = ""
        if self._errors:
            what = self._errors[0][1].what
            more = f" (+{len(self._errors) - 1})" if len(self._errors) > 1 else ""
            hint = "  ! " + _("see why") + " "
            right = crop(safe_text(what) + more, max(8, width * 2 // 3 - cell_width(hint))) + hint
        left = crop(" " + "  ".join(filter(None, (self._place, self._said))), max(0, width - cell_width(right) - 1))
        gap = max(0, width - cell_width(left) - cell_width(right))
        error = self.get_component_styles("status--error").color
        return Content.assemble(left, " " * gap, (right, f"{error.hex} bold" if error else "bold"))

    def _fade(self) -> None:
        self._said = ""
        self.refresh()
