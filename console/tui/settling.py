"""What follows a choice only once it rests, so that moving through a list asks for nothing on the way."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget


class Settling:
    """Does the last thing it was given once nothing else has been given for a while."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._timer: Timer | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether something is yet to be done."""
        return self._timer is not None

    def then(self, do: Callable[[], object], *, after: float) -> None:
        """Do this `after` so many seconds, in place of what was to be done."""
        self.forget()
        self._timer = self._widget.set_timer(after, lambda: self._do(do))

    def forget(self) -> None:
        """What was to be done is no longer wanted."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _do(self, do: Callable[[], object]) -> None:
        self._timer = None
        do()
