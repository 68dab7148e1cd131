"""The one thread that writes: jobs queue up, and all that wait share one commit; durable ones go first."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from console.store.beside import NotBeside
from console.store.errors import StoreClosed, StoreFailure, StoreLocked, typed, typed_errors

if TYPE_CHECKING:
    import asyncio
    from asyncio import AbstractEventLoop

    _Waiting = dict[AbstractEventLoop, list[asyncio.Future[None]]]

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]
_Queued = tuple[Callable[[sqlite3.Connection], Any], Future[Any]]

_GROUP = 64
_BESIDE_DURABLE = 4  # others that a group with durable jobs takes along, so that neither kind waits for long
_GATHERING = 0.00015  # seconds that a durable group is left to grow
_QUIET = 0.01  # seconds without a new job before idle work begins


class Pending(Generic[T]):
    """A write that is queued: await it or `wait()` for it; both give its result or raise its failure.

    It is done even when nobody waits, or whoever waited was cancelled.
    """

    __slots__ = ("_future",)

    def __init__(self, future: Future[T]) -> None:
        self._future = future

    def __await__(self) -> Generator[Any, None, T]:
        """As `asyncio.wrap_future` and `asyncio.shield` would do it, at a third of what they cost."""
        import asyncio

        if not self._future.done():
            loop = asyncio.get_running_loop()
            committed = loop.create_future()
            self._future.add_done_callback(partial(_tell, loop, committed))
            yield from committed
        return self._future.result()

    def wait(self, timeout: float | None = None) -> T:
        """Block until it is committed; raises `TimeoutError` after `timeout` seconds."""
        return self._future.result(timeout)

    def done(self) -> bool:
        """True once it is committed or has failed."""
        return self._future.done()


_done = threading.local()
"""In a writer's thread, while a group is being told: whom to wake in which loop. Nothing elsewhere."""


def _tell(loop: AbstractEventLoop, committed: asyncio.Future[None], _future: Future[Any]) -> None:
    """Wake whoever waits, in their own loop; those of one group together."""
    waiting: _Waiting | None = getattr(_done, "waiting", None)
    if waiting is None:
        _wake_in(loop, [committed])
    else:
        waiting.setdefault(loop, []).append(committed)


def _wake_in(loop: AbstractEventLoop, waiting: list[asyncio.Future[None]]) -> None:
    with suppress(RuntimeError):  # the loop was closed meanwhile, and nobody waits
        loop.call_soon_threadsafe(_wake, waiting)


def _wake(waiting: list[asyncio.Future[None]]) -> None:
    for committed in waiting:
        if not committed.done():
            committed.set_result(None)


class Apart(Generic[T]):
    """A job that writes by other means than this thread's connection; `here` is for when it can't be done `there`."""

    def __init__(self, there: Callable[[], T], here: Job[T]) -> None:
        self.there = there
        self._here = here

    def __call__(self, connection: sqlite3.Connection) -> T:
        """As any other job."""
        return self._here(connection)


class _Group(NamedTuple):
    """Jobs to write in one transaction, on disk before any of them is done when `durable`."""

    jobs: list[_Queued]
    durable: bool


class Writer:
    """Runs jobs in the order given, durable ones first, each in a savepoint of its own, many in one transaction.

    `idle` is called in a transaction of its own when nothing has come for a while after a write, again while it
    returns true.
    """

    def __init__(
        self,
        path: Path,
        connect: Callable[[], sqlite3.Connection],
        idle: Callable[[sqlite3.Connection], bool],
    ) -> None:
        self._path = path
        self._connect = connect
        self._idle = idle
        self._idle_wanted = False
        self._quiet = False
        self._closing = False
        self._jobs: deque[_Queued] = deque()
        self._durable_jobs: deque[_Queued] = deque()
        self._is_durable: bool | None = None
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None

    def submit(self, job: Job[T], *, durable: bool = False) -> Pending[T]:
        """Queue a job; it may run twice when the transaction it was in fails, but commits at most once.

        A durable one overtakes others and is on disk, safe from a loss of power, when it is done.
        """
        future: Future[T] = Future()
        with self._wake:
            if self._closing:
                future.set_exception(StoreClosed(self._path))
                return Pending(future)
            (self._durable_jobs if durable else self._jobs).append((job, future))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
                self._thread.start()
            self._wake.notify()
        return Pending(future)

    def close(self, timeout: float) -> bool:
        """Write what is queued, then stop; false when that took longer than `timeout` seconds."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        if self._thread is None:
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        connection: sqlite3.Connection | None = None
        while True:
            group = self._next_group()
            if group is None:
                break
            try:
                if connection is None:
                    with typed_errors(self._path):
                        connection = self._connect()
                self._make_durable(connection, group.durable)
                if group.jobs:
                    if not self._write_apart(group.jobs):
                        self._write(connection, group.jobs)
                    self._idle_wanted = True
                else:
                    self._run_idle(connection)
            except BaseException as error:
                _fail_all(group.jobs, error)
        if connection is not None:
            connection.close()

    def _next_group(self) -> _Group | None:
        """The jobs to write together; empty when there is only idle work; None at the end."""
        with self._wake:
            while not self._jobs and not self._durable_jobs:
                if self._closing:
                    return None
                if self._quiet and self._idle_wanted:
                    return _Group([], durable=False)
                # The next page often follows at once; idle work in between would only hold it up.
                self._quiet = not self._wake.wait(_QUIET if self._idle_wanted else None)
            self._quiet = False
            if self._durable_jobs:
                self._gather()
            durable = _taken(self._durable_jobs, _GROUP)
            most = _BESIDE_DURABLE if durable else _GROUP
            return _Group(durable + _taken(self._jobs, most, with_others=bool(durable)), bool(durable))

    def _gather(self) -> None:
        """Leave a moment to those that come together: waiting for the disk once is dearer than this."""
        self._wake.release()
        time.sleep(_GATHERING)
        self._wake.acquire()

    def _make_durable(self, connection: sqlite3.Connection, durable: bool) -> None:
        """Have commits from now on wait for the disk, or not."""
        if durable != self._is_durable:
            with typed_errors(self._path):
                connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._is_durable = durable

    def _write_apart(self, group: list[_Queued]) -> bool:
        """Have a job that can be written elsewhere written there; False when it was not."""
        job, future = group[0]
        if not isinstance(job, Apart):
            return False
        try:
            future.set_result(job.there())
        except NotBeside:
            return False
        except sqlite3.Error as error:
            future.set_exception(typed(error, self._path))
        return True

    def _write(self, connection: sqlite3.Connection, group: list[_Queued]) -> None:
        try:
            outcomes = self._commit(connection, [job for job, _ in group])
        except sqlite3.Error as error:
            failure = typed(error, self._path)
            if len(group) == 1 or isinstance(failure, StoreLocked):
                _fail_all(group, failure)
                return
            # The transaction is gone with all in it: one that can't be written must not take others along.
            for one in group:
                self._write(connection, [one])
            return
        waiting: _Waiting = {}
        _done.waiting = waiting
        for (_, future), (result, job_error) in zip(group, outcomes, strict=True):
            if job_error is None:
                future.set_result(result)
            else:
                future.set_exception(job_error)
        _done.waiting = None
        for loop, committed in waiting.items():
            _wake_in(loop, committed)

    def _commit(self, connection: sqlite3.Connection, jobs: list[Job[Any]]) -> list[tuple[Any, BaseException | None]]:
        outcomes: list[tuple[Any, BaseException | None]] = []
        connection.execute("BEGIN IMMEDIATE")
        try:
            for job in jobs:
                connection.execute("SAVEPOINT job")
                try:
                    outcomes.append((job(connection), None))
                except Exception as error:
                    if not connection.in_transaction:
                        raise
                    connection.execute("ROLLBACK TO job")
                    known = typed(error, self._path) if isinstance(error, sqlite3.Error) else error
                    outcomes.append((None, known))
                connection.execute("RELEASE job")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return outcomes

    def _run_idle(self, connection: sqlite3.Connection) -> None:
        try:
            [(more, error)] = self._commit(connection, [self._idle])
        except sqlite3.Error:
            more, error = False, None
        # What idle work could not do now is still to be found there after the next write.
        self._idle_wanted = bool(more) and error is None


def _taken(jobs: deque[_Queued], most: int, *, with_others: bool = False) -> list[_Queued]:
    """The next jobs; one to be written apart is taken alone."""
    taken: list[_Queued] = []
    while jobs and len(taken) < most:
        if isinstance(jobs[0][0], Apart):
            return taken if taken or with_others else [jobs.popleft()]
        taken.append(jobs.popleft())
    return taken


def _fail_all(group: list[_Queued], error: BaseException) -> None:
    for _, future in group:
        if not future.done():
            future.set_exception(_again(error))


def _again(error: BaseException) -> BaseException:
    # One exception raised in several tasks would collect the tracebacks of all of them.
    return type(error)(*error.args) if isinstance(error, StoreFailure) else error
