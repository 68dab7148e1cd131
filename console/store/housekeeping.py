"""What the store holds for each profile, and the end of it: what is old, gone or no longer wanted is taken out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from console.store.database import Database
from console.store.errors import typed_errors
from console.store.relation_writes import touched
from console.store.word_index import take_out_words

_AT_ONCE: Final = 2000


class What(StrEnum):
    """What can be taken out. The record of writes and welcomes goes with everything alone."""

    EVENTS = "events"
    GONE = "gone"
    CUSTOMERS = "customers"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Usage:
    """What is kept of one profile; `oldest_event` in seconds since the epoch, None without any."""

    profile_id: int
    name: str
    corp_id: str
    app_type: str
    followers: int
    relations: int
    gone: int
    details: int
    events: int
    oldest_event: float | None
    writes: int
    unfinished_writes: int
    welcomes: int
    mappings: int


_USAGE: Final = """
    SELECT p.id, p.name, p.corp_id, p.app_type,
        (SELECT COUNT(*) FROM followers WHERE profile_id = p.id),
        (SELECT COUNT(*) FROM relations WHERE profile_id = p.id AND state <> 2),
        (SELECT COUNT(*) FROM relations WHERE profile_id = p.id AND state = 2),
        (SELECT COUNT(*) FROM customers WHERE profile_id = p.id),
        (SELECT COUNT(*) FROM events WHERE profile_id = p.id),
        (SELECT MIN(received_at) FROM events WHERE profile_id = p.id),
        (SELECT COUNT(*) FROM audit WHERE profile_id = p.id),
        (SELECT COUNT(*) FROM audit WHERE profile_id = p.id AND outcome IS NULL),
        (SELECT COUNT(*) FROM welcomes WHERE profile_id = p.id),
        (SELECT COUNT(*) FROM mappings WHERE profile_id = p.id)
    FROM profiles p ORDER BY p.name, p.id"""

# What still has to be worked on, was marked, or stands behind a welcome stays.
_OLD_EVENTS: Final = """
    SELECT id FROM events e WHERE profile_id = ? AND received_at < ? AND bookmarked = 0
        AND (kind <> 'event' OR done_at IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM welcomes w WHERE w.event_id = e.id)
    LIMIT ?"""

_TABLES_OF_A_PROFILE: Final = (
    "sync_changes",
    "customers",
    "contacts",
    "tags",
    "remembered",
    "event_documents",
    "events",
    "rejections",
    "receivers",
    "feeds",
    "mappings",
    "conversion_hours",
    "conversions_sent",
    "conversion_stops",
    "uploads",
    "welcomes",
    "audit",
    "syncs",
    "followers",
)


class Housekeeping:
    """The whole store's; see `Store.housekeeping`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def usage(self) -> list[Usage]:
        """What is kept of each profile, those that the settings no longer name included."""
        return [Usage(*row) for row in self._database.rows(_USAGE)]

    async def purge(self, profile_id: int, what: What, before: float) -> int:
        """Take out what is older than `before` (seconds since the epoch; of customers: all); how many rows that was.

        A relation goes with its documents and its search text, in pieces that leave the store whole.
        """
        taken = 0
        if what in (What.EVENTS, What.ALL):
            taken += await self._in_pieces(lambda c: _purge_events(c, profile_id, before))
        if what is not What.EVENTS:
            condition = "state = 2 AND COALESCE(gone_at, 0) < ?" if what is What.GONE else "? IS NOT NULL"
            taken += await self._in_pieces(lambda c: _purge_relations(c, profile_id, condition, before))
        if what in (What.CUSTOMERS, What.ALL):
            await self._database.write(lambda c: _forget_customers(c, profile_id))
        if what is What.ALL:
            taken += await self._database.write(lambda c: _purge_profile(c, profile_id))
        return taken

    async def _in_pieces(self, piece: Callable[[sqlite3.Connection], int]) -> int:
        taken = 0
        while done := await self._database.write(piece):
            taken += done
        return taken


def shrink(path: Path) -> None:
    """Give back the room of what was taken out, and overwrite it; nobody else may have the store open.

    Raises StoreFailure.
    """
    with typed_errors(path):
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def _purge_events(connection: sqlite3.Connection, profile_id: int, before: float) -> int:
    ids = connection.execute(_OLD_EVENTS, (profile_id, before, _AT_ONCE)).fetchall()
    connection.executemany("DELETE FROM event_documents WHERE event_id = ?", ids)
    connection.executemany("DELETE FROM events WHERE id = ?", ids)
    if ids:
        connection.execute("UPDATE feeds SET version = version + 1 WHERE profile_id = ?", (profile_id,))
    return len(ids)


def _purge_relations(connection: sqlite3.Connection, profile_id: int, condition: str, before: float) -> int:
    sql = f"SELECT id, follower_id FROM relations WHERE profile_id = ? AND {condition} LIMIT ?"
    found = connection.execute(sql, (profile_id, before, _AT_ONCE)).fetchall()
    take_out_words(connection, profile_id, found)
    ids = [(row_id,) for row_id, _follower in found]
    connection.executemany("DELETE FROM relation_documents WHERE relation_id = ?", ids)
    connection.executemany("DELETE FROM relations WHERE id = ?", ids)
    if ids:
        touched(connection, profile_id)
    return len(ids)


def _forget_customers(connection: sqlite3.Connection, profile_id: int) -> None:
    """What else was known of customers, and that it was ever read: the next look reads it anew."""
    for table in ("customers", "contacts", "sync_changes"):
        connection.execute(f"DELETE FROM {table} WHERE profile_id = ?", (profile_id,))
    connection.execute(
        "UPDATE followers SET read_at = NULL, read_complete = 0, known_total = NULL WHERE profile_id = ?", (profile_id,)
    )


def _purge_profile(connection: sqlite3.Connection, profile_id: int) -> int:
    """All that is left of a profile, its record included."""
    connection.execute(
        "DELETE FROM sync_followers WHERE sync_id IN (SELECT id FROM syncs WHERE profile_id = ?)", (profile_id,)
    )
    taken = 0
    for table in _TABLES_OF_A_PROFILE:
        taken += connection.execute(f"DELETE FROM {table} WHERE profile_id = ?", (profile_id,)).rowcount
    connection.execute("DELETE FROM profiles WHERE id = ?", (profile_id,))
    return taken
