"""Storing relations as C1 and C2 return them, so that none erases what only another gave.

States are those of `RelationState`: 0 active, 1 unread, 2 gone. All functions run in a writer's transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from console.store.customer_writes import store_contact
from console.store.followers import follower_ids, follower_key
from console.store.payloads import ContactColumns, FollowColumns, text, to_json
from console.store.word_index import FORGET_WORDS

_CHUNK: Final = 2000
COLUMNS: Final = (*ContactColumns._fields, *FollowColumns._fields)

_FIELDS_OF_CUSTOMER = f"""
    SELECT id, follower_id, {", ".join(FollowColumns._fields)} FROM relations
    WHERE profile_id = ? AND external_userid = ?"""


class IdsStored(NamedTuple):
    """How a C1 answer changed the relations of a follower, in numbers of relations."""

    added: int
    returned: int
    gone: int


# A read asked for before a relation went does not bring it back.
_UPSERT = f"""
    INSERT INTO relations (profile_id, follower_id, external_userid, state, seen_at, c2_at, {", ".join(COLUMNS)})
    VALUES (?, ?, ?, 0, ?, ?, {", ".join("?" * len(COLUMNS))})
    ON CONFLICT (profile_id, external_userid, follower_id) DO UPDATE SET
        state = CASE WHEN relations.gone_at > excluded.seen_at THEN 2 ELSE 0 END,
        gone_at = CASE WHEN relations.gone_at > excluded.seen_at THEN relations.gone_at END,
        seen_at = excluded.seen_at, c2_at = excluded.c2_at,
        {", ".join(f"{column} = excluded.{column}" for column in COLUMNS)}"""

_DOCUMENT = """
    INSERT INTO relation_documents (relation_id, profile_id, follow_user, c2_read, c2_position)
    SELECT id, profile_id, ?, ?, ? FROM relations
    WHERE profile_id = ? AND external_userid = ? AND follower_id = ?
    ON CONFLICT (relation_id) DO UPDATE SET
        follow_user = excluded.follow_user, c2_read = excluded.c2_read, c2_position = excluded.c2_position"""

_ADD_BY_ID = """
    INSERT INTO relations (profile_id, follower_id, external_userid, state, seen_at, name, corp_name, type, unionid)
    SELECT f.profile_id, f.id, ?, 1, ?, known.name, known.corp_name, known.type, known.unionid
    FROM followers f LEFT JOIN relations known ON known.id = (
        SELECT id FROM relations WHERE profile_id = f.profile_id AND external_userid = ? LIMIT 1)
    WHERE f.id = ?"""


def store_ids(
    connection: sqlite3.Connection, profile_id: int, userid: str, ids: Sequence[str], read_at: float
) -> IdsStored:
    """Store a C1 answer: new ids unread, gone ones back, known ones that it lacks gone."""
    [follower] = follower_ids(connection, profile_id, [userid]).values()
    # Whether the store has each id of the answer: one dict, since there may be 20,000.
    known = dict.fromkeys((readable for one in ids if (readable := text(one))), False)
    back: list[tuple[float, int]] = []
    gone: list[tuple[float, int, float]] = []
    cursor = connection.execute(
        "SELECT id, external_userid, state, gone_at FROM relations WHERE profile_id = ? AND follower_id = ?",
        (profile_id, follower),
    )
    while rows := cursor.fetchmany(_CHUNK):
        for row_id, external_userid, state, gone_at in rows:
            if external_userid not in known:
                if state != 2:
                    gone.append((read_at, row_id, read_at))
                continue
            known[external_userid] = True
            if state == 2 and not (gone_at or 0.0) > read_at:
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
    newest = newest_relation(connection)
    connection.executemany(_ADD_BY_ID, ((one, read_at, one, follower) for one, stored in known.items() if not stored))
    want_words(connection, profile_id, newest)
    new = len(known) - sum(known.values())
    if new or back or gone:
        touched(connection, profile_id)
    return IdsStored(new, len(back), max(went, 0))


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
    shown, read = store_contact(connection, profile_id, external_userid, contact, pages, read_at)
    newest = newest_relation(connection)
    before = {
        row[1]: (row[0], FollowColumns(*row[2:]))
        for row in connection.execute(_FIELDS_OF_CUSTOMER, (profile_id, external_userid))
    }
    rewritten: list[tuple[int, int, int]] = []
    upserts: list[tuple[object, ...]] = []
    documents: list[tuple[object, ...]] = []
    for position, (key, user) in enumerate(named.items()):
        said = FollowColumns.of_follow_user(user)
        upserts.append((profile_id, followers[key], external_userid, read_at, read_at, *shown, *said))
        documents.append((to_json(user), read, position, profile_id, external_userid, followers[key]))
        row_id, fields = before.get(followers[key], (None, said))
        if row_id is not None and fields != said:
            rewritten.append((profile_id, followers[key], row_id))
    connection.executemany(_UPSERT, upserts)
    connection.executemany(_DOCUMENT, documents)
    want_words(connection, profile_id, newest)
    connection.executemany(FORGET_WORDS, rewritten)
    connection.execute(
        """UPDATE relations SET state = 2, gone_at = ?
           WHERE profile_id = ? AND external_userid = ? AND state <> 2 AND seen_at <= ? AND id NOT IN (
               SELECT relation_id FROM relation_documents WHERE c2_read = ? AND relation_id IN (
                   SELECT id FROM relations WHERE profile_id = ? AND external_userid = ?))""",
        (read_at, profile_id, external_userid, read_at, read, profile_id, external_userid),
    )
    touched(connection, profile_id)


def end_relation(connection: sqlite3.Connection, profile_id: int, userid: str, external_userid: str, at: float) -> bool:
    """Note that a relation went at that time, unless a later read has shown it; false when nothing changed."""
    went = connection.execute(
        """UPDATE relations SET state = 2, gone_at = ?
           WHERE profile_id = ? AND external_userid = ? AND state <> 2 AND seen_at <= ? AND follower_id = (
               SELECT id FROM followers WHERE profile_id = ? AND userid_key = ?)""",
        (at, profile_id, external_userid, at, profile_id, follower_key(userid)),
    ).rowcount
    if went:
        touched(connection, profile_id)
    return bool(went)


def newest_relation(connection: sqlite3.Connection) -> int:
    """The id of the relation that was added last."""
    return int(connection.execute("SELECT COALESCE(MAX(id), 0) FROM relations").fetchone()[0])


def want_words(connection: sqlite3.Connection, profile_id: int, newest: int) -> None:
    """Have words written for the relations that were added since `newest`."""
    connection.execute(
        """INSERT INTO relations_without_words
           SELECT profile_id, follower_id, id, 1 FROM relations WHERE id > ? AND +profile_id = ?""",
        (newest, profile_id),
    )


def touched(connection: sqlite3.Connection, profile_id: int) -> None:
    """What a selection of relations returns may have changed."""
    connection.execute("UPDATE profiles SET version = version + 1 WHERE id = ?", (profile_id,))
