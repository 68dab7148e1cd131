"""How a sync goes: numbers of now, a state for each follower, and the time that is left."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_WINDOW: Final = 10.0  # seconds over which a rate is taken
_SHORTEST: Final = 1.0


class FollowerState(StrEnum):
    """What has become of a follower in a sync."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FollowerProgress:
    """One follower; `relations` read so far, `known` before; `errcode` and `reason` of a failure."""

    userid: str
    state: FollowerState
    relations: int | None = None
    known: int | None = None
    errcode: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a sync is.

    `relations` and `requests` are of this run, `before` the relations of followers read before it was gone on with.
    `per_second`: requests, over the last seconds. `seconds_left`: None while nobody can tell. `closed_for`: seconds
    for which WeCom takes no more requests (45009).
    """

    followers: int
    done: int
    failed: int
    relations: int
    before: int
    requests: int
    per_second: float
    in_flight: int
    most_in_flight: int
    seconds: float
    seconds_left: float | None
    closed_for: float
    paused: bool


class Meter:
    """How many requests a second are answered, over the last ten seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._began = clock()
        self._answers: deque[float] = deque()
        self.count = 0

    def tick(self) -> None:
        """One more was answered."""
        self.count += 1
        self._answers.append(self._clock())

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return max(0.0, self._clock() - self._began)

    @property
    def per_second(self) -> float:
        """Answers a second."""
        now = self._clock()
        while self._answers and self._answers[0] < now - _WINDOW:
            self._answers.popleft()
        return len(self._answers) / max(_SHORTEST, min(_WINDOW, now - self._began))
