"""Storing what a unionid means: what is learned newest is so, and nothing that is learned again lives longer for it.

All functions run in a writer's transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from console.store.payloads import text
from console.store.words import folded

PENDING_LIFE = 90 * 86400.0
"""Seconds that a pending id is good for."""


class Source(StrEnum):
    """How a mapping was learned; `READ`: a customer's detail or list carried the unionid."""

    CONVERSION = "conversion"
    READ = "read"
    CALLBACK = "callback"
    REVERSE = "reverse"


class Learned(NamedTuple):
    """What somebody said of a unionid; `openid` and `subject_type` are what a conversion was asked with."""

    unionid: str
    external_userid: str | None
    pending_id: str | None
    source: Source
    openid: str | None = None
    subject_type: int | None = None


class _Known(NamedTuple):
    row_id: int
    external_userid: str | None
    pending_id: str | None
    expires_at: float | None
    openid: str | None
    subject_type: int | None


def learn(connection: sqlite3.Connection, profile_id: int, learned: Learned, at: float) -> None:
    """Store what was said of a unionid at `at`; the same once more changes nothing but what it was asked with."""
    row = connection.execute(
        """SELECT id, external_userid, pending_id, expires_at, openid, subject_type FROM mappings
           WHERE profile_id = ? AND unionid = ?""",
        (profile_id, learned.unionid),
    ).fetchone()
    if row is None:
        _add(connection, profile_id, learned, at)
        return
    known = _Known._make(row)
    if learned.openid is not None and (learned.openid, learned.subject_type) != (known.openid, known.subject_type):
        known = known._replace(openid=learned.openid, subject_type=learned.subject_type)
        words = _words(learned.unionid, known.openid, known.external_userid, known.pending_id)
        connection.execute(
            "UPDATE mappings SET openid = ?, subject_type = ?, words = ? WHERE id = ?",
            (known.openid, known.subject_type, words, known.row_id),
        )
    if _is_news(learned, known, at):
        _update(connection, profile_id, learned, known, at)


def join(
    connection: sqlite3.Connection, profile_id: int, pending_ids: Iterable[tuple[str, str]], source: Source, at: float
) -> list[int]:
    """Put customers (external_userid, pending id) in the place of what is pending; the ids of these mappings."""
    joined: list[int] = []
    for external_userid, pending_id in pending_ids:
        waiting = connection.execute(
            """SELECT id, unionid FROM mappings
               WHERE profile_id = ? AND pending_id = ? AND external_userid IS NULL""",
            (profile_id, pending_id),
        ).fetchall()
        for row_id, unionid in waiting:
            learn(connection, profile_id, Learned(unionid, external_userid, pending_id, source), at)
            joined.append(row_id)
    return joined


def _add(connection: sqlite3.Connection, profile_id: int, learned: Learned, at: float) -> None:
    unionid, external_userid, pending_id, source, openid, subject_type = learned
    connection.execute(
        """INSERT INTO mappings (profile_id, unionid, openid, subject_type, external_userid, pending_id, source,
               learned_at, expires_at, change, words)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            profile_id,
            unionid,
            openid,
            subject_type,
            external_userid,
            pending_id,
            source,
            at,
            at + PENDING_LIFE if pending_id else None,
            _next_change(connection, profile_id),
            _words(unionid, openid, external_userid, pending_id),
        ),
    )


def _is_news(learned: Learned, known: _Known, at: float) -> bool:
    if learned.external_userid != known.external_userid:
        return True
    if learned.pending_id is None or learned.external_userid is not None:
        return learned.pending_id not in (None, known.pending_id)
    # One that is given again after its end lives anew; one that is given again before it lives no longer.
    return learned.pending_id != known.pending_id or (known.expires_at or 0.0) <= at


def _update(connection: sqlite3.Connection, profile_id: int, learned: Learned, known: _Known, at: float) -> None:
    is_customer = learned.external_userid is not None
    pending_id = learned.pending_id or (known.pending_id if is_customer else None)
    if is_customer and pending_id == known.pending_id:
        expires_at = known.expires_at
    else:
        expires_at = at + PENDING_LIFE if pending_id else None
    arrived = is_customer and known.external_userid is None
    connection.execute(
        """UPDATE mappings SET external_userid = ?, pending_id = ?, source = ?, learned_at = ?, expires_at = ?,
               arrived_at = ?, change = ?, words = ?
           WHERE id = ?""",
        (
            learned.external_userid,
            pending_id,
            learned.source,
            at,
            expires_at,
            at if arrived else None,
            _next_change(connection, profile_id),
            _words(learned.unionid, known.openid, learned.external_userid, pending_id),
            known.row_id,
        ),
    )


def _next_change(connection: sqlite3.Connection, profile_id: int) -> int:
    rows = connection.execute("SELECT COALESCE(MAX(change), 0) FROM mappings WHERE profile_id = ?", (profile_id,))
    return int(rows.fetchone()[0]) + 1


def _words(*ids: str | None) -> str:
    return text("\n".join(folded(one) for one in ids if one)) or ""
