"""Relations: one follower with one customer; what lists show, and what WeCom said about each."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from console.store.database import Database
from console.store.followers import follower_id, follower_key
from console.store.payloads import Document, from_json, text
from console.store.query import RelationQuery, selection
from console.store.reader import id_vector
from console.store.relation_writes import IdsStored, store_ids, store_rows
from console.store.word_index import index_all, is_behind
from console.store.writer import Pending

__all__ = [
    "IdsStored",
    "RelationDocument",
    "RelationQuery",
    "RelationRow",
    "RelationState",
    "Relations",
]

_MOST_AT_ONCE = 500  # SQLite before 3.32 takes 999 parameters


class RelationState(IntEnum):
    """Whether a relation is there: read, known by its id only (C1), or gone."""

    ACTIVE = 0
    UNREAD = 1
    GONE = 2


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation as lists show it. Times are seconds since the epoch; None: WeCom never returned it.

    `mobiles_known` is false when the field was never returned; `seen_at` is when a read last showed the
    relation's content, or its id for the first time.
    """

    id: int
    userid: str
    external_userid: str
    name: str | None
    remark: str | None
    company: str | None
    corp_name: str | None
    mobiles: tuple[str, ...]
    mobiles_known: bool
    description: str | None
    createtime: int | None
    add_way: int | None
    type: int | None
    state: RelationState
    gone_at: float | None
    seen_at: float


@dataclass(frozen=True, slots=True)
class RelationDocument:
    """What C2 (`follow_user`) and C3 (`follow_info`) last said of a relation, and both of its customer.

    `contact` is what C2 said, with what C3 said since over it; times are of the customer's C2 read and the
    relation's C3 read.
    """

    follow_user: Document | None = None
    follow_info: Document | None = None
    contact: Document | None = None
    read_at_c2: float | None = None
    read_at_c3: float | None = None


_ROW = """
    SELECT r.id, f.userid, r.external_userid, r.name, r.remark, r.company, r.corp_name, r.mobiles,
           r.description, r.createtime, r.add_way, r.type, r.state, r.gone_at, r.seen_at
    FROM relations r JOIN followers f ON f.id = r.follower_id"""

_DOCUMENT = """
    SELECT r.id, d.follow_user, d.follow_info, r.c2_at, r.c3_at, r.external_userid,
           c.contact_c2, c.contact_c3, c.c2_at, c.c3_at
    FROM relations r
    LEFT JOIN relation_documents d ON d.relation_id = r.id
    LEFT JOIN customers c ON c.profile_id = r.profile_id AND c.external_userid = r.external_userid"""


class Relations:
    """The relations of one profile."""

    def __init__(self, database: Database, profile_id: int, clock: Callable[[], float]) -> None:
        self._database = database
        self._profile_id = profile_id
        self._clock = clock

    def put_ids(
        self, userid: str, external_userids: Sequence[str], *, read_at: float | None = None
    ) -> Pending[IdsStored]:
        """Store all that C1 returned for a follower: new ids as unread rows; known ones it lacks are gone.

        `read_at` (default: now) is when the answer was asked for: a relation that went later stays gone.
        """
        when = self._when(read_at)
        ids = list(external_userids)
        return self._database.write(lambda connection: store_ids(connection, self._profile_id, userid, ids, when))

    def put_batch(
        self, userid: str | None, rows: Sequence[Mapping[str, object]], *, read_at: float | None = None
    ) -> Pending[int]:
        """Store one C3 page as received (`external_contact`, `follow_info`); gives how many rows it stored.

        Fields that a row lacks keep their last known value. `userid` stands in where a row names no
        follower; a row without follower or customer is left out.
        """
        when = self._when(read_at)
        page = list(rows)
        return self._database.write(lambda connection: store_rows(connection, self._profile_id, userid, page, when))

    async def select(self, query: RelationQuery) -> array[int]:
        """The ids of a query's rows in its order, read in a thread; rows without search text get it first."""
        read, write = self._database.read, self._database.write
        if query.needs_words() and await read(lambda connection: self._behind(connection, query)):
            await write(lambda connection: self._index(connection, query))
        return await read(lambda connection: self._select(connection, query))

    def select_now(self, query: RelationQuery) -> array[int]:
        """As `select`, here and at once: of rows stored a moment ago only the external_userid is searched."""
        return self._database.read_now(lambda connection: self._select(connection, query))

    def count(self, query: RelationQuery) -> int:
        """How many rows a query has; as `select_now`."""
        return self._database.read_now(lambda connection: self._count(connection, query))

    def window(self, ids: Sequence[int]) -> list[RelationRow]:
        """The rows of these ids, in their order; ids of no row are left out."""
        found: dict[int, RelationRow] = {}
        for start in range(0, len(ids), _MOST_AT_ONCE):
            part = ids[start : start + _MOST_AT_ONCE]
            marks = ",".join("?" * len(part))
            rows = self._rows(f"+r.profile_id = ? AND r.id IN ({marks})", (self._profile_id, *part))
            found.update((row.id, row) for row in rows)
        return [found[row_id] for row_id in ids if row_id in found]

    def relation(self, relation_id: int) -> RelationRow | None:
        """One row by its id."""
        rows = self._rows("+r.profile_id = ? AND r.id = ?", (self._profile_id, relation_id))
        return rows[0] if rows else None

    def find(self, userid: str, external_userid: str) -> RelationRow | None:
        """The relation of a follower (in any case) with a customer, gone or not."""
        rows = self._rows(
            "r.profile_id = ? AND r.external_userid = ? AND f.userid_key = ?",
            (self._profile_id, text(external_userid), follower_key(userid)),
        )
        return rows[0] if rows else None

    def of_customer(self, external_userid: str) -> list[RelationRow]:
        """All relations of a customer: those there in the order C2 gave them, the gone ones last."""
        return self._rows(
            "r.profile_id = ? AND r.external_userid = ?",
            (self._profile_id, text(external_userid)),
            """LEFT JOIN relation_documents d ON d.relation_id = r.id""",
            "ORDER BY CASE r.state WHEN 2 THEN 1 ELSE 0 END, d.c2_position NULLS LAST, r.id",
        )

    def document(self, relation_id: int) -> RelationDocument:
        """What WeCom said about one relation; all None when it said nothing."""
        return self.documents([relation_id]).get(relation_id, RelationDocument())

    def documents(self, ids: Sequence[int]) -> dict[int, RelationDocument]:
        """What WeCom said about each of these relations; each customer's contact is read once."""
        contacts: dict[str, Document | None] = {}
        found: dict[int, RelationDocument] = {}
        for start in range(0, len(ids), _MOST_AT_ONCE):
            part = ids[start : start + _MOST_AT_ONCE]
            marks = ",".join("?" * len(part))
            rows = self._database.rows(
                f"{_DOCUMENT} WHERE +r.profile_id = ? AND r.id IN ({marks})", (self._profile_id, *part)
            )
            for row_id, follow_user, follow_info, c2_at, c3_at, external_userid, *contact in rows:
                if external_userid not in contacts:
                    contacts[external_userid] = _contact(*contact)
                found[row_id] = RelationDocument(
                    from_json(follow_user), from_json(follow_info), contacts[external_userid], c2_at, c3_at
                )
        return found

    def _when(self, read_at: float | None) -> float:
        return self._clock() if read_at is None else read_at

    def _rows(self, where: str, values: Sequence[object], joins: str = "", order: str = "") -> list[RelationRow]:
        return [_row(*row) for row in self._database.rows(f"{_ROW} {joins} WHERE {where} {order}", values)]

    def _follower(self, connection: sqlite3.Connection, query: RelationQuery) -> tuple[bool, int | None]:
        """Whether the query can have rows at all, and the row id of its follower."""
        if query.follower is None:
            return True, None
        found = follower_id(connection, self._profile_id, query.follower)
        return found is not None, found

    def _select(self, connection: sqlite3.Connection, query: RelationQuery) -> array[int]:
        possible, follower = self._follower(connection, query)
        wanted = selection(query, self._profile_id, follower)
        if not possible:
            return array("q")
        return id_vector(connection, f"SELECT {wanted.key} AS id {wanted.source} {wanted.order}", wanted.values)

    def _count(self, connection: sqlite3.Connection, query: RelationQuery) -> int:
        possible, follower = self._follower(connection, query)
        wanted = selection(query, self._profile_id, follower)
        if not possible:
            return 0
        return int(connection.execute(f"SELECT COUNT(*) {wanted.source}", wanted.values).fetchone()[0])

    def _behind(self, connection: sqlite3.Connection, query: RelationQuery) -> bool:
        possible, follower = self._follower(connection, query)
        return possible and is_behind(connection, self._profile_id, follower)

    def _index(self, connection: sqlite3.Connection, query: RelationQuery) -> None:
        possible, follower = self._follower(connection, query)
        if possible:
            index_all(connection, self._profile_id, follower)


def _contact(from_c2: str | None, from_c3: str | None, c2_at: float | None, c3_at: float | None) -> Document | None:
    detail, listed = from_json(from_c2), from_json(from_c3)
    if detail is None or listed is None:
        return detail or listed
    newer = (c3_at or 0.0) > (c2_at or 0.0)
    return {**detail, **listed} if newer else detail


def _row(
    row_id: int,
    userid: str,
    external_userid: str,
    name: str | None,
    remark: str | None,
    company: str | None,
    corp_name: str | None,
    mobiles: str | None,
    description: str | None,
    createtime: int | None,
    add_way: int | None,
    kind: int | None,
    state: int,
    gone_at: float | None,
    seen_at: float,
) -> RelationRow:
    return RelationRow(
        row_id,
        userid,
        external_userid,
        name,
        remark,
        company,
        corp_name,
        tuple(mobiles.split("\n")) if mobiles else (),
        mobiles is not None,
        description,
        createtime,
        add_way,
        kind,
        RelationState(state),
        gone_at,
        seen_at,
    )
