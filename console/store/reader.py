"""The thread for long reads, so that a vector of half a million ids never stops the screen."""

from __future__ import annotations

import sqlite3
import threading
from array import array
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from console.store.errors import StoreClosed, typed_errors

T = TypeVar("T")
Read = Callable[[sqlite3.Connection], T]

_STEPS = 200_000  # of SQLite's machine, some 10 ms
_PIECE = 16_384  # characters; much more holds the interpreter long enough to be felt


class Reader:
    """Runs reads one after the other; one whose caller was cancelled is dropped or interrupted."""

    def __init__(self, path: Path, connect: Callable[[], sqlite3.Connection]) -> None:
        self._path = path
        self._connect = connect
        self._closing = False
        self._reads: deque[tuple[Read[Any], Future[Any]]] = deque()
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._connection: sqlite3.Connection | None = None
        self._running: Future[Any] | None = None
        self._dropped: Future[Any] | None = None

    async def run(self, read: Read[T]) -> T:
        """The result of `read`, called in the reader thread with its connection."""
        import asyncio

        future: Future[T] = Future()
        with self._wake:
            if self._closing:
                raise StoreClosed(self._path)
            self._reads.append((read, future))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="store-reader", daemon=True)
                self._thread.start()
            self._wake.notify()
        try:
            return await asyncio.shield(asyncio.wrap_future(future))
        except asyncio.CancelledError:
            self._drop(future)
            raise

    def close(self, timeout: float) -> None:
        """Stop, interrupting what still runs."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join(timeout)

    def _drop(self, future: Future[Any]) -> None:
        with self._wake:
            if not future.cancel():
                self._dropped = future

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._reads and not self._closing:
                    self._wake.wait()
                if self._closing:
                    break
                read, future = self._reads.popleft()
                if not future.set_running_or_notify_cancel():
                    continue
                self._running = future
            try:
                with typed_errors(self._path):
                    if self._connection is None:
                        self._connection = self._connect()
                        # A flag that is looked at, since SQLite's interrupt misses a statement about to begin.
                        self._connection.set_progress_handler(self._is_unwanted, _STEPS)
                    result = read(self._connection)
            except BaseException as error:
                if self._dropped is future:
                    future.set_result(None)
                else:
                    future.set_exception(StoreClosed(self._path) if self._closing else error)
            else:
                future.set_result(result)
        for _, future in self._reads:
            if future.set_running_or_notify_cancel():
                future.set_exception(StoreClosed(self._path))
        if self._connection is not None:
            self._connection.close()

    def _is_unwanted(self) -> bool:
        return self._closing or self._dropped is self._running


def id_vector(connection: sqlite3.Connection, select: str, values: Sequence[object]) -> array[int]:
    """The ids of an ordered SELECT whose one column is `id`, as a compact vector of 64-bit ids.

    SQLite joins them into one text, which costs half of fetching rows; the LIMIT keeps its planner from
    dropping the order of a subquery.
    """
    [joined] = connection.execute(f"SELECT group_concat(id) FROM ({select} LIMIT -1)", values).fetchone()
    vector: array[int] = array("q")
    start = 0
    while joined and start < len(joined):
        end = joined.find(",", start + _PIECE)
        piece = joined[start:] if end < 0 else joined[start:end]
        vector.extend(map(int, piece.split(",")))
        start += len(piece) + 1
    return vector
