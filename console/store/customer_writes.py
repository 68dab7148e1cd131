"""Storing what C2 and C3 say of a customer, once, and showing it in all its relations.

All functions run in a writer's transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from console.store.payloads import ContactColumns, to_json

_AT_ONCE = 500

_PUT = """
    INSERT INTO customers (profile_id, external_userid, name, corp_name, type, unionid, {contact}, {at})
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (profile_id, external_userid) DO UPDATE SET
        name = excluded.name, corp_name = excluded.corp_name, type = excluded.type,
        unionid = excluded.unionid, {contact} = excluded.{contact}, {at} = excluded.{at}"""

_PUT_C2 = _PUT.format(contact="contact_c2", at="c2_at")
_PUT_C3 = _PUT.format(contact="contact_c3", at="c3_at")

_SHOW = """
    UPDATE relations SET name = ?, corp_name = ?, type = ?, unionid = ?, indexed = 0
    WHERE profile_id = ? AND external_userid = ?"""


def store_contacts(
    connection: sqlite3.Connection,
    profile_id: int,
    contacts: Mapping[str, Mapping[str, object]],
    read_at: float,
    *,
    complete: bool,
) -> dict[str, ContactColumns]:
    """Store what C3 or (complete) C2 said of customers; what is now known of each, in columns.

    A field that an answer lacks keeps its last known value.
    """
    document_column = "contact_c2" if complete else "contact_c3"
    before = _customers_before(connection, profile_id, list(contacts), document_column)
    shown: dict[str, ContactColumns] = {}
    puts: list[tuple[object, ...]] = []
    same: list[tuple[object, ...]] = []
    changed: list[tuple[object, ...]] = []
    for external_userid, contact in contacts.items():
        said, document = ContactColumns.of(contact), to_json(contact)
        known, document_before = before.get(external_userid, (None, None))
        merged = said if known is None else said.over(known)
        shown[external_userid] = merged
        if merged == known and document == document_before:
            same.append((read_at, profile_id, external_userid))
            continue
        puts.append((profile_id, external_userid, *merged, document, read_at))
        if merged != known:
            changed.append((*merged, profile_id, external_userid))
    at = "c2_at" if complete else "c3_at"
    connection.executemany(f"UPDATE customers SET {at} = ? WHERE profile_id = ? AND external_userid = ?", same)
    connection.executemany(_PUT_C2 if complete else _PUT_C3, puts)
    connection.executemany(_SHOW, changed)
    return shown


def _customers_before(
    connection: sqlite3.Connection, profile_id: int, external_userids: Sequence[str], document: str
) -> dict[str, tuple[ContactColumns, str | None]]:
    found: dict[str, tuple[ContactColumns, str | None]] = {}
    for start in range(0, len(external_userids), _AT_ONCE):
        part = external_userids[start : start + _AT_ONCE]
        for external_userid, written, *columns in connection.execute(
            f"""SELECT external_userid, {document}, name, corp_name, type, unionid FROM customers
                WHERE profile_id = ? AND external_userid IN ({",".join("?" * len(part))})""",
            (profile_id, *part),
        ):
            found[external_userid] = (ContactColumns(*columns), written)
    return found
