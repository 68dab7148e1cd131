"""What is known of customers, shown in all their relations, and what C2 said of one.

All functions run in a writer's transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from console.store.payloads import ContactColumns, to_json
from console.store.word_index import forget_words

_AT_ONCE: Final = 500

_ONE_RELATION_EACH = """
    WITH asked (customer) AS (VALUES {customers})
    SELECT r.external_userid, r.name, r.corp_name, r.type, r.unionid
    FROM asked CROSS JOIN relations r ON r.id = (
        SELECT id FROM relations WHERE profile_id = ? AND external_userid = customer LIMIT 1)"""

_SHOW = """
    UPDATE relations SET name = ?, corp_name = ?, type = ?, unionid = ?
    WHERE profile_id = ? AND external_userid = ?"""

_PUT = """
    INSERT INTO customers (profile_id, external_userid, contact, unionid, name, read_at, reads, pages)
    VALUES (?, ?, ?, ?, ?, ?, 1, ?)
    ON CONFLICT (profile_id, external_userid) DO UPDATE SET
        contact = excluded.contact, unionid = excluded.unionid, name = excluded.name, read_at = excluded.read_at,
        reads = reads + 1, pages = excluded.pages"""

_READS = "SELECT reads FROM customers WHERE profile_id = ? AND external_userid = ?"


def known_contacts(
    connection: sqlite3.Connection, profile_id: int, external_userids: Sequence[str]
) -> dict[str, ContactColumns]:
    """What is known of these customers; each relation of one shows the same."""
    found: dict[str, ContactColumns] = {}
    for start in range(0, len(external_userids), _AT_ONCE):
        part = external_userids[start : start + _AT_ONCE]
        sql = _ONE_RELATION_EACH.format(customers=", ".join(["(?)"] * len(part)))
        for external_userid, *columns in connection.execute(sql, (*part, profile_id)):
            found[external_userid] = ContactColumns(*columns)
    return found


def show_contacts(connection: sqlite3.Connection, profile_id: int, changed: Mapping[str, ContactColumns]) -> None:
    """Show what is now known of customers in all their relations."""
    connection.executemany(_SHOW, [(*shown, profile_id, customer) for customer, shown in changed.items()])
    for customer in changed:
        forget_words(connection, "profile_id = ? AND external_userid = ?", (profile_id, customer))


def store_contact(
    connection: sqlite3.Connection,
    profile_id: int,
    external_userid: str,
    contact: Mapping[str, object],
    pages: int,
    read_at: float,
) -> tuple[ContactColumns, int]:
    """Store what a complete C2 read said of a customer; what is now known, and which read of the customer it was.

    A field that the answer lacks keeps its last known value.
    """
    known = known_contacts(connection, profile_id, [external_userid]).get(external_userid)
    said = ContactColumns.of(contact)
    shown = said if known is None else said.over(known)
    if known is not None and shown != known:
        show_contacts(connection, profile_id, {external_userid: shown})
    connection.execute(_PUT, (profile_id, external_userid, to_json(contact), shown.unionid, shown.name, read_at, pages))
    [reads] = connection.execute(_READS, (profile_id, external_userid)).fetchone()
    return shown, int(reads)
