"""Big writes of a sync are done in a process of their own, and nothing of that is noticed when it goes wrong."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from console.store import Records, Store, StoreLocked
from console.store.page_writes import ReceivedPage
from console.store.relations import RelationQuery
from console.store.syncs import Begun, Ending
from tests.store.answers import found, listed


def pages(start: int = 0, count: int = 25) -> list[ReceivedPage]:
    """Pages of two new customers each."""
    return [([listed(f"wo{n}a", name=f"王{n}"), listed(f"wo{n}b")], 1000.0) for n in range(start, start + count)]


async def sync_id(records: Records) -> int:
    begun = await records.syncs.begin("a")
    assert isinstance(begun, Begun)
    await records.syncs.plan(begun.sync.id, ["zhangwei"])
    return begun.sync.id


def process_of(records: Records) -> int | None:
    beside = records.syncs._database._beside
    return beside._process.pid if beside._process else None


async def test_many_pages_are_written_elsewhere_and_found_here(records: Records) -> None:
    sync = await sync_id(records)

    assert await records.syncs.put_pages(sync, pages()) == 50
    assert process_of(records)
    assert await records.syncs.finish(sync, "zhangwei", 900.0) == 50
    assert found(records, "王7") == ["wo7a"]


async def test_a_few_pages_need_no_other_process_and_the_end_of_a_sync_ends_it(records: Records) -> None:
    sync = await sync_id(records)
    await records.syncs.put_pages(sync, pages(count=2))
    assert process_of(records) is None
    await records.syncs.put_pages(sync, pages())
    assert process_of(records)
    await records.syncs.end(sync, "a", Ending.COMPLETE, 50, 25, "")
    assert process_of(records) is None


async def test_when_the_other_process_dies_the_pages_are_written_here(records: Records) -> None:
    sync = await sync_id(records)
    await records.syncs.put_pages(sync, pages())
    process = records.syncs._database._beside._process
    assert process is not None
    process.kill()
    process.wait()

    assert await records.syncs.put_pages(sync, pages(start=25)) == 50
    assert records.relations.count(RelationQuery()) == 100


async def test_a_store_held_by_another_console_is_as_locked_there_as_here(
    records: Records, store: Store, tmp_path: Path
) -> None:
    sync = await sync_id(records)
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreLocked):
        await records.syncs.put_pages(sync, pages())
    other.execute("COMMIT")
    other.close()

    assert await records.syncs.put_pages(sync, pages()) == 50
