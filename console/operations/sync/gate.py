"""What every request of a sync passes first: shut while it is paused, closed while WeCom takes no more (45009)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

_LOOK: Final = 1.0  # seconds between two looks at a closed window, so that a pause and an end come through


class Gate:
    """Open until it is shut by the operator, or closed for some time by WeCom."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], Awaitable[object]]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._opened = asyncio.Event()
        self._opened.set()
        self._closed_until: float | None = None

    @property
    def is_shut(self) -> bool:
        """Whether the operator paused."""
        return not self._opened.is_set()

    @property
    def closed_for(self) -> float:
        """Seconds until WeCom takes requests again; 0 when it does."""
        return 0.0 if self._closed_until is None else max(0.0, self._closed_until - self._clock())

    def shut(self) -> None:
        """Let nobody through until `open`."""
        self._opened.clear()

    def open(self) -> None:
        """Let everybody through again, as far as WeCom does."""
        self._opened.set()

    def close_for(self, seconds: float) -> None:
        """Let nobody through for so long."""
        self._closed_until = self._clock() + seconds

    async def passed(self) -> None:
        """Return when the gate is open."""
        while self.is_shut or self.closed_for > 0:
            if self.is_shut:
                await self._opened.wait()
            else:
                await self._sleep(min(_LOOK, self.closed_for))
