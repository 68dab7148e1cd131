"""What a sync found to be otherwise than it was known: new, gone, changed, moved to another follower."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.store.database import Database
from console.store.payloads import ContactColumns, FollowColumns, text, to_json


class Kind(StrEnum):
    """How a relation differs from what was known."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    MOVED = "moved"


FieldChanges = Mapping[str, tuple[str | None, str | None]]
"""What was known and what was found by WeCom's name of a field; mobiles a line each, tags by their ids."""


@dataclass(frozen=True, slots=True)
class SyncChange:
    """One difference, found `at` seconds since the epoch; `from_userid` is whose customer it was before it moved."""

    id: int
    at: float
    kind: Kind
    external_userid: str
    userid: str
    from_userid: str | None
    fields: FieldChanges


_NAMES: Final = {
    "company": "remark_corp_name",
    "mobiles": "remark_mobiles",
    "tag_ids": "tag_id",
}
_INSERT: Final = """
    INSERT INTO sync_changes (profile_id, sync_id, at, kind, external_userid, follower_id, fields)
    VALUES (?, ?, ?, ?, ?, ?, ?)"""
_SELECT: Final = """
    SELECT c.id, c.at, c.kind, c.external_userid, f.userid, g.userid, c.fields
    FROM sync_changes c JOIN followers f ON f.id = c.follower_id LEFT JOIN followers g ON g.id = c.from_follower"""


class ChangeNotes:
    """Notes of one write of a sync. Of a follower that was never read completely before, all would be news."""

    def __init__(self, connection: sqlite3.Connection, profile_id: int, sync_id: int, at: float) -> None:
        self._connection = connection
        self._sync = (profile_id, sync_id, at)
        self._was_known: dict[int, bool] = {}
        self._contacts: set[str] = set()
        self._rows: list[tuple[object, ...]] = []

    def add(self, kind: Kind, follower: int, customer: str, fields: FieldChanges | None = None) -> None:
        """Note a difference."""
        if self._knew(follower):
            self._rows.append((*self._sync, kind.value, customer, follower, to_json(fields or {})))

    def compare(
        self,
        follower: int,
        customer: str,
        before: ContactColumns | FollowColumns,
        now: ContactColumns | FollowColumns,
    ) -> None:
        """Note which fields differ; what belongs to the customer is noted once, whoever follows."""
        if before == now:
            return
        if isinstance(now, ContactColumns):
            if customer in self._contacts:
                return
            self._contacts.add(customer)
        fields = {
            _NAMES.get(name, name): (_words(old), _words(new))
            for name, old, new in zip(now._fields, before, now, strict=True)
            if old != new
        }
        self.add(Kind.CHANGED, follower, customer, fields)

    def write(self) -> None:
        """Store what was noted."""
        self._connection.executemany(_INSERT, self._rows)
        self._rows.clear()

    def _knew(self, follower: int) -> bool:
        if follower not in self._was_known:
            found = self._connection.execute("SELECT read_complete FROM followers WHERE id = ?", (follower,)).fetchone()
            self._was_known[follower] = bool(found and found[0])
        return self._was_known[follower]


def pair_moves(connection: sqlite3.Connection, sync_id: int) -> None:
    """Turn a relation that is new here and gone there into one that moved."""
    moved = connection.execute(
        """SELECT n.id, MIN(g.id), g.follower_id FROM sync_changes n JOIN sync_changes g
               ON g.sync_id = n.sync_id AND g.kind = 'gone' AND g.external_userid = n.external_userid
           WHERE n.sync_id = ? AND n.kind = 'new' AND n.follower_id <> g.follower_id GROUP BY n.id""",
        (sync_id,),
    ).fetchall()
    connection.executemany(
        "UPDATE sync_changes SET kind = 'moved', from_follower = ? WHERE id = ?",
        [(follower, new) for new, _gone, follower in moved],
    )
    connection.executemany("DELETE FROM sync_changes WHERE id = ?", {(gone,) for _new, gone, _follower in moved})


class SyncChanges:
    """The differences that the syncs of one profile found."""

    def __init__(self, database: Database, profile_id: int) -> None:
        self._database = database
        self._profile_id = profile_id

    def of_customer(self, external_userid: str, *, most: int = 200) -> list[SyncChange]:
        """What was found about a customer, the newest first."""
        return self._where("c.external_userid = ?", text(external_userid), most=most)

    def of_sync(self, sync_id: int, *, most: int = 500) -> list[SyncChange]:
        """What one sync found, the newest first."""
        return self._where("c.sync_id = ?", sync_id, most=most)

    def counts(self, sync_id: int) -> dict[Kind, int]:
        """How much of each kind one sync found."""
        rows = self._database.rows(
            "SELECT kind, COUNT(*) FROM sync_changes WHERE profile_id = ? AND sync_id = ? GROUP BY kind",
            (self._profile_id, sync_id),
        )
        return {Kind(kind): int(count) for kind, count in rows}

    def _where(self, condition: str, value: object, *, most: int) -> list[SyncChange]:
        rows = self._database.rows(
            f"{_SELECT} WHERE c.profile_id = ? AND {condition} ORDER BY c.id DESC LIMIT {most:d}",
            (self._profile_id, value),
        )
        return [
            SyncChange(row_id, at, Kind(kind), customer, userid, before, _fields(fields))
            for row_id, at, kind, customer, userid, before, fields in rows
        ]


def _fields(written: str) -> FieldChanges:
    return {name: (pair[0], pair[1]) for name, pair in json.loads(written).items()}


def _words(value: str | int | None) -> str | None:
    return None if value is None else str(value)
