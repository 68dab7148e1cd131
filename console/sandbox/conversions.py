"""What the corp remembers of conversions: how many there were this hour, and whom pending ids were given for."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

from console.sandbox.exchange import Refusal
from console.wecom import codes

PENDING_LIFE = 90 * 86_400
_HOUR = 3_600


class Conversions:
    """Safe from any thread; persons are numbers. `limit_an_hour` may be set while the sandbox runs."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.limit_an_hour = 100_000
        self._clock = clock
        self._lock = threading.Lock()
        self._counts: Counter[tuple[int, int]] = Counter()
        self._given: dict[int, float] = {}

    def count(self, subject_type: int) -> None:
        """Count one; 45009 beyond the limit of the hour."""
        with self._lock:
            hour = (subject_type, int(self._clock() // _HOUR))
            if self._counts[hour] >= self.limit_an_hour:
                raise Refusal(codes.FREQUENCY_LIMIT, "reach hour limit")
            self._counts[hour] += 1

    def give_pending_id(self, person: int) -> None:
        """Note that a pending id was given for somebody; it lives from the first time on."""
        with self._lock:
            if not self.has_pending_id(person):
                self._given[person] = self._clock()

    def has_pending_id(self, person: int) -> bool:
        """Whether a pending id that still lives was given for somebody."""
        return person in self._given and self._clock() - self._given[person] < PENDING_LIFE
