"""The status line: place and last result at the left; the oldest unseen error, or a result's keys, at the right."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
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
        self._result = ""
        self._result_keys: tuple[str, ...] = ()
        self._result_failed = False
        self._errors: deque[tuple[str, Explanation, Exception | None]] = deque(maxlen=50)
        self._fading: Timer | None = None

    @property
    def errors(self) -> tuple[Explanation, ...]:
        """The unseen errors, the oldest first."""
        return tuple(explanation for _key, explanation, _failure in self._errors)

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

    def show_result(self, words: str, keys: Sequence[str] = (), *, failed: bool = False) -> None:
        """Say how a write goes or ended, and the keys that go on from there; it stays until the next one."""
        self._said = ""
        self._result, self._result_keys, self._result_failed = safe_text(words), tuple(keys), failed
        self.refresh()

    def add_error(self, key: str, explanation: Explanation, failure: Exception | None = None) -> None:
        """Show an error until it is seen or solved; `key` names what failed, so that it is said once."""
        self.solve(key)
        self._errors.append((key, explanation, failure))
        self.refresh()

    def solve(self, key: str) -> None:
        """Take an error away because what failed has succeeded since."""
        if any(known == key for known, _explanation, _failure in self._errors):
            self._errors = deque((e for e in self._errors if e[0] != key), maxlen=50)
            self.refresh()

    def clear(self) -> None:
        """Forget place, result and errors: another profile is opened."""
        self._place = self._said = self._result = ""
        self._result_keys = ()
        self._errors.clear()
        self.refresh()

    def take_error(self) -> tuple[str, Explanation, Exception | None] | None:
        """The oldest unseen error with its key and what failed; it counts as seen from now on."""
        if not self._errors:
            return None
        self.refresh()
        return self._errors.popleft()

    def render(self) -> Content:
        """Left and right, neither a result nor an error cut in favour of the place."""
        width = self.size.width
        right = self._right(width)
        room = max(0, width - cell_width(right) - 1)
        words = self._said or self._result
        place = self._place if cell_width(f" {self._place}  {words}") <= room or not words else ""
        left = crop(" " + "  ".join(filter(None, (place, words))), room)
        gap = max(0, width - cell_width(left) - cell_width(right))
        failed = self._result_failed and not self._said
        return Content.assemble(
            (left, self._alarm if failed else ""), " " * gap, (right, self._alarm if self._errors else "")
        )

    def _right(self, width: int) -> str:
        if not self._errors:
            return "" if self._said else self._keys_that_fit(width)
        what = self._errors[0][1].what
        more = f" (+{len(self._errors) - 1})" if len(self._errors) > 1 else ""
        hint = "  ! " + _("see why") + " "
        return crop(safe_text(what) + more, max(8, width * 2 // 3 - cell_width(hint))) + hint

    def _keys_that_fit(self, width: int) -> str:
        """The first keys, as far as most of the result stays in sight."""
        room = width - min(cell_width(self._result), width // 2) - 3
        keys = list(self._result_keys)
        while keys and cell_width("  ".join(keys)) > room:
            keys.pop()
        return "  ".join(keys) + " " if keys else ""

    @property
    def _alarm(self) -> str:
        error = self.get_component_styles("status--error").color
        return f"{error.hex} bold" if error else "bold"

    def _fade(self) -> None:
        self._said = ""
        self.refresh()
