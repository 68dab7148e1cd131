"""The reads that run for pane 1: one at a time for each of its parts, and none that delays the first paint."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from enum import StrEnum
from functools import partial

from textual.widget import Widget

from console.session import Session


class Part(StrEnum):
    """What a read is for."""

    FOLLOWERS = "followers"
    CUSTOMERS = "customers"
    DETAIL = "detail"
    CONTACTS = "contacts"
    NAMES = "names and counts"


class Reads:
    """Begins reads, whose answers come to the pane as messages; a new one for a part takes the old one's place."""

    def __init__(self, pane: Widget, session: Session) -> None:
        self._pane = pane
        self._session = session

    def followers(self) -> None:
        """Read the followers."""
        self._begin(Part.FOLLOWERS, self._followers)

    def customers(self, userid: str) -> None:
        """Read one follower's customers."""
        self._begin(Part.CUSTOMERS, partial(self._customers, userid))

    def detail(self, external_userid: str) -> None:
        """Read one customer."""
        self._begin(Part.DETAIL, partial(self._detail, external_userid))

    def contacts(self, userid: str | None) -> None:
        """Read the served contacts."""
        self._begin(Part.CONTACTS, partial(self._contacts, userid))

    def learn(self) -> None:
        """Learn names and counts in the background."""
        self._begin(Part.NAMES, self._learn)

    def stop(self, part: Part) -> bool:
        """Cancel what is being read for a part; False when nothing was."""
        is_running = any(worker.group == part and not worker.is_finished for worker in self._pane.workers)
        self._pane.workers.cancel_group(self._pane, part)
        return is_running

    def _begin(self, part: Part, read: Callable[[], Coroutine[object, object, None]]) -> None:
        words = f"reading {part}"
        self._pane.run_worker(read, group=part, exclusive=True, exit_on_error=False, description=words)

    # What reads is imported here: the first paint does not need it.

    async def _followers(self) -> None:
        from console.tui.customers import reads

        await reads.read_followers(self._pane, self._session)

    async def _customers(self, userid: str) -> None:
        from console.tui.customers import reads

        await reads.read_customers(self._pane, self._session, userid)

    async def _detail(self, external_userid: str) -> None:
        from console.tui.customers import reads

        await reads.read_detail(self._pane, self._session, external_userid)

    async def _contacts(self, userid: str | None) -> None:
        from console.tui.customers import reads

        await reads.read_contacts(self._pane, self._session, userid)

    async def _learn(self) -> None:
        from console.tui.customers import reads

        await reads.learn(self._pane, self._session)
