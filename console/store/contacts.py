"""Served contacts: everybody the company has served, customers or not."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.store.database import Database
from console.store.followers import follower_key
from console.store.payloads import Document, from_json, integer, text, to_json
from console.store.query import like
from console.store.reader import id_vector
from console.store.words import needles, search_words
from console.store.writer import Pending


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One served contact. `name` is masked by WeCom; `customer_name` is known when it is a customer of ours.

    `userid` is the follower who serves; `add_time` in seconds since the epoch; `document` as received.
    """

    id: int
    is_customer: bool
    external_userid: str | None
    name: str | None
    customer_name: str | None
    userid: str | None
    chat_name: str | None
    add_time: int | None
    document: Document


class Contacts:
    """The served contacts of one profile, as the last whole traversal gave them."""

    def __init__(self, database: Database, profile_id: int) -> None:
        self._database = database
        self._profile_id = profile_id

    def replace(self, rows: Sequence[Mapping[str, object]], userid: str | None = None) -> Pending[None]:
        """Store a whole traversal as received, in place of the one before: the company's, or one follower's.

        Never a part of one: a tmp_openid means somebody else in the next. Follows WeCom document 99434.
        """
        profile_id = self._profile_id
        source = follower_key(userid) if userid else ""
        contacts = list(rows)

        def job(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM contacts WHERE profile_id = ? AND source = ?", (profile_id, source))
            connection.executemany(
                """INSERT INTO contacts (profile_id, source, follower_key, is_customer, external_userid, name,
                       follow_userid, chat_name, add_time, words, document)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                [(profile_id, source, *_columns(row)) for row in contacts],
            )

        return self._database.write(job)

    def select(self, userid: str | None = None, contains: str = "") -> array[int]:
        """The ids of one follower's contacts, or of all, newest first; `contains` as in `RelationQuery`.

        A contact that is a customer is also found by what is known of the customer.
        """
        where = "profile_id = ?"
        bound: list[object] = [self._profile_id]
        if userid is not None:
            where += " AND follower_key = ?"
            bound.append(follower_key(userid))
        for forms in needles(contains):
            found = " OR ".join(["words LIKE ? ESCAPE " + _ESCAPE] * len(forms))
            where += f" AND ({found} OR external_userid IN ({_CUSTOMERS} AND ({found})))"
            patterns = [like(form) for form in forms]
            bound.extend((*patterns, self._profile_id, *patterns))
        sql = f"SELECT id FROM contacts WHERE {where} ORDER BY add_time DESC NULLS LAST, id"
        return self._database.read_now(lambda connection: id_vector(connection, sql, bound))

    def window(self, ids: Sequence[int]) -> list[ContactRow]:
        """The rows of these ids, in their order; ids of no row are left out."""
        marks = ",".join("?" * len(ids))
        rows = self._database.rows(
            f"""SELECT t.id, t.is_customer, t.external_userid, t.name,
                    (SELECT r.name FROM relations r
                     WHERE r.profile_id = t.profile_id AND r.external_userid = t.external_userid LIMIT 1),
                    t.follow_userid, t.chat_name, t.add_time, t.document
                FROM contacts t
                WHERE +t.profile_id = ? AND t.id IN ({marks})""",
            (self._profile_id, *ids),
        )
        found = {row[0]: _row(*row) for row in rows}
        return [found[row_id] for row_id in ids if row_id in found]


_ESCAPE = "'\\'"
_CUSTOMERS = """
    SELECT r.external_userid FROM relation_lines l JOIN relations r ON r.id = l.relation_id
    WHERE l.profile_id = ?"""


def _columns(row: Mapping[str, object]) -> tuple[object, ...]:
    name, userid, chat = text(row.get("name")), text(row.get("follow_userid")), text(row.get("chat_name"))
    external_userid = text(row.get("external_userid"))
    return (
        follower_key(userid or ""),
        bool(row.get("is_customer")),
        external_userid,
        name,
        userid,
        chat,
        integer(row.get("add_time")),
        search_words((name, chat), (userid,), (), (external_userid,)),
        to_json(row),
    )


def _row(
    row_id: int,
    is_customer: int,
    external_userid: str | None,
    name: str | None,
    customer_name: str | None,
    userid: str | None,
    chat_name: str | None,
    add_time: int | None,
    document: str,
) -> ContactRow:
    return ContactRow(
        row_id,
        bool(is_customer),
        external_userid,
        name,
        customer_name,
        userid,
        chat_name,
        add_time,
        from_json(document) or {},
    )
