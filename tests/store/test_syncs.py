"""What a sync leaves in the store, where WeCom shows one customer very often, or two consoles want to sync."""

from __future__ import annotations

from console.store import Records
from console.store.relations import RelationQuery
from console.store.sync_changes import Kind
from console.store.syncs import LEASE, Begun, Sync
from tests.store.answers import listed
from tests.store.conftest import Clock

FOLLOWERS = [f"follower{n}" for n in range(300)]


def sync_of(begun: Begun | Sync) -> Sync:
    assert isinstance(begun, Begun)
    return begun.sync


def put_everybody(records: Records, sync_id: int, name: str, at: float) -> int:
    """The customer as 300 followers have them, a hundred rows a page."""
    rows = [listed("wo1", userid, name) for userid in FOLLOWERS]
    return records.syncs.put_pages(sync_id, [(rows[start : start + 100], at) for start in (0, 100, 200)]).wait()


async def test_a_customer_of_300_followers_has_300_relations_and_a_new_name_is_told_once(
    records: Records, clock: Clock
) -> None:
    for name in ("王芳", "王方"):
        clock.now += 10
        sync = sync_of(await records.syncs.begin("a", anew=True))
        await records.syncs.plan(sync.id, FOLLOWERS)
        assert put_everybody(records, sync.id, name, clock.now) == 300
        for userid in FOLLOWERS:
            assert await records.syncs.finish(sync.id, userid, clock.now) == 1

    assert len(records.relations.of_customer("wo1")) == 300
    assert len(await records.relations.select(RelationQuery(contains="王方"))) == 300
    assert records.sync_changes.counts(sync.id) == {Kind.CHANGED: 1}


async def test_one_syncs_at_a_time_until_it_gives_no_sign_of_life(records: Records, clock: Clock) -> None:
    first = sync_of(await records.syncs.begin("a"))
    assert await records.syncs.begin("b") == records.syncs.last()
    clock.now += LEASE + 1
    taken = await records.syncs.begin("b")

    assert isinstance(taken, Begun)
    assert (taken.sync.id, taken.gone_on_with) == (first.id, True)
    assert not await records.syncs.beat(first.id, "a", 0, 0)
