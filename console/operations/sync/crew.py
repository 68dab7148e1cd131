"""Who reads: a dozen readers who share one plan, so that ten requests are in flight from the first page to the last."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Final

from console.operations.convert.arrivals import Newcomers
from console.operations.sync.gate import Gate
from console.operations.sync.keeper import Keeper, Read, Unshown
from console.operations.sync.plan import Chain, Count, Plan
from console.operations.sync.progress import FollowerProgress, FollowerState, Meter, Progress
from console.operations.sync.reasons import Concerns, concern_of, kept_reason, window_to_wait_for
from console.store import Records
from console.store.syncs import ReadState, SyncFollower
from console.wecom.client import BATCH
from console.wecom.codes import NO_LICENSED_USER, NOT_EXTERNAL_CONTACT
from console.wecom.errors import RepeatedCursor, WeComError, WeComFailure

if TYPE_CHECKING:
    from console.wecom.client import WeComClient

READERS: Final = 12
"""Two more than requests in flight: each has a page in its hands for some milliseconds."""
MOST_TRIES: Final = 3
"""Of one chain, before it is divided, and in the end of one follower."""
HOPELESS: Final = 30
"""Reads that fail one after the other for no fault of a follower's: then it is WeCom or the network, not a moment."""

_Job = Chain | Count | Unshown


class Crew:
    """Reads followers into the store, each to its last page, whatever becomes of the others."""

    def __init__(
        self,
        client: WeComClient,
        records: Records,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]],
    ) -> None:
        self._client = client
        self._records = records
        self._meter = Meter(clock)
        self._gate = Gate(clock, sleep)
        self._sync_id = 0
        self._plan = Plan((), {}, READERS)
        self._keeper: Keeper | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._unshown: deque[Unshown] = deque()
        self._followers: dict[str, FollowerProgress] = {}
        self._tries: Counter[Chain] = Counter()
        self._failed_in_a_row = 0
        self._busy = 0
        self._news = asyncio.Event()
        self._newcomers: Newcomers | None = None
        self._relations = self._before = 0
        self.is_finished = False

    async def read(self, sync_id: int, followers: Sequence[SyncFollower]) -> None:
        """Read those of a sync that wait; then `close`. Raises what concerns all: WeComFailure, StoreFailure."""
        self._sync_id = sync_id
        self._followers = {one.userid.casefold(): _as_planned(one) for one in followers}
        self._before = sum(one.relations or 0 for one in followers if one.state is ReadState.DONE)
        waiting = [one for one in followers if one.state is not ReadState.DONE]
        sizes = {one.userid: one.known for one in waiting if one.known is not None}
        refused = {one.userid for one in self._records.syncs.failed()}
        self._plan = Plan([one.userid for one in waiting], sizes, READERS, refused)
        self._newcomers = Newcomers(self._records)
        self._keeper = Keeper(self._records, sync_id, self._note_done, self._note_unshown)
        self._keeping = asyncio.create_task(self._keeper.run())
        await self._read_all(self._keeper, self._keeping)
        await self._newcomers.resolve(self._client)
        self.is_finished = True

    async def _read_all(self, keeper: Keeper, keeping: asyncio.Task[None]) -> None:
        more = True
        while more:
            readers = asyncio.gather(*(self._reader(keeper) for _ in range(READERS)))
            try:
                await asyncio.wait((readers, keeping), return_when=asyncio.FIRST_COMPLETED)
                if keeping.done():
                    keeping.result()
                await readers
                await self._stored(keeper, keeping)
            finally:
                readers.cancel()
            more = bool(self._unshown)  # known only when all pages were stored

    async def close(self) -> None:
        """Store what is still in hand, and end. Raises StoreFailure."""
        if self._keeper is None or self._keeping is None:
            return
        try:
            await self._stored(self._keeper, self._keeping)
        finally:
            self._keeping.cancel()

    def pause(self) -> None:
        """Begin no further request."""
        self._gate.shut()

    def resume(self) -> None:
        """Go on."""
        self._gate.open()

    @property
    def followers(self) -> tuple[FollowerProgress, ...]:
        """Each follower in WeCom's order."""
        return tuple(self._followers.values())

    @property
    def progress(self) -> Progress:
        """Where it is."""
        states = Counter(one.state for one in self._followers.values())
        return Progress(
            followers=len(self._followers),
            done=states[FollowerState.DONE],
            failed=states[FollowerState.FAILED],
            relations=self._relations,
            before=self._before,
            requests=self._meter.count,
            per_second=self._meter.per_second,
            in_flight=self._client.in_flight,
            most_in_flight=self._client.most_in_flight,
            seconds=self._meter.seconds,
            seconds_left=self._seconds_left,
            closed_for=max(self._client.batches_closed_for, self._gate.closed_for),
            paused=self._gate.is_shut,
        )

    @property
    def _seconds_left(self) -> float | None:
        """By what is left and the rate of now; a chain that is longer than all else is read at its own rate."""
        rate, to_begin = self._meter.per_second, self._plan.requests_left
        if not rate or to_begin is None or not self._followers:
            return None
        in_hand, longest = self._plan.requests_in_hand
        return max(to_begin + in_hand, longest * max(1, self._client.in_flight)) / rate

    async def _stored(self, keeper: Keeper, keeping: asyncio.Task[None]) -> None:
        """Return when all pages are stored. Raises what the store refused."""
        drained = asyncio.create_task(keeper.drained())
        try:
            await asyncio.wait((drained, keeping), return_when=asyncio.FIRST_COMPLETED)
            if keeping.done():
                keeping.result()
        finally:
            drained.cancel()

    # The readers

    async def _reader(self, keeper: Keeper) -> None:
        while (job := await self._next()) is not None:
            self._busy += 1
            try:
                await self._do(job, keeper)
            finally:
                self._busy -= 1
                self._tell()

    async def _next(self) -> _Job | None:
        """What to do next; None when nothing is left and nobody is at work who could find more."""
        while True:
            await self._gate.passed()
            job = self._unshown.popleft() if self._unshown else self._plan.take()
            if job is not None or not self._busy:
                return job
            await self._news.wait()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def _do(self, job: _Job, keeper: Keeper) -> None:
        match job:
            case Chain():
                await self._read_chain(job, keeper)
            case Count():
                await self._count(job)
            case Unshown():
                await self._look_for(job)

    async def _read_chain(self, chain: Chain, keeper: Keeper) -> None:
        began_at = self._records.clock()
        for userid in chain.userids:
            self._now(userid, FollowerState.READING)
        try:
            rows, unlicensed = await self._read_pages(chain, keeper)
        except WeComFailure as failure:
            await self._not_read(chain, failure, keeper, began_at)
            return
        self._failed_in_a_row = 0
        self._plan.read(chain, rows)
        for userid in chain.userids:
            if userid.casefold() in unlicensed:
                await self._unlicensed(userid, WeComError(NO_LICENSED_USER, "", endpoint=BATCH))
            else:
                keeper.put_read(Read(userid, began_at))

    async def _read_pages(self, chain: Chain, keeper: Keeper) -> tuple[int, set[str]]:
        rows, unlicensed = 0, set[str]()
        cursors = {""}
        cursor = ""
        while True:
            await self._gate.passed()
            asked_at = self._records.clock()
            try:
                page = await self._client.batch_page(chain.userids, cursor)
            except WeComFailure:
                self._relations -= rows  # they come once more, if they come at all
                raise
            self._meter.tick()
            rows += len(page.raw_rows)
            self._relations += len(page.raw_rows)
            self._plan.page(chain, len(page.raw_rows))
            if self._newcomers is not None:
                self._newcomers.see(None, page.raw_rows)
            unlicensed.update(userid.casefold() for userid in page.unlicensed)
            await keeper.put(page.raw_rows, asked_at)
            cursor = page.next_cursor
            if not cursor:
                return rows, unlicensed
            if cursor in cursors:
                raise RepeatedCursor(BATCH, len(cursors))
            cursors.add(cursor)

    async def _not_read(self, chain: Chain, failure: WeComFailure, keeper: Keeper, began_at: float) -> None:
        """Once more, in halves, or not at all, as the failure says. Raises what concerns everybody."""
        self._meter.tick()
        if (window := window_to_wait_for(failure)) is not None:
            self._gate.close_for(window)
            self._plan.again(chain)
            return
        concerns = concern_of(failure)
        if concerns is Concerns.EVERYTHING:
            raise failure
        if concerns is not Concerns.FOLLOWER:
            self._failed_in_a_row += 1
            if self._failed_in_a_row >= HOPELESS:
                raise failure
            self._tries[chain] += 1
            if self._tries[chain] < MOST_TRIES:
                self._plan.again(chain)
                return
        if self._plan.split(chain):
            return
        [userid] = chain.userids
        errcode = failure.errcode if isinstance(failure, WeComError) else None
        if errcode == NOT_EXTERNAL_CONTACT:
            keeper.put_read(Read(userid, began_at))  # WeCom's word for a follower without customers
        elif errcode == NO_LICENSED_USER:
            await self._unlicensed(userid, failure)
        else:
            await self._fail(userid, failure)

    async def _unlicensed(self, userid: str, failure: WeComFailure) -> None:
        """C3 shows nobody of this follower, but C1 still names the customers: who they are is kept, unread."""
        asked_at = self._records.clock()
        try:
            ids = await self._client.customer_ids(userid)
        except WeComFailure:
            ids = []
        self._meter.tick()
        if ids:
            await self._records.relations.put_ids(userid, ids, read_at=asked_at)
        await self._fail(userid, failure)

    async def _count(self, count: Count) -> None:
        size: int | None = None
        try:
            size = len(await self._ids_of(count.userid))
        except WeComFailure as failure:
            if concern_of(failure) is Concerns.EVERYTHING:
                raise
        self._plan.counted(count.userid, size)  # None: its pages will tell

    async def _look_for(self, unshown: Unshown) -> None:
        """Ask C1 for those that C3 did not show: who is not named there either is gone. Follows document 92113."""
        userid = unshown.read.userid
        try:
            there = await self._ids_of(userid)
        except WeComFailure as failure:
            if concern_of(failure) is Concerns.EVERYTHING:
                raise
            await self._fail(userid, failure)
            return
        gone = [relation for relation in unshown.relations if relation[1] not in there]
        count = await self._records.syncs.finish(self._sync_id, userid, unshown.read.began_at, gone)
        if isinstance(count, int):
            self._note_done(userid, count)

    async def _ids_of(self, userid: str) -> set[str]:
        """The customers that C1 names, asked for again where that failed for a moment. Raises WeComFailure."""
        tries = 0
        while True:
            await self._gate.passed()
            try:
                return set(await self._client.customer_ids(userid))
            except WeComFailure as failure:
                if isinstance(failure, WeComError) and failure.errcode == NOT_EXTERNAL_CONTACT:
                    return set()
                if (window := window_to_wait_for(failure)) is not None:
                    self._gate.close_for(window)
                    continue
                tries += 1
                if concern_of(failure) is not Concerns.THE_MOMENT or tries == MOST_TRIES:
                    raise
            finally:
                self._meter.tick()

    # What has become of whom

    def _note_done(self, userid: str, relations: int) -> None:
        self._now(userid, FollowerState.DONE, relations=relations)

    def _note_unshown(self, unshown: Unshown) -> None:
        self._unshown.append(unshown)
        self._tell()

    async def _fail(self, userid: str, failure: WeComFailure) -> None:
        errcode, reason = kept_reason(failure)
        await self._records.syncs.fail(self._sync_id, userid, errcode, reason)
        self._now(userid, FollowerState.FAILED, errcode=errcode, reason=reason)

    def _now(
        self,
        userid: str,
        state: FollowerState,
        *,
        relations: int | None = None,
        errcode: int | None = None,
        reason: str = "",
    ) -> None:
        known = self._followers[userid.casefold()]
        self._followers[userid.casefold()] = FollowerProgress(
            known.userid, state, relations, known.known, errcode, reason
        )


def _as_planned(one: SyncFollower) -> FollowerProgress:
    state = FollowerState.DONE if one.state is ReadState.DONE else FollowerState.WAITING
    return FollowerProgress(one.userid, state, one.relations, one.known)
