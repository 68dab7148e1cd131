"""Pages on their way into the store: many in one write, and followers that are done noted behind their pages."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from console.store import Records, StoreLocked
from console.store.page_writes import ReceivedPage
from console.store.sync_writes import GoneRelation

BUNDLE: Final = 40
"""Pages in one write: the search index takes half the work that single ones would."""
_MOST_WAITING: Final = 2 * BUNDLE  # pages; who reads more waits for the store
_SOON: Final = 0.5  # seconds after which fewer pages are written as well
_LOCKED_TRIES: Final = 6


@dataclass(frozen=True, slots=True)
class Read:
    """A follower whose pages were all received; they were asked for from `began_at` on."""

    userid: str
    began_at: float


@dataclass(frozen=True, slots=True)
class Unshown:
    """A follower who was read, and the known relations that were not shown: perhaps gone."""

    read: Read
    relations: Sequence[GoneRelation]


class Keeper:
    """Writes pages for one sync as long as `run` runs; what the store refuses in the end is raised there.

    `on_done` is told how many relations a follower has, `on_unshown` of whom that cannot be said yet.
    """

    def __init__(
        self,
        records: Records,
        sync_id: int,
        on_done: Callable[[str, int], object],
        on_unshown: Callable[[Unshown], object],
    ) -> None:
        self._records = records
        self._sync_id = sync_id
        self._on_done = on_done
        self._on_unshown = on_unshown
        self._pages: deque[ReceivedPage] = deque()
        self._read: deque[tuple[int, Read]] = deque()  # behind how many pages each is to be noted
        self._received = self._stored = 0
        self._changed = asyncio.Event()
        self._room = asyncio.Event()
        self._empty = asyncio.Event()
        self._room.set()
        self._empty.set()

    async def put(self, rows: Sequence[Mapping[str, object]], asked_at: float) -> None:
        """Take a page; waits while too many are waiting."""
        await self._room.wait()
        self._pages.append((rows, asked_at))
        self._received += 1
        self._empty.clear()
        if len(self._pages) >= _MOST_WAITING:
            self._room.clear()
        if len(self._pages) >= BUNDLE:
            self._changed.set()

    def put_read(self, read: Read) -> None:
        """Note, once all pages so far are stored, that a follower was read to the end."""
        self._read.append((self._received, read))
        self._empty.clear()

    async def drained(self) -> None:
        """Everything is stored."""
        while not self._empty.is_set():
            self._changed.set()
            await self._empty.wait()

    async def run(self) -> None:
        """Write, until cancelled. Raises StoreFailure."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), _SOON)
            self._changed.clear()
            await self._write()

    async def _write(self) -> None:
        """Write all that there is now."""
        while self._pages or self._read:
            pages = [self._pages.popleft() for _ in range(min(BUNDLE, len(self._pages)))]
            self._room.set()
            if pages:
                await self._put_pages(pages)
            self._stored += len(pages)
            await self._note_read()
        self._empty.set()

    async def _put_pages(self, pages: Sequence[ReceivedPage]) -> None:
        for attempt in range(1, _LOCKED_TRIES + 1):
            try:
                await self._records.syncs.put_pages(self._sync_id, pages)
            except StoreLocked:  # another console works on it; each try waits for it as long as the store waits
                if attempt == _LOCKED_TRIES:
                    raise
            else:
                return

    async def _note_read(self) -> None:
        """Note those whose pages are all stored."""
        read: list[Read] = []
        while self._read and self._read[0][0] <= self._stored:
            read.append(self._read.popleft()[1])
        finishing = [(one, self._records.syncs.finish(self._sync_id, one.userid, one.began_at)) for one in read]
        for one, pending in finishing:
            answer = await pending
            if isinstance(answer, int):
                self._on_done(one.userid, answer)
            else:
                self._on_unshown(Unshown(one, answer))
