"""The syncs of a profile: one at a time whichever console runs it, gone on with after a crash, and how each ended."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.store.database import Database
from console.store.page_writes import ReceivedPage, put_sync_pages
from console.store.sync_changes import pair_moves
from console.store.sync_writes import (
    GoneRelation,
    add_followers,
    fail_follower,
    finish_follower,
    not_shown,
    prune,
)
from console.store.word_index import index_some
from console.store.writer import Pending

LEASE: Final = 30.0
"""Seconds without a sign of life after which a sync has been killed, and another console may go on with it."""
_WORTH_A_PROCESS: Final = 20
"""Pages at once."""
GO_ON_WITHIN: Final = 24 * 3600.0
"""Seconds after its beginning that a killed sync is gone on with; what it read before is too old then."""


class Ending(StrEnum):
    """How a sync ended."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    STOPPED = "stopped"  # before its end, by the operator or by a failure; to be gone on with


class ReadState(StrEnum):
    """Whether a sync has read a follower."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SyncFollower:
    """One follower of a sync; `known` is the number of customers known before."""

    userid: str
    state: ReadState
    relations: int | None
    known: int | None
    errcode: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Sync:
    """One sync. Times are seconds since the epoch; `beat_at` is its last sign of life, `holder` who runs it.

    `whole`: of all followers, not only of some that were asked for.
    """

    id: int
    holder: str
    whole: bool
    started_at: float
    beat_at: float
    ended_at: float | None
    ending: Ending | None
    relations: int
    requests: int
    reason: str

    def runs(self, now: float) -> bool:
        """Whether somebody is at it."""
        return self.ended_at is None and abs(now - self.beat_at) < LEASE


@dataclass(frozen=True, slots=True)
class Begun:
    """A sync that this console runs now; `gone_on_with`: it was begun before."""

    sync: Sync
    gone_on_with: bool


_SELECT: Final = """
    SELECT id, holder, whole, started_at, beat_at, ended_at, ending, relations, requests, reason FROM syncs
    WHERE profile_id = ?"""


class Syncs:
    """The syncs of one profile."""

    def __init__(self, database: Database, profile_id: int, clock: Callable[[], float]) -> None:
        self._database = database
        self._profile_id = profile_id
        self._clock = clock

    def begin(
        self,
        holder: str,
        *,
        whole: bool = True,
        anew: bool = False,
        is_dead: Callable[[str], bool] = lambda holder: False,
    ) -> Pending[Begun | Sync]:
        """Begin a sync, or go on with a whole one that was killed or stopped; another console's, if it runs one.

        `anew`: whatever was left is not gone on with. `is_dead` knows of holders that can't be alive.
        """
        now, profile_id = self._clock(), self._profile_id

        def job(connection: sqlite3.Connection) -> Begun | Sync:
            last = _last(connection, profile_id)
            if last is not None and last.runs(now) and last.holder != holder and not is_dead(last.holder):
                return last
            left = _left(connection, profile_id, now) if whole and not anew else None
            connection.execute(
                "UPDATE syncs SET ended_at = beat_at, ending = ? WHERE profile_id = ? AND ended_at IS NULL",
                (Ending.STOPPED.value, profile_id),
            )
            if left is not None:
                connection.execute(
                    "UPDATE syncs SET holder = ?, beat_at = ?, ended_at = NULL, ending = NULL WHERE id = ?",
                    (holder, now, left),
                )
                return Begun(_one(connection, profile_id, left), gone_on_with=True)
            added = connection.execute(
                "INSERT INTO syncs (profile_id, holder, whole, started_at, beat_at) VALUES (?, ?, ?, ?, ?)",
                (profile_id, holder, whole, now, now),
            ).lastrowid
            return Begun(_one(connection, profile_id, int(added or 0)), gone_on_with=False)

        return self._database.write(job)

    def plan(self, sync_id: int, userids: Sequence[str]) -> Pending[list[SyncFollower]]:
        """Note which followers a sync is to read; all of them as they stand, those read before a crash included."""
        profile_id = self._profile_id

        def job(connection: sqlite3.Connection) -> list[SyncFollower]:
            add_followers(connection, profile_id, sync_id, userids)
            return _followers(connection, sync_id)

        return self._database.write(job)

    def put_pages(self, sync_id: int, pages: Sequence[ReceivedPage]) -> Pending[int]:
        """Store pages of C3 with their search text, and note what changed; how many rows they had."""
        where = (self._profile_id, sync_id, self._clock())
        # A process of its own takes a moment to begin: not for a few pages.
        return self._database.write_beside(put_sync_pages, [where, *pages], begin=len(pages) >= _WORTH_A_PROCESS)

    def finish(
        self, sync_id: int, userid: str, began_at: float, gone: Sequence[GoneRelation] | None = None
    ) -> Pending[int | list[GoneRelation]]:
        """Note that a follower was read to the end; how many relations there are.

        Without `gone` and where relations were known that were not shown, nothing is noted and those are the answer:
        whoever calls has to find out which of them are gone.
        """
        profile_id, at = self._profile_id, self._clock()

        def job(connection: sqlite3.Connection) -> int | list[GoneRelation]:
            if gone is None and (missing := not_shown(connection, profile_id, userid, began_at)):
                return missing
            return finish_follower(connection, profile_id, sync_id, userid, gone or (), began_at, at)

        return self._database.write(job)

    def fail(self, sync_id: int, userid: str, errcode: int | None, reason: str) -> Pending[None]:
        """Note that a follower could not be read, and why."""
        profile_id, at = self._profile_id, self._clock()
        return self._database.write(
            lambda connection: fail_follower(connection, profile_id, sync_id, userid, errcode, reason, at)
        )

    def beat(self, sync_id: int, holder: str, relations: int, requests: int) -> Pending[bool]:
        """Give a sign of life; false when another console has taken the sync over."""
        values = (self._clock(), relations, requests, sync_id, holder)

        def job(connection: sqlite3.Connection) -> bool:
            changed = connection.execute(
                """UPDATE syncs SET beat_at = ?, relations = ?, requests = ?
                   WHERE id = ? AND holder = ? AND ended_at IS NULL""",
                values,
            )
            return bool(changed.rowcount)

        return self._database.write(job)

    def end(
        self, sync_id: int, holder: str, ending: Ending, relations: int, requests: int, reason: str
    ) -> Pending[None]:
        """Note how a sync ended; what is new here and gone there has moved."""
        database, profile_id, values = (
            self._database,
            self._profile_id,
            (self._clock(), ending.value, relations, requests, reason, sync_id, holder),
        )

        def job(connection: sqlite3.Connection) -> None:
            pair_moves(connection, sync_id)
            prune(connection, profile_id, sync_id)
            connection.execute(
                """UPDATE syncs SET ended_at = ?, ending = ?, relations = ?, requests = ?, reason = ?
                   WHERE id = ? AND holder = ? AND ended_at IS NULL""",
                values,
            )
            index_some(connection, profile_id)
            database.end_beside()

        return self._database.write(job)

    def last(self) -> Sync | None:
        """The newest sync, running or not; None before the first."""
        return self._database.read_now(lambda connection: _last(connection, self._profile_id))

    def last_complete(self) -> float | None:
        """When the newest complete sync began."""
        rows = self._database.rows(
            "SELECT MAX(started_at) FROM syncs WHERE profile_id = ? AND ending = 'complete'", (self._profile_id,)
        )
        found: float | None = rows[0][0]
        return found

    def failed(self) -> list[SyncFollower]:
        """The followers that could not be read when they were asked for last."""
        rows = self._database.rows(
            f"""{_FOLLOWERS} JOIN syncs y ON y.id = s.sync_id
                WHERE y.profile_id = ? AND s.state = 'failed' AND s.sync_id = (
                    SELECT MAX(n.sync_id) FROM sync_followers n
                    WHERE n.follower_id = s.follower_id AND n.state <> 'waiting')
                ORDER BY s.sync_id, s.position""",
            (self._profile_id,),
        )
        return [_follower(*row) for row in rows]

    def followers(self, sync_id: int) -> list[SyncFollower]:
        """The followers of a sync in their order, and what has become of each."""
        return self._database.read_now(lambda connection: _followers(connection, sync_id))


def _last(connection: sqlite3.Connection, profile_id: int) -> Sync | None:
    row = connection.execute(f"{_SELECT} ORDER BY id DESC LIMIT 1", (profile_id,)).fetchone()
    return None if row is None else _sync(*row)


def _left(connection: sqlite3.Connection, profile_id: int, now: float) -> int | None:
    """The newest whole sync, if it did not come to its end and is not too old to go on with."""
    row = connection.execute(f"{_SELECT} AND whole = 1 ORDER BY id DESC LIMIT 1", (profile_id,)).fetchone()
    last = None if row is None else _sync(*row)
    if last is None or last.ending not in (None, Ending.STOPPED) or not 0 <= now - last.started_at < GO_ON_WITHIN:
        return None
    return last.id


def _one(connection: sqlite3.Connection, profile_id: int, sync_id: int) -> Sync:
    return _sync(*connection.execute(f"{_SELECT} AND id = ?", (profile_id, sync_id)).fetchone())


def _sync(
    row_id: int,
    holder: str,
    whole: int,
    started_at: float,
    beat_at: float,
    ended_at: float | None,
    ending: str | None,
    relations: int,
    requests: int,
    reason: str,
) -> Sync:
    how = None if ending is None else Ending(ending)
    return Sync(row_id, holder, bool(whole), started_at, beat_at, ended_at, how, relations, requests, reason)


_FOLLOWERS: Final = """
    SELECT f.userid, s.state, s.relations, f.customers, s.errcode, s.reason
    FROM sync_followers s JOIN followers f ON f.id = s.follower_id"""


def _followers(connection: sqlite3.Connection, sync_id: int) -> list[SyncFollower]:
    rows = connection.execute(f"{_FOLLOWERS} WHERE s.sync_id = ? ORDER BY s.position", (sync_id,))
    return [_follower(*row) for row in rows]


def _follower(
    userid: str, state: str, relations: int | None, known: int | None, errcode: int | None, reason: str
) -> SyncFollower:
    return SyncFollower(userid, ReadState(state), relations, known, errcode, reason)
