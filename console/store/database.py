"""The store's file: opened, migrated, and its connections: one to write, one for long reads, one at hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar

from console.store.beside import Beside, NotBeside, Work
from console.store.errors import StoreClosed, typed_errors
from console.store.files import make_private
from console.store.migrating import Migration, migrate, migrations_in
from console.store.reader import Reader
from console.store.writer import Apart, Job, Pending, Writer

T = TypeVar("T")

_MOMENT = 0.01  # seconds


class Database:
    """An open store file (WAL); see `Store.open` for the failures that opening can raise."""

    def __init__(
        self,
        path: Path,
        *,
        busy_timeout: float,
        idle: Callable[[sqlite3.Connection], bool],
        migrations: Sequence[Migration] | None = None,
    ) -> None:
        self.path = path
        self._busy_timeout = busy_timeout
        make_private(path)
        with typed_errors(path):
            self._here: sqlite3.Connection | None = self._connect()
            try:
                migrate(self._here, path, migrations or migrations_in())
            except BaseException:
                self._here.close()
                raise
        self._writer = Writer(path, self._connect, idle)
        self._beside = Beside(path, busy_timeout)
        self._reader = Reader(path, self._connect)

    def write(self, job: Job[T], *, durable: bool = False) -> Pending[T]:
        """Queue a job for the writer thread; it is committed before the result arrives.

        A durable one goes first, and its commit is on disk, safe from a loss of power.
        """
        return self._writer.submit(job, durable=durable)

    def write_beside(self, work: Work[T], parts: Sequence[object], *, begin: bool = True) -> Pending[T]:
        """As `write`, in a process of its own where there is one or, with `begin`, can be one; else here after all.

        It keeps its place among the other writes. `work` is a function of a module.
        """
        beside = self._beside

        def there() -> T:
            if not begin and not beside.is_there:
                raise NotBeside
            return beside.do(work, parts)

        return self._writer.submit(Apart(there, lambda connection: work(connection, list(parts))))

    def end_beside(self) -> None:
        """End the process for big writes; for the writer thread alone. The next big write begins another."""
        self._beside.close()

    def read(self, read: Callable[[sqlite3.Connection], T]) -> Awaitable[T]:
        """Run a long read in the reader thread; a cancelled caller interrupts it."""
        return self._reader.run(read)

    def read_now(self, read: Callable[[sqlite3.Connection], T]) -> T:
        """Run a read here, in the calling thread."""
        if self._here is None:
            raise StoreClosed(self.path)
        with typed_errors(self.path):
            return read(self._here)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a short query, read in the calling thread."""
        return self.read_now(lambda connection: connection.execute(sql, values).fetchall())

    def close(self, timeout: float) -> bool:
        """Write what is queued, stop both threads; false when writing took longer than `timeout` seconds."""
        written = self._writer.close(timeout)
        if written:
            self._beside.close()
        self._reader.close(timeout)
        if self._here is not None:
            self._here.close()
            self._here = None
        return written

    def _connect(self) -> sqlite3.Connection:
        return connect(self.path, self._busy_timeout)


def connect(path: Path, busy_timeout: float) -> sqlite3.Connection:
    """A connection as all of ours are. Raises sqlite3.Error."""
    connection = sqlite3.connect(path, timeout=busy_timeout, isolation_level=None, check_same_thread=False)
    try:
        _use_wal(connection, busy_timeout)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -1024")  # KiB; the operating system keeps the file's pages as well
        connection.execute("PRAGMA wal_autocheckpoint = 4000")  # pages: a quarter of the usual trips to the disk
        connection.execute("PRAGMA journal_size_limit = 16777216")
    except BaseException:
        connection.close()
        raise
    return connection


def _use_wal(connection: sqlite3.Connection, busy_timeout: float) -> None:
    """Switch to write-ahead logging; SQLite does not wait by itself while another process does it to a new file."""
    end = monotonic() + busy_timeout
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() >= end:
                raise
            sleep(_MOMENT)
