"""The file itself: private, shared by two consoles, and honest about what it can't do."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.store import (
    Records,
    Store,
    StoreClosed,
    StoreCorrupt,
    StoreFailure,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreUnavailable,
)
from console.store.database import Database
from console.store.relations import RelationQuery
from tests.store.answers import listed, one


def idle(_connection: sqlite3.Connection) -> bool:
    return False


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "store.db", busy_timeout=0.05, idle=idle)
    opened.write(lambda connection: connection.execute("CREATE TABLE t (a INTEGER UNIQUE)")).wait()
    yield opened
    opened.close(5.0)


def put(number: int) -> Callable[[sqlite3.Connection], int]:
    return lambda connection: connection.execute("INSERT INTO t VALUES (?)", (number,)).rowcount


def values(database: Database) -> list[int]:
    return [row[0] for row in database.rows("SELECT a FROM t ORDER BY a")]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_all_files_are_for_their_owner_alone(store: Store, records: Records) -> None:
    records.followers.put_list(["zhangwei"]).wait()
    assert mode(store.path.parent) == 0o700
    files = sorted(file.name for file in store.path.parent.iterdir())
    assert files == ["store.db", "store.db-shm", "store.db-wal"]
    assert {mode(store.path.parent / file) for file in files} == {0o600}


def test_a_file_that_others_could_read_is_tightened(store: Store) -> None:
    store.close()
    store.path.chmod(0o644)
    Store.open(store.path).close()
    assert mode(store.path) == 0o600


def test_what_is_queued_is_written_before_the_file_is_closed(store: Store, records: Records) -> None:
    pending = [records.relations.put_batch("z", [listed(f"wo{n}")]) for n in range(200)]
    assert store.close()
    assert [write.wait(0) for write in pending] == [1] * 200
    again = Store.open(store.path)
    assert again.profile("main", "ww1", "self-built").relations.count(RelationQuery()) == 200
    again.close()


def test_a_closed_store_says_so(store: Store, records: Records) -> None:
    store.close()
    with pytest.raises(StoreClosed):
        records.followers.put_list([]).wait()
    with pytest.raises(StoreClosed):
        records.followers.rows()
    with pytest.raises(StoreClosed):
        asyncio.run(records.relations.select(RelationQuery()))
    assert store.close()


def test_one_failing_job_takes_no_other_along(database: Database) -> None:
    def half(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO t VALUES (10)")
        raise LookupError("half way")

    gate = threading.Event()
    blocker = database.write(lambda _connection: gate.wait(5))
    jobs = [database.write(put(number)) for number in (1, 1, 2)]
    broken = database.write(half)
    gate.set()
    assert blocker.wait(5)
    assert jobs[0].wait(5) == 1
    with pytest.raises(StoreFailure, match="UNIQUE"):
        jobs[1].wait(5)
    assert jobs[2].wait(5) == 1
    with pytest.raises(LookupError):
        broken.wait(5)
    assert values(database) == [1, 2]


def test_only_durable_jobs_wait_for_the_disk(database: Database) -> None:
    def synchronous(connection: sqlite3.Connection) -> int:
        return int(connection.execute("PRAGMA synchronous").fetchone()[0])

    normal, full = 1, 2
    assert [database.write(synchronous, durable=durable).wait(5) for durable in (True, False, True)] == [
        full,
        normal,
        full,
    ]


def test_durable_jobs_overtake_others(database: Database) -> None:
    started, gate = threading.Barrier(2), threading.Event()
    database.write(lambda _connection: (started.wait(5), gate.wait(5)))
    started.wait(5)
    jobs = [database.write(put(number)) for number in range(1, 101)]
    jobs.append(database.write(put(0), durable=True))
    gate.set()
    for job in jobs:
        job.wait(5)
    inserted = database.rows("SELECT a FROM t ORDER BY rowid")
    assert [value for (value,) in inserted] == list(range(101))


def test_a_file_that_another_console_holds_is_locked_and_free_again_later(database: Database) -> None:
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreLocked) as locked:
        database.write(put(1)).wait(5)
    assert locked.value.path == database.path
    assert values(database) == []
    other.execute("ROLLBACK")
    other.close()
    assert database.write(put(1)).wait(5) == 1


def test_a_file_held_exclusively_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreLocked):
        Store.open(path, busy_timeout=0.05)
    other.close()


def test_a_full_disk_is_told_and_what_fits_is_written(database: Database) -> None:
    def limit(connection: sqlite3.Connection) -> int:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        return int(connection.execute(f"PRAGMA max_page_count = {pages + 2}").fetchone()[0])

    database.write(limit).wait(5)
    gate = threading.Event()
    database.write(lambda _connection: gate.wait(5))
    small = database.write(put(1))
    large = database.write(
        lambda connection: connection.execute("CREATE TABLE big AS SELECT randomblob(100000) AS blob").rowcount
    )
    last = database.write(put(2))
    gate.set()
    with pytest.raises(StoreFull):
        large.wait(5)
    assert (small.wait(5), last.wait(5)) == (1, 1)
    assert values(database) == [1, 2]


def test_a_damaged_file_is_told_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"not a database at all, " * 200)
    with pytest.raises(StoreCorrupt) as corrupt:
        Store.open(path)
    assert corrupt.value.path == path
    assert path.read_bytes().startswith(b"not a database")


def test_a_page_damaged_later_is_told_too(store: Store, records: Records) -> None:
    records.relations.put_batch("z", [listed(f"wo{n}") for n in range(500)]).wait()
    store.close()
    content = bytearray(store.path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    store.path.write_bytes(content)
    with pytest.raises(StoreCorrupt):
        Store.open(store.path).profile("main", "ww1", "self-built")


def test_a_folder_that_is_none_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnavailable):
        Store.open(tmp_path / "file" / "store.db")
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(StoreFailure):
        Store.open(tmp_path / "folder.db")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX rights")
def test_a_folder_that_may_not_be_written_is_read_only(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may write everywhere")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreReadOnly):
            Store.open(tmp_path / "store.db")
    finally:
        tmp_path.chmod(0o700)


WRITER = """
import sys
from pathlib import Path
from console.store import Store
store = Store.open(Path(sys.argv[1]))
records = store.profile("main", "ww1", "self-built")
for n in range(200):
    row = {"external_contact": {"external_userid": f"{sys.argv[2]}{n}"}, "follow_info": {"userid": "z"}}
    records.relations.put_batch("z", [row]).wait()
store.close()
"""


def test_two_consoles_write_to_one_store_at_once_and_each_sees_both(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    running = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in ("a", "b")]
    assert [process.wait(60) for process in running] == [0, 0]
    store = Store.open(path)
    records = store.profile("main", "ww1", "self-built")
    assert records.relations.count(RelationQuery()) == 400
    assert records.version >= 400
    store.close()


def test_one_console_sees_what_another_writes(store: Store, records: Records) -> None:
    other = Store.open(store.path)
    theirs = other.profile("main", "ww1", "self-built")
    version = records.version
    theirs.relations.put_batch("zhangwei", [listed("wo1")]).wait()
    assert records.version > version
    assert one(records, "wo1").name == "李建国"
    other.close()


async def test_a_write_is_done_even_when_its_caller_was_cancelled(records: Records) -> None:
    async def write() -> None:
        await records.relations.put_batch("zhangwei", [listed("wo1")])

    task = asyncio.create_task(write())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await records.followers.put_list([])
    assert one(records, "wo1")


async def test_a_read_whose_caller_was_cancelled_makes_way_for_the_next(database: Database) -> None:
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    started = threading.Event()

    def read(connection: sqlite3.Connection) -> object:
        started.set()
        return connection.execute(endless).fetchone()

    task = asyncio.ensure_future(database.read(read))
    await asyncio.to_thread(started.wait, 5)
    dropped = asyncio.ensure_future(database.read(read))
    await asyncio.sleep(0)
    for one_read in (dropped, task):
        one_read.cancel()
    assert await asyncio.wait_for(database.read(lambda connection: connection.execute("SELECT 7").fetchone()), 5) == (
        7,
    )


def test_opening_the_store_loads_neither_pypinyin_nor_asyncio() -> None:
    code = (
        "import sys, console.store; "
        "print(sorted({'pypinyin', 'asyncio', 'pydantic', 'httpx', 'textual'} & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
