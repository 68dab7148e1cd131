"""Storing relations as C1, C3 and C2 return them, so that none erases what only another gave.

States are those of `RelationState`: 0 active, 1 unread, 2 gone. All functions run in a writer's transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from console.store.followers import follower_ids, follower_key
from console.store.payloads import ContactColumns, FollowColumns, mapping, text, to_json

_CHUNK = 2000


class IdsStored(NamedTuple):
    """How a C1 answer changed the relations of a follower, in numbers of relations."""

    added: int
    returned: int
    gone: int


# A read asked for before the relation went does not bring it back.
_STATE = """
    state = CASE WHEN relations.gone_at > excluded.seen_at THEN 2 ELSE 0 END,
    gone_at = CASE WHEN relations.gone_at > excluded.seen_at THEN relations.gone_at END,
    seen_at = excluded.seen_at,
    name = COALESCE(excluded.name, relations.name),
    corp_name = COALESCE(excluded.corp_name, relations.corp_name),
    type = COALESCE(excluded.type, relations.type),
    unionid = COALESCE(excluded.unionid, relations.unionid)"""

_FIELDS = ("remark", "company", "mobiles", "description", "createtime", "add_way", "tag_ids", "personal_tags")
_SEARCHED = ("name", "corp_name", "unionid", *(f for f in _FIELDS if f not in ("createtime", "add_way")))


def _upsert(column: str, *, complete: bool) -> str:
    """The upsert of one relation; a complete read (C2) also takes away fields that it does not return."""
    new = {field: f"COALESCE(excluded.{field}, relations.{field})" for field in (*_SEARCHED, *_FIELDS)}
    if complete:
        new |= {field: f"excluded.{field}" for field in _FIELDS}
    kept = [f"{field} = {new[field]}" for field in _FIELDS]
    same = " AND ".join(
        f"COALESCE({new[field]}, '') = COALESCE(relations.{field}, '')" for field in _SEARCHED
    )
    return f"""
        INSERT INTO relations (profile_id, follower_id, external_userid, state, seen_at, {column},
            name, corp_name, type, unionid, {", ".join(_FIELDS)})
        VALUES (?, ?, ?, 0, ?, ?, {", ".join("?" * (4 + len(_FIELDS)))})
        ON CONFLICT (profile_id, external_userid, follower_id) DO UPDATE SET
            {column} = excluded.{column},
            indexed = CASE WHEN {same} THEN relations.indexed ELSE 0 END,
            {_STATE}, {", ".join(kept)}"""


_UPSERT_C3 = _upsert("c3_at", complete=False)
_UPSERT_C2 = _upsert("c2_at", complete=True)

_CUSTOMER = """
    INSERT INTO customers (profile_id, external_userid, name, corp_name, type, unionid, {contact}, {at})
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (profile_id, external_userid) DO UPDATE SET
        name = COALESCE(excluded.name, customers.name),
        corp_name = COALESCE(excluded.corp_name, customers.corp_name),
        type = COALESCE(excluded.type, customers.type),
        unionid = COALESCE(excluded.unionid, customers.unionid),
        {contact} = excluded.{contact}, {at} = excluded.{at}"""

_CUSTOMER_C3 = _CUSTOMER.format(contact="contact_c3", at="c3_at")
_CUSTOMER_C2 = _CUSTOMER.format(contact="contact_c2", at="c2_at")

# What one follower's row says of a customer is so for every follower's.
_OTHERS = """
    UPDATE relations SET name = COALESCE(?, name), corp_name = COALESCE(?, corp_name),
        type = COALESCE(?, type), unionid = COALESCE(?, unionid), indexed = 0
    WHERE profile_id = ? AND external_userid = ? AND (
        COALESCE(name, '') <> COALESCE(?, name, '')
        OR COALESCE(corp_name, '') <> COALESCE(?, corp_name, '')
        OR COALESCE(type, -1) <> COALESCE(?, type, -1)
        OR COALESCE(unionid, '') <> COALESCE(?, unionid, ''))"""

_DOCUMENT_C3 = """
    INSERT INTO relation_documents (relation_id, profile_id, follow_info)
    SELECT id, profile_id, ? FROM relations WHERE profile_id = ? AND external_userid = ? AND follower_id = ?
    ON CONFLICT (relation_id) DO UPDATE SET follow_info = excluded.follow_info"""

_DOCUMENT_C2 = """
    INSERT INTO relation_documents (relation_id, profile_id, follow_user, c2_read, c2_position)
    SELECT id, profile_id, ?, ?, ? FROM relations
    WHERE profile_id = ? AND external_userid = ? AND follower_id = ?
    ON CONFLICT (relation_id) DO UPDATE SET
        follow_user = excluded.follow_user, c2_read = excluded.c2_read, c2_position = excluded.c2_position"""


def store_ids(
    connection: sqlite3.Connection, profile_id: int, userid: str, ids: Sequence[str], read_at: float
) -> IdsStored:
    """Store a C1 answer: new ids unread, gone ones back, known ones that it lacks gone."""
    [follower] = follower_ids(connection, profile_id, [userid]).values()
    wanted = {known for one in ids if (known := text(one))}
    new = dict.fromkeys(known for one in ids if (known := text(one)))
    back: list[tuple[float, int]] = []
    gone: list[tuple[float, int, float]] = []
    cursor = connection.execute(
        "SELECT id, external_userid, state, gone_at FROM relations WHERE profile_id = ? AND follower_id = ?",
        (profile_id, follower),
    )
    while rows := cursor.fetchmany(_CHUNK):
        for row_id, external_userid, state, gone_at in rows:
            new.pop(external_userid, None)
            if external_userid not in wanted:
                if state != 2:
                    gone.append((read_at, row_id, read_at))
            elif state == 2 and not (gone_at or 0.0) > read_at:
                back.append((read_at, row_id))
    connection.executemany(
        """UPDATE relations SET gone_at = NULL, seen_at = ?,
               state = CASE WHEN c2_at IS NULL AND c3_at IS NULL THEN 1 ELSE 0 END
           WHERE id = ?""",
        back,
    )
    went = connection.executemany(
        # A relation that a later read has shown is not gone by an answer asked for before.
        "UPDATE relations SET state = 2, gone_at = ? WHERE id = ? AND seen_at <= ?",
        gone,
    ).rowcount
    connection.executemany(
        """INSERT INTO relations (profile_id, follower_id, external_userid, state, seen_at, indexed)
           VALUES (?, ?, ?, 1, ?, 1)""",
        [(profile_id, follower, external_userid, read_at) for external_userid in new],
    )
    _learn_from_customers(connection, profile_id, new)
    if new or back or gone:
        _touched(connection, profile_id)
    return IdsStored(len(new), len(back), max(went, 0))


def store_rows(
    connection: sqlite3.Connection,
    profile_id: int,
    userid: str | None,
    rows: Iterable[Mapping[str, object]],
    read_at: float,
) -> int:
    """Store a C3 page; the number of rows that named a follower and a customer."""
    known: list[tuple[str, str, Mapping[str, object], Mapping[str, object]]] = []
    for row in rows:
        contact, info = mapping(row.get("external_contact")), mapping(row.get("follow_info"))
        follower, customer = text(info.get("userid")) or userid, text(contact.get("external_userid"))
        if follower and customer:
            known.append((follower, customer, contact, info))
    followers = follower_ids(connection, profile_id, [follower for follower, *_ in known])
    upserts: list[tuple[object, ...]] = []
    documents: list[tuple[object, ...]] = []
    customers: dict[str, Mapping[str, object]] = {}
    for follower, customer, contact, info in known:
        follower_row = followers[follower_key(follower)]
        shown, said = ContactColumns.of(contact), FollowColumns.of_follow_info(info)
        upserts.append((profile_id, follower_row, customer, read_at, read_at, *shown, *said))
        documents.append((to_json(info), profile_id, customer, follower_row))
        customers[customer] = contact
    store_contacts(connection, profile_id, customers, read_at, complete=False)
    connection.executemany(_UPSERT_C3, upserts)
    connection.executemany(_DOCUMENT_C3, documents)
    if known:
        _learn_from_customers(connection, profile_id, customers)
        _touched(connection, profile_id)
    return len(known)


def store_contacts(
    connection: sqlite3.Connection,
    profile_id: int,
    contacts: Mapping[str, Mapping[str, object]],
    read_at: float,
    *,
    complete: bool,
) -> None:
    """Store what C3 or (complete) C2 said of customers, and show it in all their relations."""
    customers: list[tuple[object, ...]] = []
    others: list[tuple[object, ...]] = []
    for external_userid, contact in contacts.items():
        shown = ContactColumns.of(contact)
        customers.append((profile_id, external_userid, *shown, to_json(contact), read_at))
        others.append((*shown, profile_id, external_userid, *shown))
    connection.executemany(_CUSTOMER_C2 if complete else _CUSTOMER_C3, customers)
    connection.executemany(_OTHERS, others)


def store_follow_users(
    connection: sqlite3.Connection,
    profile_id: int,
    external_userid: str,
    contact: Mapping[str, object],
    follow_users: Sequence[Mapping[str, object]],
    read: int,
    read_at: float,
) -> None:
    """Store the followers of a complete C2 read; known relations that it does not show are gone."""
    named = {follower_key(userid): user for user in follow_users if (userid := text(user.get("userid")))}
    followers = follower_ids(connection, profile_id, [str(user["userid"]) for user in named.values()])
    shown = ContactColumns.of(contact)
    upserts: list[tuple[object, ...]] = []
    documents: list[tuple[object, ...]] = []
    for position, (key, user) in enumerate(named.items()):
        said = FollowColumns.of_follow_user(user)
        upserts.append((profile_id, followers[key], external_userid, read_at, read_at, *shown, *said))
        documents.append((to_json(user), read, position, profile_id, external_userid, followers[key]))
    connection.executemany(_UPSERT_C2, upserts)
    connection.executemany(_DOCUMENT_C2, documents)
    _learn_from_customers(connection, profile_id, [external_userid])
    connection.execute(
        """UPDATE relations SET state = 2, gone_at = ?
           WHERE profile_id = ? AND external_userid = ? AND state <> 2 AND seen_at <= ? AND id NOT IN (
               SELECT relation_id FROM relation_documents WHERE c2_read = ? AND relation_id IN (
                   SELECT id FROM relations WHERE profile_id = ? AND external_userid = ?))""",
        (read_at, profile_id, external_userid, read_at, read, profile_id, external_userid),
    )
    _touched(connection, profile_id)


def _learn_from_customers(
    connection: sqlite3.Connection, profile_id: int, external_userids: Iterable[str]
) -> None:
    """Rows that do not yet say what is known of their customer take it over."""
    connection.executemany(
        """UPDATE relations SET (name, corp_name, type, unionid, indexed) = (
               SELECT COALESCE(relations.name, c.name), COALESCE(relations.corp_name, c.corp_name),
                      COALESCE(relations.type, c.type), COALESCE(relations.unionid, c.unionid), 0
               FROM customers c WHERE c.profile_id = relations.profile_id
                   AND c.external_userid = relations.external_userid)
           WHERE profile_id = ? AND external_userid = ? AND EXISTS (
               SELECT 1 FROM customers c WHERE c.profile_id = relations.profile_id
                   AND c.external_userid = relations.external_userid
                   AND (relations.name IS NULL AND c.name IS NOT NULL
                     OR relations.corp_name IS NULL AND c.corp_name IS NOT NULL
                     OR relations.type IS NULL AND c.type IS NOT NULL
                     OR relations.unionid IS NULL AND c.unionid IS NOT NULL))""",
        [(profile_id, external_userid) for external_userid in external_userids],
    )


def _touched(connection: sqlite3.Connection, profile_id: int) -> None:
    connection.execute("UPDATE profiles SET version = version + 1 WHERE id = ?", (profile_id,))
