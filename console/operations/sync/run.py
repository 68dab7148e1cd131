"""One sync as it runs: what it holds, who may stop or pause it, how it goes and how it ended."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Final

from console.operations.sync.crew import Crew
from console.operations.sync.holder import is_dead
from console.operations.sync.progress import FollowerProgress, FollowerState, Progress
from console.operations.sync.results import (
    Complete,
    Incomplete,
    NotRead,
    RunsElsewhere,
    StoppedEarly,
    Summary,
    SyncResult,
)
from console.operations.tags import read_tags
from console.store import Records, StoreFailure
from console.store.syncs import Begun, Ending, Sync
from console.store.writer import Pending
from console.wecom.errors import WeComFailure

if TYPE_CHECKING:
    from console.wecom.client import WeComClient

BEAT: Final = 5.0
"""Seconds between two signs of life."""


class TakenOver(Exception):
    """Another console has taken this sync for dead and gone on with it."""


class SyncRun:
    """A sync of one profile: `run` it once; `pause`, `resume` and `stop` it meanwhile; `progress` at any time.

    `holder` names this process in the store. `clock` (seconds) is for rates; what is stored has the store's time.
    """

    def __init__(
        self,
        client: WeComClient,
        records: Records,
        holder: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._records = records
        self._holder = holder
        self._sleep = sleep
        self._stopping = asyncio.Event()
        self._crew = Crew(client, records, clock, sleep)

    async def run(self, only: Sequence[str] = (), *, anew: bool = False) -> SyncResult:
        """Read all followers (C5), or `only` some, and all their customers (C3) into the store.

        Whole syncs that were killed or stopped are gone on with behind the last finished follower, unless `anew`.
        Raises nothing of WeCom's or the store's: what ended it early is in the result.
        Follows WeCom documents 92571, 92994 and, where a known customer was not shown, 92113.
        """
        try:
            begun = await self._records.syncs.begin(self._holder, whole=not only, anew=anew, is_dead=is_dead)
        except StoreFailure as locked:
            return StoppedEarly(self._nothing_done(whole=not only), locked)
        if isinstance(begun, Sync):
            return RunsElsewhere(begun)
        try:
            failure = await self._read(begun.sync, only)
        except asyncio.CancelledError:  # whoever held it is gone: nobody waits for this, and the next can go on at once
            self._note(begun, Ending.STOPPED, None)
            raise
        return await self._ended(begun, failure)

    def pause(self) -> None:
        """Begin no further request until `resume`."""
        self._crew.pause()

    def resume(self) -> None:
        """Go on after `pause`."""
        self._crew.resume()

    def stop(self) -> None:
        """End it now; what was read stays, and the next sync goes on behind the last finished follower."""
        self._stopping.set()

    @property
    def progress(self) -> Progress:
        """Where it is."""
        return self._crew.progress

    @property
    def followers(self) -> tuple[FollowerProgress, ...]:
        """Each follower in WeCom's order, as far as it has come."""
        return self._crew.followers

    async def _read(self, sync: Sync, only: Sequence[str]) -> Exception | None:
        """Read everything; None when the end was reached or it was stopped, else what ended it."""
        working = asyncio.create_task(self._work(sync, only))
        beating = asyncio.create_task(self._beat(sync))
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait((working, beating, stopping), return_when=asyncio.FIRST_COMPLETED)
            self._crew.pause()
            await self._crew.close()
            for task in (beating, working):
                if task.done():
                    task.result()
        except (WeComFailure, StoreFailure, TakenOver) as failure:
            return failure
        finally:
            working.cancel()
            beating.cancel()
            stopping.cancel()
            await asyncio.gather(working, beating, stopping, return_exceptions=True)
        return None

    async def _work(self, sync: Sync, only: Sequence[str]) -> None:
        # The names of tags stand in the search text, so they come first; without them it goes as well.
        await read_tags(self._client, self._records)
        userids: Sequence[str] = only
        if not only:
            userids = await self._client.follow_users()
            await self._records.followers.put_list(userids)
        followers = await self._records.syncs.plan(sync.id, userids)
        await self._crew.read(sync.id, followers)

    async def _beat(self, sync: Sync) -> None:
        while True:
            await self._sleep(BEAT)
            progress = self.progress
            if not await self._records.syncs.beat(sync.id, self._holder, progress.relations, progress.requests):
                raise TakenOver

    async def _ended(self, begun: Begun, failure: Exception | None) -> SyncResult:
        progress = self.progress
        failed = tuple(
            NotRead(one.userid, one.errcode, one.reason) for one in self.followers if one.state is FollowerState.FAILED
        )
        finished = self._crew.is_finished and failure is None
        ending = Ending.STOPPED if not finished else Ending.INCOMPLETE if failed else Ending.COMPLETE
        try:
            await self._note(begun, ending, failure)
            changes = self._records.sync_changes.counts(begun.sync.id)
        except StoreFailure as not_noted:
            changes, failure, ending = {}, failure or not_noted, Ending.STOPPED
        summary = Summary(
            begun.sync.id,
            begun.sync.whole,
            progress.followers,
            progress.done,
            self._relations,
            progress.requests,
            progress.seconds,
            failed,
            changes,
            begun.gone_on_with,
        )
        if ending is Ending.STOPPED:
            return StoppedEarly(summary, failure)
        return Incomplete(summary) if failed else Complete(summary)

    @property
    def _relations(self) -> int:
        return sum(one.relations or 0 for one in self.followers if one.state is FollowerState.DONE)

    def _note(self, begun: Begun, ending: Ending, failure: Exception | None) -> Pending[None]:
        """Have the store note how it ended."""
        requests = begun.sync.requests + self.progress.requests
        reason = "" if failure is None else type(failure).__name__
        return self._records.syncs.end(begun.sync.id, self._holder, ending, self._relations, requests, reason)

    def _nothing_done(self, *, whole: bool) -> Summary:
        return Summary(0, whole, 0, 0, 0, 0, 0.0, (), {}, gone_on_with=False)
