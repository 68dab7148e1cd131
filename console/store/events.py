"""Events: what came in at the callback address, on disk before it is acknowledged, and the feed of it."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.store.database import Database
from console.store.event_query import EventQuery, selection
from console.store.event_rows import (
    SELECT_ROWS,
    EventRow,
    FeedRow,
    RawRequest,
    RowKind,
    StoredRequest,
    feed_row,
    headers_from_json,
)
from console.store.event_writes import QUARTER, Duplicate, New, store_event, store_request
from console.store.reader import id_vector
from console.store.writer import Pending
from console.wecom.callback.events import Event, Kind
from console.wecom.callback.rejection import Rejected

__all__ = ["Duplicate", "EventQuery", "Events", "FeedCounts", "New"]

_MOST_AT_ONCE = 500  # SQLite before 3.32 takes 999 parameters


@dataclass(frozen=True, slots=True)
class FeedCounts:
    """What came since some time: events, how often any of them came again, and requests rejected.

    `unseen`: failed transfers, of any time, that nobody has acknowledged.
    """

    events: int
    repeated: int
    rejected: int
    unseen: int


class Events:
    """The feed of one profile. Times are seconds since the epoch."""

    def __init__(self, database: Database, profile_id: int, clock: Callable[[], float]) -> None:
        self._database = database
        self._profile_id = profile_id
        self._clock = clock

    @property
    def version(self) -> int:
        """Grows with each commit, of any process, that changes the feed or what is known of receivers."""
        rows = self._database.rows("SELECT version FROM feeds WHERE profile_id = ?", (self._profile_id,))
        return int(rows[0][0]) if rows else 0

    def put(
        self, event: Event, request: RawRequest, *, receiver: str, received_at: float | None = None
    ) -> Pending[New | Duplicate]:
        """Store an event; once this is done, it is on disk and may be acknowledged.

        A message of the same bytes within ten minutes of its last delivery is the same event.
        """
        at = self._when(received_at)
        profile_id = self._profile_id
        return self._database.write(
            lambda connection: store_event(connection, profile_id, event, request, receiver, at), durable=True
        )

    def reject(
        self, rejected: Rejected, request: RawRequest, *, receiver: str, received_at: float | None = None
    ) -> Pending[int]:
        """Count a rejected request, and keep its beginning (4 KiB) among the newest 1,000; its row's id."""
        return self._put_request(rejected, request, receiver, received_at)

    def verified(self, request: RawRequest, *, receiver: str, received_at: float | None = None) -> Pending[int]:
        """Note that WeCom verified the address; its row's id."""
        return self._put_request(None, request, receiver, received_at)

    async def select(self, query: EventQuery) -> array[int]:
        """The ids of a query's rows, newest first, read in a thread."""
        sql, values = selection(query, self._profile_id)
        return await self._database.read(lambda connection: id_vector(connection, sql, values))

    def select_now(self, query: EventQuery) -> array[int]:
        """As `select`, here and at once."""
        sql, values = selection(query, self._profile_id)
        return self._database.read_now(lambda connection: id_vector(connection, sql, values))

    def window(self, ids: Sequence[int]) -> list[FeedRow]:
        """The rows of these ids, in their order; ids of no row are left out."""
        found: dict[int, FeedRow] = {}
        for start in range(0, len(ids), _MOST_AT_ONCE):
            part = ids[start : start + _MOST_AT_ONCE]
            marks = ",".join("?" * len(part))
            rows = self._database.rows(
                f"{SELECT_ROWS} WHERE +e.profile_id = ? AND e.id IN ({marks})", (self._profile_id, *part)
            )
            found.update((row[0], feed_row(*row)) for row in rows)
        return [found[row_id] for row_id in ids if row_id in found]

    def row(self, row_id: int) -> FeedRow | None:
        """One row by its id."""
        return next(iter(self.window([row_id])), None)

    def request(self, row_id: int) -> StoredRequest | None:
        """The request that brought a row, None for a gap."""
        rows = self._database.rows(
            """SELECT method, peer, query, headers, body, size FROM event_documents
               WHERE profile_id = ? AND event_id = ?""",
            (self._profile_id, row_id),
        )
        if not rows:
            return None
        [(method, peer, query, headers, body, size)] = rows
        return StoredRequest(RawRequest(method, peer, query, headers_from_json(headers), body), size)

    def counts(self, since: float) -> FeedCounts:
        """What came since then; of rejected requests since the quarter of an hour that holds it."""
        profile_id = self._profile_id
        [(events, repeated)] = self._database.rows(
            """SELECT count(*), COALESCE(sum(times - 1), 0) FROM events
               WHERE profile_id = ? AND received_at >= ? AND kind NOT IN (?, ?, ?)""",
            (profile_id, since, *(kind.value for kind in RowKind)),
        )
        [(rejected,)] = self._database.rows(
            "SELECT COALESCE(sum(count), 0) FROM rejections WHERE profile_id = ? AND quarter >= ?",
            (profile_id, int(since // QUARTER)),
        )
        return FeedCounts(events, repeated, rejected, len(self._unseen()))

    def unseen(self) -> list[EventRow]:
        """The failed transfers that nobody has acknowledged, newest first."""
        return [row for row in self.window(self._unseen()) if isinstance(row, EventRow)]

    def mark_seen(self, row_id: int) -> Pending[None]:
        """Note that somebody has acknowledged an event; the first time counts."""
        return self._update("seen_at = COALESCE(seen_at, ?)", self._clock(), row_id)

    def bookmark(self, row_id: int, *, on: bool) -> Pending[None]:
        """Set the bookmark of a row, or take it away."""
        return self._update("bookmarked = ?", on, row_id)

    def _when(self, at: float | None) -> float:
        return self._clock() if at is None else at

    def _put_request(
        self, rejected: Rejected | None, request: RawRequest, receiver: str, received_at: float | None
    ) -> Pending[int]:
        at = self._when(received_at)
        profile_id = self._profile_id
        return self._database.write(
            lambda connection: store_request(connection, profile_id, rejected, request, receiver, at)
        )

    def _unseen(self) -> list[int]:
        rows = self._database.rows(
            "SELECT id FROM events WHERE profile_id = ? AND kind = ? AND seen_at IS NULL ORDER BY id DESC",
            (self._profile_id, Kind.TRANSFER_FAILED.value),
        )
        return [row_id for (row_id,) in rows]

    def _update(self, assignment: str, value: float, row_id: int) -> Pending[None]:
        profile_id = self._profile_id

        def job(connection: sqlite3.Connection) -> None:
            connection.execute(
                f"UPDATE events SET {assignment} WHERE profile_id = ? AND id = ?", (value, profile_id, row_id)
            )

        return self._database.write(job)
