"""Read followers and their customers: C5, then C1 for the ids and C3 for the rows, page by page into the store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
from typing import TYPE_CHECKING

from console.operations.convert.arrivals import Newcomers
from console.operations.results import Empty, EmptyReason, Failed, Loaded, Missing, Partial, Reading
from console.store import Records, StoreFailure
from console.store.followers import CountState
from console.wecom.codes import NO_LICENSED_USER, NOT_EXTERNAL_CONTACT
from console.wecom.errors import WeComError, WeComFailure

if TYPE_CHECKING:
    from console.wecom.client import WeComClient

FollowersRead = Loaded[int] | Empty | Failed
CustomersRead = Loaded[int] | Empty | Partial[int] | Failed

COUNTS_IN_FLIGHT = 4


async def read_followers(client: WeComClient, records: Records) -> FollowersRead:
    """Read all followers that this app may see (C5) into the store; the value is how many.

    Follows WeCom document 92571.
    """
    try:
        userids = await client.follow_users()
        await records.followers.put_list(userids)
    except (WeComFailure, StoreFailure) as failure:
        return Failed(failure)
    read_at = records.clock()
    return Loaded(len(userids), read_at) if userids else Empty(EmptyReason.NO_FOLLOWERS, read_at)


async def read_customers(client: WeComClient, records: Records, userid: str) -> AsyncGenerator[Reading | CustomersRead]:
    """Read the customers of one follower into the store: a `Reading` for each stored page, then how it ended.

    C1 says which customers there are, C3 says their names and the follower's own fields. Who is new and may be whom a
    pending id waits for is asked about. A customer that C1 names
    and C3 does not return is kept as an unread row; one that C1 no longer names is gone. A failed read changes neither.
    All that one read stores is dated from its beginning, so that what it did not return is seen to be older.
    Follows WeCom documents 92113 and 92994.
    """
    started = records.clock()
    try:
        ids = await client.customer_ids(userid)
    except WeComError as failure:
        if failure.errcode != NOT_EXTERNAL_CONTACT:
            await _note_failure(records, userid, failure)
            yield Failed(failure)
            return
        ids = []
    except WeComFailure as failure:
        await _note_failure(records, userid, failure)
        yield Failed(failure)
        return

    read = 0
    missing: Missing | None = None
    try:
        newcomers = Newcomers(records)
        if ids:
            yield Reading(0, len(ids), 0)
            unlicensed: tuple[str, ...] = ()
            try:
                page = 0
                async for batch in client.batch_pages([userid]):
                    newcomers.see(userid, batch.raw_rows)
                    await records.relations.put_batch(userid, batch.raw_rows, read_at=started)
                    read += len(batch.raw_rows)
                    page += 1
                    unlicensed = (*unlicensed, *batch.unlicensed)
                    yield Reading(read, len(ids), page)
                if unlicensed:
                    missing = Missing(userids=unlicensed, count=max(0, len(ids) - read))
            except WeComFailure as failure:
                missing = _what_is_missing(failure, userid, len(ids) - read)
        await records.relations.put_ids(userid, ids, read_at=started)
        await records.followers.mark_customers_read(
            userid, complete=missing is None, known_total=len(ids), read_at=started
        )
        await newcomers.resolve(client)
    except StoreFailure as failure:
        yield Failed(failure)
        return

    read_at = records.clock()
    if missing is not None:
        yield Partial(read, read_at, missing)
    elif ids:
        yield Loaded(len(ids), read_at)
    else:
        yield Empty(EmptyReason.NO_CUSTOMERS, read_at)


async def read_counts(client: WeComClient, records: Records, userids: Iterable[str]) -> AsyncGenerator[str]:
    """Ask how many customers each follower has (C1 only), a few at once; yields each userid when it is known.

    A follower that cannot be read is remembered with the reason and does not stop the others.
    """
    slots = asyncio.Semaphore(COUNTS_IN_FLIGHT)

    async def count(userid: str) -> str:
        async with slots:
            try:
                await records.followers.put_count(userid, len(await client.customer_ids(userid)))
            except WeComError as failure:
                if failure.errcode == NOT_EXTERNAL_CONTACT:
                    await records.followers.put_count(userid, 0)
                else:
                    await _note_failure(records, userid, failure)
        return userid

    asked = [asyncio.create_task(count(userid)) for userid in userids]
    try:
        for done in asyncio.as_completed(asked):
            yield await done
    finally:
        for task in asked:
            task.cancel()


async def _note_failure(records: Records, userid: str, failure: WeComFailure) -> None:
    code = failure.errcode if isinstance(failure, WeComError) else None
    await records.followers.put_count(userid, None, CountState.FAILED, errcode=code)


def _what_is_missing(failure: WeComFailure, userid: str, count: int) -> Missing:
    unlicensed = isinstance(failure, WeComError) and failure.errcode == NO_LICENSED_USER
    return Missing(userids=(userid,) if unlicensed else (), count=max(0, count), failure=failure)
