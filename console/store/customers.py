"""Customers: what a complete C2 read said of one, with all its followers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from console.store.database import Database
from console.store.duplicates import Duplicate, duplicates_of, relations_with_unionid
from console.store.followers import follower_key
from console.store.mapping_writes import Learned, Source, learn
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


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """A customer that any read has shown, with the name, "" where none was returned."""

    external_userid: str
    name: str


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
            if unionid := text(contact.get("unionid")):
                learn(connection, profile_id, Learned(unionid, customer, None, Source.READ), when)

        return self._database.write(job)

    def with_unionid(self, unionid: str) -> list[KnownCustomer]:
        """The customers that a read (C2, or C3) has shown with this unionid."""
        profile_id, known = self._profile_id, text(unionid) or ""

        def with_unionid(connection: sqlite3.Connection) -> list[int]:
            return relations_with_unionid(connection, profile_id, known)

        rows = self._database.rows(
            """SELECT external_userid, COALESCE(MAX(name), '') FROM (
                   SELECT external_userid, name FROM relations WHERE id IN (SELECT value FROM json_each(?))
                   UNION SELECT external_userid, name FROM customers WHERE profile_id = ? AND unionid = ?)
               GROUP BY external_userid ORDER BY external_userid""",
            (json.dumps(self._database.read_now(with_unionid)), profile_id, known),
        )
        return [KnownCustomer(*row) for row in rows]

    async def duplicates(self, external_userid: str) -> list[Duplicate]:
        """Other customers that may be the same person, those that share most first; looked for in the reader thread."""
        profile_id, customer = self._profile_id, text(external_userid) or ""
        return await self._database.read(lambda connection: duplicates_of(connection, profile_id, customer))

    def without_detail(self, userid: str, since: float) -> list[str]:
        """The customers of a follower of whom there was no complete C2 read since then."""
        rows = self._database.rows(
            """SELECT r.external_userid FROM relations r JOIN followers f ON f.id = r.follower_id
               LEFT JOIN customers c ON c.profile_id = r.profile_id AND c.external_userid = r.external_userid
               WHERE r.profile_id = ? AND f.userid_key = ? AND r.state <> 2 AND COALESCE(c.read_at, 0) < ?""",
            (self._profile_id, follower_key(userid), since),
        )
        return [external_userid for (external_userid,) in rows]

    def detail(self, external_userid: str) -> StoredDetail | None:
        """The newest complete C2 read of a customer, None when there was none."""
        rows = self._database.rows(
            """SELECT contact, pages, read_at, reads FROM customers
               WHERE profile_id = ? AND external_userid = ?""",
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

    def unionid_counts(self, *, most: int = 2000) -> tuple[int, int]:
        """Of so many relations with WeChat customers, how many came with a unionid, and how many there are."""
        [(with_unionid, wechat)] = self._database.rows(
            """SELECT count(unionid), count(*) FROM (
                   SELECT unionid FROM relations WHERE profile_id = ? AND type = 1 LIMIT ?)""",
            (self._profile_id, most),
        )
        return with_unionid, wechat
