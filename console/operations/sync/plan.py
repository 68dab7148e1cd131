"""Which followers are read together, and in which order, so that ten requests are in flight from start to end.

Pages are a chain, one after the other, so that all there is to plan is how the followers are divided among chains.
Long chains begin first, and the shorter what is left, the shorter the chains: none is left to run alone at the end.
Where nobody knows how many customers the followers have, those already read say what is to be expected; and before a
follower with as many customers as WeCom allows could outlast all others, the others are asked for their numbers (C1).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import ceil
from typing import Final

PAGE: Final = 100
"""Rows of a full page of C3."""
MOST_TOGETHER: Final = 100
"""Userids that one request takes."""
LONGEST: Final = 200
"""Pages of the longest chain to expect: WeCom gives a member 20,000 customers at most unless it is asked for more."""
_MOST_PAGES: Final = 30  # of a chain of several followers: what is read anew when it is broken off
_WORTH_ASKING: Final = 3  # pages: where followers have fewer, asking takes longer than not knowing


@dataclass(frozen=True, slots=True)
class Chain:
    """Followers to be read together."""

    userids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A follower whose customers are to be counted first."""

    userid: str


class Plan:
    """Hands out work for `lanes` readers; what was found out meanwhile changes what comes next."""

    def __init__(
        self, followers: Iterable[str], sizes: Mapping[str, int], lanes: int, alone: Collection[str] = ()
    ) -> None:
        """`sizes`: how many customers each follower had when that was known last; `alone`: who is to be read so.

        One who could not be read the last time would have a whole batch refused.
        """
        self._lanes = lanes
        self._sizes = dict(sizes)
        self._known: list[tuple[int, int, str]] = []  # a heap: the largest first, then in the order given
        self._unknown: deque[str] = deque()
        self._again: deque[Chain] = deque()
        self._rows_left = 0  # of `_known`
        self._rows_seen = 0
        self._followers_seen = 0
        self._rows_come = 0  # those of chains that are still being read included
        self._followers_begun = 0
        self._counting = 0
        self._in_hand: dict[Chain, float] = {}  # the rows that are still to come
        for place, userid in enumerate(followers):
            if userid in alone:
                self._again.append(Chain((userid,)))
            elif userid in sizes:
                self._known.append((-sizes[userid], place, userid))
                self._rows_left += sizes[userid]
            else:
                self._unknown.append(userid)
        self._places = len(self._known)
        heapify(self._known)

    def take(self) -> Chain | Count | None:
        """What to do next; None when nothing is left to begin."""
        job = self._next()
        if isinstance(job, Chain):
            self._in_hand[job] = self._expected(job)
        return job

    def _next(self) -> Chain | Count | None:
        if self._again:
            return self._again.popleft()
        rows = self._rows_of_a_chain()
        if self._known and (not self._unknown or -self._known[0][0] >= rows):
            return self._take_known(rows)
        if not self._unknown:
            return None
        if self._should_count():
            self._counting += 1
            return Count(self._unknown.popleft())
        mean = self._mean
        # Never more than were read so far: the first ones may be no measure for the others.
        together = 1 if mean is None else max(1, min(MOST_TOGETHER, self._followers_seen, int(rows / max(mean, 1))))
        chain = Chain(tuple(self._unknown.popleft() for _ in range(min(together, len(self._unknown)))))
        self._followers_begun += len(chain.userids)
        return chain

    def counted(self, userid: str, size: int | None) -> None:
        """A follower's customers were counted; None: they could not be, and the pages will tell."""
        self._counting -= 1
        if size is None:
            self._again.append(Chain((userid,)))
            return
        self._sizes[userid] = size
        self._places += 1
        heappush(self._known, (-size, self._places, userid))
        self._rows_left += size
        self._see(1, size)

    def page(self, chain: Chain, rows: int) -> None:
        """A page of a chain has come."""
        self._rows_come += rows
        self._in_hand[chain] = max(0.0, self._in_hand.get(chain, 0.0) - rows)

    def read(self, chain: Chain, rows: int) -> None:
        """A chain was read to its end."""
        self._in_hand.pop(chain, None)
        self._see(len(chain.userids), rows)

    def again(self, chain: Chain) -> None:
        """Read a chain once more from its first page, before anything else."""
        self._in_hand.pop(chain, None)
        self._again.append(chain)

    def split(self, chain: Chain) -> bool:
        """Read the halves of a chain that could not be read as a whole; False for one follower alone."""
        self._in_hand.pop(chain, None)
        middle = len(chain.userids) // 2
        if not middle:
            return False
        self._again.extend((Chain(chain.userids[:middle]), Chain(chain.userids[middle:])))
        return True

    @property
    def requests_left(self) -> int | None:
        """About how many pages nobody has begun with; None while nothing is known."""
        if not self._unknown:
            return ceil(self._rows_left / PAGE) + len(self._again)
        mean = self._mean
        return None if mean is None else ceil((self._rows_left + mean * len(self._unknown)) / PAGE) + len(self._again)

    @property
    def requests_in_hand(self) -> tuple[int, int]:
        """About how many pages are still to come of the chains being read, of all and of the longest."""
        pages = [ceil(rows / PAGE) or 1 for rows in self._in_hand.values()]
        return sum(pages), max(pages, default=0)

    def _expected(self, chain: Chain) -> float:
        mean = self._mean or 0.0
        return sum(self._sizes.get(userid, mean) for userid in chain.userids)

    @property
    def _mean(self) -> float | None:
        if not self._followers_seen:
            return None
        read, come = self._rows_seen / self._followers_seen, self._rows_come / max(1, self._followers_begun)
        return max(read, come)

    def _see(self, followers: int, rows: int) -> None:
        self._followers_seen += followers
        self._rows_seen += rows

    def _rows_of_a_chain(self) -> int:
        left = self.requests_left
        return PAGE * (_MOST_PAGES if left is None else max(1, min(_MOST_PAGES, left // (2 * self._lanes))))

    def _should_count(self) -> bool:
        """Whether a follower as large as can be, begun any later, would outlast all others."""
        left, mean = self.requests_left, self._mean
        return left is not None and mean is not None and mean / PAGE >= _WORTH_ASKING and left / self._lanes < LONGEST

    def _take_known(self, rows: int) -> Chain:
        size, _place, userid = heappop(self._known)
        taken, room = [userid], rows + size
        while self._known and len(taken) < MOST_TOGETHER and -self._known[0][0] <= room:
            size_of_next, _place, userid = heappop(self._known)
            taken.append(userid)
            size += size_of_next
            room += size_of_next
        self._rows_left += size
        self._followers_begun += len(taken)
        return Chain(tuple(taken))
