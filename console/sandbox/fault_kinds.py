"""What can be done to one request: the kinds of fault, and requests that are held."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from enum import Enum, auto


class FaultKind(Enum):
    """How an answer differs from the right one, or what becomes of a write."""

    ERRCODE = auto()
    HTML = auto()
    RESET = auto()
    RESET_AFTERWARDS = auto()
    CUT_SHORT = auto()
    HANG = auto()
    BARE = auto()
    ERROR_WITH_DATA = auto()
    SLOW = auto()
    EMPTY_PAGE = auto()
    REPEAT_CURSOR = auto()
    BODY = auto()
    NOT_DONE = auto()
    SEEN_LATE = auto()


class Hold:
    """Requests that hang until `release` is called, from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._released = False
        self._arrived = 0
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def reached_by(self, requests: int = 1, *, timeout: float = 10) -> bool:
        """Wait until so many requests hang; False when `timeout` seconds were not enough."""
        with self._changed:
            return self._changed.wait_for(lambda: self._arrived >= requests, timeout)

    def release(self) -> None:
        """Let the hanging requests, and those to come, be answered as usual."""
        with self._changed:
            self._released = True
            waiting, self._waiting = self._waiting, []
        for loop, event in waiting:
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

    async def wait(self) -> None:
        """Return when released."""
        event = asyncio.Event()
        with self._changed:
            self._arrived += 1
            self._changed.notify_all()
            if self._released:
                return
            self._waiting.append((asyncio.get_running_loop(), event))
        await event.wait()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to do to one answer, or to what the request asks for."""

    kind: FaultKind
    code: int = 0
    status: int = 200
    milliseconds: float = 0
    body: bytes = b""
    reads: int = 0
    hold: Hold | None = None
