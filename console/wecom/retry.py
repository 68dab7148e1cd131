"""Which failed reads are tried again, how often, and how long they pause before; writes never come here."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from console.wecom.codes import Reaction
from console.wecom.errors import WeComError
from console.wecom.pace import MINUTE, Pace, Wait, WaitKind

BUSY_TRIES: Final = 3
CONCURRENCY_TRIES: Final = 6
FREQUENCY_TRIES: Final = 2
LONGEST_WINDOW: Final = 120.0
"""Seconds: a 45009 whose window is longer is not waited for, since nobody would sit before it."""

_WINDOWS: Final = (("month", 30 * 86400.0), ("day", 86400.0), ("dai", 86400.0), ("hour", 3600.0))


@dataclass(slots=True)
class ReadRetries:
    """The tries of one read, each reason counted for itself."""

    pace: Pace
    random: random.Random
    endpoint: str
    busy: int = 0
    concurrency: int = 0
    frequency: int = 0

    async def may_go_on(self, failure: WeComError, round_: int) -> bool:
        """Pause as the failure asks and say whether to try again; False at once when it asks for no retry.

        -1: three times, 0.5 s doubling. 45033: fewer in flight, 0.25 s doubling. 45009: its window. All
        with jitter but the window.
        """
        match failure.reaction:
            case Reaction.RETRY if self.busy < BUSY_TRIES:
                self.busy += 1
                await self._back_off(WaitKind.BUSY, 0.5, self.busy)
                return True
            case Reaction.SLOW_DOWN:
                self.pace.fewer(round_)
                if self.concurrency >= CONCURRENCY_TRIES:
                    return False
                self.concurrency += 1
                await self._back_off(WaitKind.CONCURRENCY, 0.25, self.concurrency)
                return True
            case Reaction.WAIT_FOR_WINDOW:
                window = window_of(failure.summary)
                if window > LONGEST_WINDOW or self.frequency >= FREQUENCY_TRIES:
                    return False
                self.frequency += 1
                # The pace announces the wait, to this read and to all others of the same API.
                self.pace.close_window(self.endpoint, window)
                return True
            case _:
                return False

    async def _back_off(self, kind: WaitKind, first: float, attempt: int) -> None:
        seconds = first * 2 ** (attempt - 1) * self.random.uniform(1.0, 1.5)
        await self.pace.pause(Wait(kind, self.endpoint, seconds, attempt))


def window_of(errmsg: str) -> float:
    """How long a frequency limit lasts, in seconds, by the server's words; a minute when they don't say."""
    lowered = errmsg.lower()
    return next((seconds for word, seconds in _WINDOWS if word in lowered), MINUTE)
