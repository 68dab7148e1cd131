"""How fast this client may ask: requests in flight, requests a minute, windows that WeCom closed."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_IN_FLIGHT: Final = 10
MOST_A_MINUTE: Final = 10_000
MINUTE: Final = 60.0
_SUCCESSES_TO_RECOVER: Final = 20


class WaitKind(StrEnum):
    """Why a request is held back."""

    BUSY = "system busy"
    CONCURRENCY = "too many at once"
    FREQUENCY = "frequency limit"
    QUOTA = "own limit a minute"


@dataclass(frozen=True, slots=True)
class Wait:
    """A pause that is about to begin: `seconds` long, before try `attempt` + 1 of a request to `endpoint`."""

    kind: WaitKind
    endpoint: str
    seconds: float
    attempt: int = 0


def _say_nothing(_: Wait) -> None:
    pass


class Pace:
    """The limits of one client, shared by all its requests; every pause is announced through `on_wait`.

    Follows WeCom document 90312; 10 in flight is the guide's figure, since WeCom publishes none.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        on_wait: Callable[[Wait], None] = _say_nothing,
        most_in_flight: int = MOST_IN_FLIGHT,
        most_a_minute: int = MOST_A_MINUTE,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._on_wait = on_wait
        self._most_in_flight = most_in_flight
        self._most_a_minute = most_a_minute
        self._limit = most_in_flight
        self._in_flight = 0
        self._queue: deque[asyncio.Future[None]] = deque()
        self._round = 0
        self._successes = 0
        self._asked: defaultdict[str, deque[float]] = defaultdict(deque)
        self._closed_since: dict[str, tuple[float, float]] = {}

    @property
    def limit(self) -> int:
        """How many requests may be in flight just now."""
        return self._limit

    @property
    def in_flight(self) -> int:
        """How many requests are in flight."""
        return self._in_flight

    def closed_for(self, endpoint: str) -> float:
        """Seconds for which nothing goes to this endpoint."""
        return max(0.0, self._rest_of_window(endpoint, self._clock()))

    @asynccontextmanager
    async def slot(self, endpoint: str) -> AsyncIterator[int]:
        """Hold one of the places in flight, after the endpoint's own limits; gives the round for `fewer`."""
        await self._wait_for_turn(endpoint)
        await self._enter()
        try:
            yield self._round
        finally:
            self._leave()

    async def pause(self, wait: Wait) -> None:
        """Announce a wait, then wait."""
        self._on_wait(wait)
        await self._sleep(wait.seconds)

    def fewer(self, round_: int) -> None:
        """WeCom said 45033: halve what may be in flight, once for all requests of the same round."""
        if round_ == self._round:
            self._limit = max(1, self._limit // 2)
            self._round += 1
        self._successes = 0

    def succeeded(self) -> None:
        """A request was answered: after enough of them one more may be in flight again."""
        if self._limit >= self._most_in_flight:
            return
        self._successes += 1
        if self._successes >= _SUCCESSES_TO_RECOVER:
            self._successes = 0
            self._limit += 1
            self._hand_out()

    def close_window(self, endpoint: str, seconds: float) -> None:
        """WeCom said 45009: nothing goes to this endpoint for so many seconds."""
        self._closed_since[endpoint] = (self._clock(), seconds)

    async def _wait_for_turn(self, endpoint: str) -> None:
        asked = self._asked[endpoint]
        while True:
            now = self._clock()
            if (rest := self._rest_of_window(endpoint, now)) > 0:
                await self.pause(Wait(WaitKind.FREQUENCY, endpoint, rest))
                continue
            while asked and not now - MINUTE < asked[0] <= now:
                asked.popleft()
            if len(asked) < self._most_a_minute:
                asked.append(now)
                return
            await self.pause(Wait(WaitKind.QUOTA, endpoint, asked[0] + MINUTE - now))

    def _rest_of_window(self, endpoint: str, now: float) -> float:
        since, seconds = self._closed_since.get(endpoint, (0.0, 0.0))
        # A clock that was set back must not lengthen the window.
        rest = since + seconds - now if now >= since else 0.0
        if rest <= 0:
            self._closed_since.pop(endpoint, None)
        return rest

    async def _enter(self) -> None:
        if self._in_flight < self._limit and not self._queue:
            self._in_flight += 1
            return
        ticket = asyncio.get_running_loop().create_future()
        self._queue.append(ticket)
        try:
            await ticket
        except asyncio.CancelledError:
            if ticket.cancelled():
                self._queue.remove(ticket)
            else:  # the place was given just when the caller was cancelled: pass it on
                self._leave()
            raise

    def _leave(self) -> None:
        self._in_flight -= 1
        self._hand_out()

    def _hand_out(self) -> None:
        for ticket in tuple(self._queue):
            if self._in_flight >= self._limit:
                return
            if not ticket.done():
                self._in_flight += 1
                ticket.set_result(None)
                self._queue.remove(ticket)
