"""Relations: one follower with one customer; what lists show, and what WeCom said about each."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from console.store.database import Database
from console.store.followers import follower_id, follower_key
from console.store.payloads import Document, from_json, text
from console.store.query import RelationQuery
from console.store.selecting import count_ids, first_ids, select_ids
from console.store.word_index import count_behind, index_some, is_behind
from console.store.writer import Pending

if TYPE_CHECKING:
    from console.store.relation_writes import IdsStored

# What writes is imported by whoever writes: the first paint does not.

__all__ = [
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
    SELECT r.id, d.follow_user, d.follow_info, r.c2_at, r.c3_at, r.external_userid
    FROM relations r LEFT JOIN relation_documents d ON d.relation_id = r.id"""

_CONTACT_C2 = "SELECT external_userid, read_at, contact FROM customers WHERE profile_id = ? AND external_userid IN ({})"

# With MAX, SQLite takes the other columns from the row that has it.
_CONTACT_C3 = """
    SELECT r.external_userid, MAX(r.c3_at), d.contact
    FROM relations r JOIN relation_documents d ON d.relation_id = r.id
    WHERE r.profile_id = ? AND r.external_userid IN ({}) AND d.contact IS NOT NULL
    GROUP BY r.external_userid"""


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
        from console.store.relation_writes import store_ids

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
        from console.store.page_writes import store_page

        return self._database.write(lambda connection: store_page(connection, self._profile_id, userid, page, when))

    def put_end(self, userid: str, external_userid: str, *, at: float) -> Pending[bool]:
        """Note that a relation went at that time, as a callback tells; false when a later read has shown it."""
        customer = text(external_userid) or ""
        from console.store.relation_writes import end_relation

        return self._database.write(lambda connection: end_relation(connection, self._profile_id, userid, customer, at))

    async def select(self, query: RelationQuery) -> array[int]:
        """The ids of a query's rows in its order, read in a thread; rows without search text get it first."""
        profile_id = self._profile_id
        if query.needs_words():
            await self._write_words(query)
        return await self._database.read(lambda connection: select_ids(connection, profile_id, query))

    def select_now(self, query: RelationQuery) -> array[int]:
        """As `select`, here and at once: rows stored a moment ago are found only where no text is asked for."""
        return self._database.read_now(lambda connection: select_ids(connection, self._profile_id, query))

    def first(self, query: RelationQuery, most: int = 200) -> array[int] | None:
        """The first ids of a query, here and at once, however many there are; None where that can't be had so quickly.

        They are the newest by the week, and in the right order among themselves; `select` then gives all.
        """
        return self._database.read_now(lambda connection: first_ids(connection, self._profile_id, query, most))

    def count(self, query: RelationQuery) -> int:
        """How many rows a query has; as `select_now`."""
        return self._database.read_now(lambda connection: count_ids(connection, self._profile_id, query))

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
        found: dict[int, RelationDocument] = {}
        for start in range(0, len(ids), _MOST_AT_ONCE):
            part = ids[start : start + _MOST_AT_ONCE]
            marks = ",".join("?" * len(part))
            rows = self._database.rows(
                f"{_DOCUMENT} WHERE +r.profile_id = ? AND r.id IN ({marks})", (self._profile_id, *part)
            )
            contacts = self._contacts(list(dict.fromkeys(row[5] for row in rows)))
            for row_id, follow_user, follow_info, c2_at, c3_at, external_userid in rows:
                found[row_id] = RelationDocument(
                    from_json(follow_user), from_json(follow_info), contacts.get(external_userid), c2_at, c3_at
                )
        return found

    def _contacts(self, customers: Sequence[str]) -> dict[str, Document]:
        """What C2 said of each customer, with what C3 said since over it."""
        marks = ",".join("?" * len(customers))
        values = (self._profile_id, *customers)
        detailed = {row[0]: row[1:] for row in self._database.rows(_CONTACT_C2.format(marks), values)}
        found = {customer: from_json(contact) or {} for customer, (_at, contact) in detailed.items()}
        for customer, at, contact in self._database.rows(_CONTACT_C3.format(marks), values):
            listed = from_json(contact) or {}
            if customer not in found:
                found[customer] = listed
            elif at > detailed[customer][0]:
                found[customer] = {**found[customer], **listed}
        return found

    async def _write_words(self, query: RelationQuery) -> None:
        """Have the words written that were lacking when this was asked for; pages that come meanwhile can wait."""
        profile_id, read = self._profile_id, self._database.read

        def lacking(connection: sqlite3.Connection) -> tuple[int | None, int]:
            follower = None if query.follower is None else follower_id(connection, profile_id, query.follower)
            if not is_behind(connection, profile_id, follower):
                return follower, -1
            return follower, count_behind(connection, profile_id, follower)

        follower, left = await read(lacking)
        while left >= 0:
            written = await self._database.write(lambda connection: index_some(connection, profile_id, follower))
            left = left - written if written else -1

    def _when(self, read_at: float | None) -> float:
        return self._clock() if read_at is None else read_at

    def _rows(self, where: str, values: Sequence[object], joins: str = "", order: str = "") -> list[RelationRow]:
        return [_row(*row) for row in self._database.rows(f"{_ROW} {joins} WHERE {where} {order}", values)]


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
