"""Customers: what a complete C2 read said of one, with all its followers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from console.store.database import Database
from console.store.payloads import Document, from_json, text
from console.store.relation_writes import store_detail
from console.store.tags import learn_tags
from console.store.writer import Pending


@dataclass(frozen=True, slots=True)
class StoredDetail:
    """The newest complete C2 read as received, followers in WeCom's order; `read_at` since the epoch."""

    contact: Document
    follow_users: list[Document]
    pages: int
    read_at: float


class Customers:
    """The customers of one profile."""

    def __init__(self, database: Database, profile_id: int, clock: Callable[[], float]) -> None:
        self._database = database
        self._profile_id = profile_id
        self._clock = clock

    def put_detail(
        self,
        external_userid: str,
        contact: Mapping[str, object],
        follow_users: Sequence[Mapping[str, object]],
        pages: int,
        *,
        read_at: float | None = None,
    ) -> Pending[None]:
        """Store all C2 pages of a customer (never a part of them): relations that they do not show are gone.

        `read_at` (default: now) is when the first page was asked for. Follows WeCom document 92114.
        """
        when = self._clock() if read_at is None else read_at
        profile_id = self._profile_id
        customer = text(external_userid) or ""
        users = list(follow_users)

        def job(connection: sqlite3.Connection) -> None:
            learn_tags(connection, profile_id, users)
            store_detail(connection, profile_id, customer, contact, users, pages, when)

        return self._database.write(job)

    def detail(self, external_userid: str) -> StoredDetail | None:
        """The newest complete C2 read of a customer, None when there was none."""
        rows = self._database.rows(
            """SELECT contact_c2, c2_pages, c2_at, c2_read FROM customers
               WHERE profile_id = ? AND external_userid = ? AND c2_read > 0""",
            (self._profile_id, text(external_userid)),
        )
        if not rows:
            return None
        [(contact, pages, read_at, read)] = rows
        followers = self._database.rows(
            """SELECT d.follow_user FROM relations r JOIN relation_documents d ON d.relation_id = r.id
               WHERE r.profile_id = ? AND r.external_userid = ? AND d.c2_read = ? ORDER BY d.c2_position""",
            (self._profile_id, text(external_userid), read),
        )
        return StoredDetail(from_json(contact) or {}, [from_json(user) or {} for (user,) in followers], pages, read_at)
