"""Storing relations as C1, C3 and C2 return them, so that none erases what only another gave.

States are those of `RelationState`: 0 active, 1 unread, 2 gone. All functions run in a writer's transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from console.store.customer_writes import store_contacts
from console.store.followers import follower_ids, follower_key
from console.store.payloads import ContactColumns, FollowColumns, mapping, text, to_json

_CHUNK = 2000
_AT_ONCE = 500


class IdsStored(NamedTuple):
    """How a C1 answer changed the relations of a follower, in numbers of relations."""

    added: int
    returned: int
    gone: int


_CONTACT = ContactColumns._fields
_FIELDS = FollowColumns._fields
_SEARCHED = (*_CONTACT, *(field for field in _FIELDS if field not in ("createtime", "add_way")))


def _upsert(column: str) -> str:
    """The upsert of one relation with all that is known of it.

    A read asked for before the relation went does not bring it back.
    """
    same = " AND ".join(f"COALESCE(excluded.{f}, '') = COALESCE(relations.{f}, '')" for f in _SEARCHED)
    changes = ", ".join(f"{field} = excluded.{field}" for field in (*_CONTACT, *_FIELDS))
    return f"""
        INSERT INTO relations (profile_id, follower_id, external_userid, state, seen_at, {column},
            {", ".join((*_CONTACT, *_FIELDS))})
        VALUES (?, ?, ?, 0, ?, ?, {", ".join("?" * len((*_CONTACT, *_FIELDS)))})
        ON CONFLICT (profile_id, external_userid, follower_id) DO UPDATE SET
            state = CASE WHEN relations.gone_at > excluded.seen_at THEN 2 ELSE 0 END,
            gone_at = CASE WHEN relations.gone_at > excluded.seen_at THEN relations.gone_at END,
            seen_at = excluded.seen_at, {column} = excluded.{column},
            indexed = CASE WHEN {same} THEN relations.indexed ELSE 0 END,
            {changes}"""


_UPSERT_C3 = _upsert("c3_at")
_UPSERT_C2 = _upsert("c2_at")

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
        """INSERT INTO relations (profile_id, follower_id, external_userid, state, seen_at,
               name, corp_name, type, unionid, indexed)
           SELECT f.profile_id, f.id, ?, 1, ?, c.name, c.corp_name, c.type, c.unionid,
               CASE WHEN c.id IS NULL THEN 1 ELSE 0 END
           FROM followers f LEFT JOIN customers c ON c.profile_id = f.profile_id AND c.external_userid = ?
           WHERE f.id = ?""",
        [(external_userid, read_at, external_userid, follower) for external_userid in new],
    )
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
    known: dict[tuple[str, str], tuple[Mapping[str, object], Mapping[str, object]]] = {}
    spelled: dict[str, str] = {}
    for row in rows:
        contact, info = mapping(row.get("external_contact")), mapping(row.get("follow_info"))
        follower, customer = text(info.get("userid")) or userid, text(contact.get("external_userid"))
        if follower and customer:
            known[follower_key(follower), customer] = (contact, info)
            spelled.setdefault(follower_key(follower), follower)
    followers = follower_ids(connection, profile_id, spelled.values())
    contacts = {customer: contact for (_, customer), (contact, _) in known.items()}
    shown = store_contacts(connection, profile_id, contacts, read_at, complete=False)
    before = _relations_before(connection, profile_id, list(shown), list(followers.values()))
    upserts: list[tuple[object, ...]] = []
    documents: list[tuple[object, ...]] = []
    same: list[tuple[float, float, int]] = []
    for (follower, customer), (_, info) in known.items():
        key = (customer, followers[follower])
        said, document = FollowColumns.of_follow_info(info), to_json(info)
        row_id, state, fields, document_before = before.get(key, (0, 2, said, None))
        merged = said.over(fields)
        if state == 0 and merged == fields and document == document_before:
            same.append((read_at, read_at, row_id))
            continue
        upserts.append((profile_id, key[1], customer, read_at, read_at, *shown[customer], *merged))
        documents.append((document, profile_id, *key))
    connection.executemany("UPDATE relations SET seen_at = ?, c3_at = ? WHERE id = ?", same)
    connection.executemany(_UPSERT_C3, upserts)
    connection.executemany(_DOCUMENT_C3, documents)
    if known:
        _touched(connection, profile_id)
    return len(known)


def store_detail(
    connection: sqlite3.Connection,
    profile_id: int,
    external_userid: str,
    contact: Mapping[str, object],
    follow_users: Sequence[Mapping[str, object]],
    pages: int,
    read_at: float,
) -> None:
    """Store a complete C2 read; known relations that it does not show are gone."""
    named = {follower_key(userid): user for user in follow_users if (userid := text(user.get("userid")))}
    followers = follower_ids(connection, profile_id, [str(user["userid"]) for user in named.values()])
    [shown] = store_contacts(connection, profile_id, {external_userid: contact}, read_at, complete=True).values()
    connection.execute(
        """UPDATE customers SET c2_read = c2_read + 1, c2_pages = ?
           WHERE profile_id = ? AND external_userid = ?""",
        (pages, profile_id, external_userid),
    )
    [read] = connection.execute(
        "SELECT c2_read FROM customers WHERE profile_id = ? AND external_userid = ?",
        (profile_id, external_userid),
    ).fetchone()
    upserts: list[tuple[object, ...]] = []
    documents: list[tuple[object, ...]] = []
    for position, (key, user) in enumerate(named.items()):
        said = FollowColumns.of_follow_user(user)
        upserts.append((profile_id, followers[key], external_userid, read_at, read_at, *shown, *said))
        documents.append((to_json(user), read, position, profile_id, external_userid, followers[key]))
    connection.executemany(_UPSERT_C2, upserts)
    connection.executemany(_DOCUMENT_C2, documents)
    connection.execute(
        """UPDATE relations SET state = 2, gone_at = ?
           WHERE profile_id = ? AND external_userid = ? AND state <> 2 AND seen_at <= ? AND id NOT IN (
               SELECT relation_id FROM relation_documents WHERE c2_read = ? AND relation_id IN (
                   SELECT id FROM relations WHERE profile_id = ? AND external_userid = ?))""",
        (read_at, profile_id, external_userid, read_at, read, profile_id, external_userid),
    )
    _touched(connection, profile_id)


def _relations_before(
    connection: sqlite3.Connection, profile_id: int, customers: list[str], followers: list[int]
) -> dict[tuple[str, int], tuple[int, int, FollowColumns, str | None]]:
    """Row id, state, fields and C3 document of each relation between these, by customer and follower row."""
    found: dict[tuple[str, int], tuple[int, int, FollowColumns, str | None]] = {}
    for start in range(0, len(customers), _AT_ONCE):
        part = customers[start : start + _AT_ONCE]
        for row_id, customer, follower, state, document, *fields in connection.execute(
            f"""SELECT r.id, r.external_userid, r.follower_id, r.state, d.follow_info, {", ".join(_FIELDS)}
                FROM relations r LEFT JOIN relation_documents d ON d.relation_id = r.id
                WHERE r.profile_id = ? AND r.external_userid IN ({",".join("?" * len(part))})
                    AND r.follower_id IN ({",".join("?" * len(followers))})""",
            (profile_id, *part, *followers),
        ):
            found[customer, follower] = (row_id, state, FollowColumns(*fields), document)
    return found


def _touched(connection: sqlite3.Connection, profile_id: int) -> None:
    connection.execute("UPDATE profiles SET version = version + 1 WHERE id = ?", (profile_id,))
