"""Receivers: who listens at the callback address and who did, so that a time in which nobody listened is known."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from console.store.database import Database
from console.store.event_rows import GapRow, RowKind, WhyGap
from console.store.event_writes import store_gap
from console.store.writer import Pending

BEAT_EVERY = 10.0
"""Seconds between the signs of life that a receiver writes."""

DEAD_AFTER = 30.0
"""Seconds without one after which it is taken for dead."""

_SHORTEST_GAP = 1.0  # seconds; WeCom sends again what was missed for a moment


@dataclass(frozen=True, slots=True)
class ReceiverRun:
    """One run of a receiver. `receiver` names its process, `address` where it listens; `stopped_at` None: it runs.

    `why` is how it ended: "stopped", "crashed", or what it said when it stopped. Times are seconds since the epoch.
    """

    id: int
    receiver: str
    address: str
    started_at: float
    beat_at: float
    stopped_at: float | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Receiving:
    """What is known of receiving: who listens, the run that ended last, since when nobody listens (None: somebody
    does, or nobody ever did), and when an event came last."""

    listening: tuple[ReceiverRun, ...]
    last_run: ReceiverRun | None
    silent_since: float | None
    last_event_at: float | None


_RUN = "SELECT id, receiver, address, started_at, beat_at, stopped_at, why FROM receivers"


class Receivers:
    """The receivers of one profile."""

    def __init__(self, database: Database, profile_id: int, clock: Callable[[], float]) -> None:
        self._database = database
        self._profile_id = profile_id
        self._clock = clock

    def start(self, receiver: str, address: str) -> Pending[int]:
        """Note that a receiver listens now; the id of its run.

        Runs that went silent, and any at the same address, have crashed: two can't listen there. If nobody listened
        until now, the gap becomes a row of the feed.
        """
        now, profile_id = self._clock(), self._profile_id

        def job(connection: sqlite3.Connection) -> int:
            connection.execute(
                """UPDATE receivers SET stopped_at = beat_at, why = ?
                   WHERE profile_id = ? AND stopped_at IS NULL AND (beat_at < ? OR address = ?)""",
                (WhyGap.CRASHED.value, profile_id, now - DEAD_AFTER, address),
            )
            _note_gap(connection, profile_id, receiver, now)
            added = connection.execute(
                "INSERT INTO receivers (profile_id, receiver, address, started_at, beat_at) VALUES (?, ?, ?, ?, ?)",
                (profile_id, receiver, address, now, now),
            )
            return int(added.lastrowid or 0)

        return self._database.write(job)

    def beat(self, run_id: int) -> Pending[None]:
        """Give a sign of life, every `BEAT_EVERY` seconds; one that comes much too late leaves a gap in the feed."""
        now, profile_id = self._clock(), self._profile_id

        def job(connection: sqlite3.Connection) -> None:
            [run] = _runs(connection, "profile_id = ? AND id = ?", (profile_id, run_id))
            if now - run.beat_at > DEAD_AFTER and not _alive(connection, profile_id, now, besides=run_id):
                store_gap(connection, profile_id, run.receiver, run.beat_at, now, WhyGap.ASLEEP)
            # Somebody who started meanwhile may have taken it for dead.
            connection.execute(
                "UPDATE receivers SET beat_at = ?, stopped_at = NULL, why = NULL WHERE id = ?", (now, run_id)
            )

        return self._database.write(job)

    def stop(self, run_id: int, why: str = WhyGap.STOPPED) -> Pending[None]:
        """Note that a receiver listens no longer."""
        now, profile_id = self._clock(), self._profile_id

        def job(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE receivers SET beat_at = ?, stopped_at = ?, why = ? WHERE profile_id = ? AND id = ?",
                (now, now, str(why), profile_id, run_id),
            )

        return self._database.write(job)

    def state(self) -> Receiving:
        """Who listens now, as far as it can be known, or since when nobody does."""
        return self._database.read_now(self._state)

    def first_start(self) -> float | None:
        """When somebody listened for the first time, None when nobody ever did."""
        rows = self._database.rows("SELECT min(started_at) FROM receivers WHERE profile_id = ?", (self._profile_id,))
        return None if rows[0][0] is None else float(rows[0][0])

    def gaps(self, since: float, until: float) -> list[GapRow]:
        """The times between these two in which nobody listened, oldest first; not one that still goes on."""
        rows = self._database.rows(
            """SELECT id, since, received_at, receiver, reason, bookmarked FROM events
               WHERE profile_id = ? AND kind = ? AND received_at >= ? AND since <= ? ORDER BY since""",
            (self._profile_id, RowKind.GAP.value, since, until),
        )
        return [
            GapRow(row_id, began, ended, receiver, WhyGap(why), bool(bookmarked))
            for row_id, began, ended, receiver, why, bookmarked in rows
        ]

    def _state(self, connection: sqlite3.Connection) -> Receiving:
        now, profile_id = self._clock(), self._profile_id
        listening = tuple(_alive(connection, profile_id, now))
        runs = _runs(connection, "profile_id = ? ORDER BY COALESCE(stopped_at, beat_at) DESC LIMIT 1", (profile_id,))
        last_run = runs[0] if runs else None
        silent_since = None if listening else _covered_until(connection, profile_id)
        return Receiving(listening, last_run, silent_since, _last_event_at(connection, profile_id))


def _runs(connection: sqlite3.Connection, where: str, values: tuple[object, ...]) -> list[ReceiverRun]:
    return [ReceiverRun(*row) for row in connection.execute(f"{_RUN} WHERE {where}", values)]


def _alive(connection: sqlite3.Connection, profile_id: int, now: float, besides: int = 0) -> list[ReceiverRun]:
    return _runs(
        connection,
        "profile_id = ? AND stopped_at IS NULL AND beat_at >= ? AND id <> ? ORDER BY id",
        (profile_id, now - DEAD_AFTER, besides),
    )


def _covered_until(connection: sqlite3.Connection, profile_id: int) -> float | None:
    """Until when somebody is known to have listened: a run's end, its last sign of life, or an event that came."""
    [ended] = connection.execute(
        "SELECT max(COALESCE(stopped_at, beat_at)) FROM receivers WHERE profile_id = ?", (profile_id,)
    ).fetchone()
    if ended is None:
        return None
    return max(float(ended), _last_event_at(connection, profile_id) or 0.0)


def _last_event_at(connection: sqlite3.Connection, profile_id: int) -> float | None:
    row = connection.execute(
        """SELECT received_at FROM events WHERE profile_id = ? AND fingerprint IS NOT NULL
           ORDER BY received_at DESC LIMIT 1""",
        (profile_id,),
    ).fetchone()
    return float(row[0]) if row else None


def _note_gap(connection: sqlite3.Connection, profile_id: int, receiver: str, now: float) -> None:
    since = _covered_until(connection, profile_id)
    if since is None or now - since < _SHORTEST_GAP or _alive(connection, profile_id, now):
        return
    [last] = _runs(connection, "profile_id = ? ORDER BY stopped_at DESC LIMIT 1", (profile_id,))
    why = WhyGap.CRASHED if last.why == WhyGap.CRASHED else WhyGap.STOPPED
    store_gap(connection, profile_id, receiver, since, now, why)
