"""Storing what came in: an event once however often it is delivered, the newest requests that brought none, gaps.

All functions run in a writer's transaction.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from console.store.event_rows import (
    RawRequest,
    RowKind,
    WelcomeState,
    WhyGap,
    event_words,
    headers_to_json,
)
from console.store.followers import follower_key
from console.store.payloads import text
from console.wecom.callback.events import Event
from console.wecom.callback.rejection import Rejected

REPEATED_WITHIN = 600.0
"""Seconds after a delivery in which the same message is the same event; WeCom sends one up to three times."""

KEPT_REQUESTS = 1000
"""How many rejected requests are kept, the newest ones, and how many verifications."""

KEPT_BYTES = 4096
"""How much is kept of each of them."""

QUARTER = 900
"""Seconds that one count of rejected requests is for."""

_KEPT_HEAD = 1024  # characters of the query, and of the headers, of a request of which only the beginning is kept


_SEEN_BEFORE = "SELECT id, times FROM events WHERE profile_id = ? AND fingerprint = ? AND last_at >= ?"


@dataclass(frozen=True, slots=True)
class New:
    """A message not seen before: an event of its own."""

    id: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A message delivered again, now for the `times`th time; `id` is the event's."""

    id: int
    times: int


def store_event(
    connection: sqlite3.Connection, profile_id: int, event: Event, request: RawRequest, receiver: str, at: float
) -> New | Duplicate:
    """Store an event, or count one more delivery of it."""
    fingerprint = bytes.fromhex(event.fingerprint)
    seen_before = (profile_id, fingerprint, at - REPEATED_WITHIN)
    added = connection.execute(
        f"""INSERT INTO events (profile_id, kind, received_at, last_at, receiver, fingerprint, follower_key,
                external_userid, words, welcome)
            SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS ({_SEEN_BEFORE})""",
        (
            profile_id,
            event.kind.value,
            at,
            at,
            receiver,
            fingerprint,
            follower_key(event.userid or ""),
            text(event.external_userid),
            event_words(event),
            (WelcomeState.OPEN if event.welcome_code else WelcomeState.NONE).value,
            *seen_before,
        ),
    )
    if not added.rowcount:
        row_id, times = connection.execute(f"{_SEEN_BEFORE} ORDER BY id DESC LIMIT 1", seen_before).fetchone()
        connection.execute("UPDATE events SET times = ?, last_at = ? WHERE id = ?", (times + 1, at, row_id))
        return Duplicate(row_id, times + 1)
    row_id = int(added.lastrowid or 0)
    _store_document(connection, profile_id, row_id, event.message, request, len(request.body))
    return New(row_id)


def store_request(
    connection: sqlite3.Connection,
    profile_id: int,
    rejected: Rejected | None,
    request: RawRequest,
    receiver: str,
    at: float,
) -> int:
    """Count and keep a rejected request, or (None) keep a verification of the address; its row's id."""
    if rejected:
        connection.execute(
            """INSERT INTO rejections (profile_id, quarter, count) VALUES (?, ?, 1)
               ON CONFLICT (profile_id, quarter) DO UPDATE SET count = count + 1""",
            (profile_id, int(at // QUARTER)),
        )
    kind = RowKind.REJECTED if rejected else RowKind.VERIFIED
    reason, detail = (rejected.reason.value, rejected.detail) if rejected else (None, "")
    row_id = _store_no_event(connection, profile_id, kind, receiver, at, reason, detail)
    _store_document(connection, profile_id, row_id, None, _beginning(request), len(request.body))
    _drop_old(connection, profile_id, kind)
    return row_id


def store_gap(
    connection: sqlite3.Connection, profile_id: int, receiver: str, since: float, until: float, why: WhyGap
) -> int:
    """Note a time in which nobody listened; its row's id."""
    return _store_no_event(connection, profile_id, RowKind.GAP, receiver, until, why.value, since=since)


def _store_no_event(
    connection: sqlite3.Connection,
    profile_id: int,
    kind: RowKind,
    receiver: str,
    at: float,
    reason: str | None,
    detail: str = "",
    since: float | None = None,
) -> int:
    # Done from the start: it has no effects.
    added = connection.execute(
        """INSERT INTO events (profile_id, kind, received_at, last_at, done_at, receiver, reason, detail, since)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (profile_id, kind.value, at, at, at, receiver, reason, text(detail), since),
    )
    return int(added.lastrowid or 0)


def _store_document(
    connection: sqlite3.Connection, profile_id: int, row_id: int, message: str | None, request: RawRequest, size: int
) -> None:
    connection.execute(
        """INSERT INTO event_documents (event_id, profile_id, message, method, peer, query, headers, body, size)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            row_id,
            profile_id,
            message,
            text(request.method),
            text(request.peer),
            text(request.query),
            headers_to_json(request.headers),
            request.body,
            size,
        ),
    )


def _beginning(request: RawRequest) -> RawRequest:
    """As much of a request as is kept of one that brought no event."""
    query = request.query[:_KEPT_HEAD]
    headers: list[tuple[str, str]] = []
    used = 0
    for name, value in request.headers:
        used += len(name) + len(value)
        if used > _KEPT_HEAD:
            break
        headers.append((name, value))
    return replace(request, query=query, headers=tuple(headers), body=request.body[: KEPT_BYTES - 2 * _KEPT_HEAD])


def _drop_old(connection: sqlite3.Connection, profile_id: int, kind: RowKind) -> None:
    oldest_kept = connection.execute(
        "SELECT id FROM events WHERE profile_id = ? AND kind = ? ORDER BY id DESC LIMIT 1 OFFSET ?",
        (profile_id, kind.value, KEPT_REQUESTS - 1),
    ).fetchone()
    if oldest_kept:
        older = "SELECT id FROM events WHERE profile_id = ? AND kind = ? AND id < ?"
        values = (profile_id, kind.value, *oldest_kept)
        connection.execute(f"DELETE FROM event_documents WHERE event_id IN ({older})", values)
        connection.execute(f"DELETE FROM events WHERE id IN ({older})", values)
