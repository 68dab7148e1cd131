"""Writing down how a sync goes: which followers are read, and what is gone of each. All in a writer's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from console.store.followers import CountState, follower_ids, follower_key
from console.store.relation_writes import touched
from console.store.sync_changes import ChangeNotes, Kind

GoneRelation = tuple[int, str]
"""A relation's row id and its external_userid."""
_SYNCS_KEPT: Final = 20

# A relation that only C1 named is for C1 to end: C3 never showed it.
_NOT_SHOWN: Final = """
    SELECT id, external_userid FROM relations
    WHERE profile_id = ? AND follower_id = ? AND state = 0 AND seen_at < ?"""


def add_followers(connection: sqlite3.Connection, profile_id: int, sync_id: int, userids: Sequence[str]) -> None:
    """Note which followers a sync is to read, in this order; those it was to read and that are not named, are not."""
    known = follower_ids(connection, profile_id, userids)
    ids = [known[follower_key(userid)] for userid in userids]
    stale = [
        (sync_id, follower)
        for (follower,) in connection.execute(
            "SELECT follower_id FROM sync_followers WHERE sync_id = ? AND state = 'waiting'", (sync_id,)
        )
        if follower not in set(ids)
    ]
    connection.executemany("DELETE FROM sync_followers WHERE sync_id = ? AND follower_id = ?", stale)
    connection.executemany(
        """INSERT INTO sync_followers (sync_id, follower_id, position, state) VALUES (?, ?, ?, 'waiting')
           ON CONFLICT (sync_id, follower_id) DO UPDATE SET
               position = excluded.position, state = CASE state WHEN 'failed' THEN 'waiting' ELSE state END""",
        [(sync_id, follower, position) for position, follower in enumerate(ids)],
    )


def not_shown(connection: sqlite3.Connection, profile_id: int, userid: str, began_at: float) -> list[GoneRelation]:
    """The relations of a follower that no read since `began_at` has shown."""
    [follower] = follower_ids(connection, profile_id, [userid]).values()
    return connection.execute(_NOT_SHOWN, (profile_id, follower, began_at)).fetchall()


def finish_follower(
    connection: sqlite3.Connection,
    profile_id: int,
    sync_id: int,
    userid: str,
    gone: Sequence[GoneRelation],
    began_at: float,
    at: float,
) -> int:
    """Note that all pages of a follower were read and which relations are gone; how many are there.

    A relation that a later read has shown, or that a callback ended meanwhile, stays as it is.
    """
    [follower] = follower_ids(connection, profile_id, [userid]).values()
    notes = ChangeNotes(connection, profile_id, sync_id, at)
    for row_id, customer in gone:
        went = connection.execute(
            "UPDATE relations SET state = 2, gone_at = ? WHERE id = ? AND state = 0 AND seen_at < ?",
            (began_at, row_id, began_at),
        ).rowcount
        if went:
            notes.add(Kind.GONE, follower, customer)
    notes.write()
    [count] = connection.execute(
        "SELECT COUNT(*) FROM relations WHERE profile_id = ? AND follower_id = ? AND state <> 2", (profile_id, follower)
    ).fetchone()
    connection.execute(
        """UPDATE followers SET read_at = ?, read_complete = 1, known_total = ?, read_note = '', customers = ?,
               count_state = ?, count_errcode = NULL
           WHERE id = ?""",
        (began_at, count, count, (CountState.KNOWN if count else CountState.NONE).value, follower),
    )
    connection.execute(
        """UPDATE sync_followers SET state = 'done', relations = ?, ended_at = ?, errcode = NULL, reason = ''
           WHERE sync_id = ? AND follower_id = ?""",
        (count, at, sync_id, follower),
    )
    if gone:
        touched(connection, profile_id)
    return int(count)


def fail_follower(
    connection: sqlite3.Connection,
    profile_id: int,
    sync_id: int,
    userid: str,
    errcode: int | None,
    reason: str,
    at: float,
) -> None:
    """Note that a follower could not be read; what was known of the customers stays."""
    [follower] = follower_ids(connection, profile_id, [userid]).values()
    connection.execute(
        """UPDATE sync_followers SET state = 'failed', errcode = ?, reason = ?, ended_at = ?
           WHERE sync_id = ? AND follower_id = ?""",
        (errcode, reason, at, sync_id, follower),
    )
    connection.execute("UPDATE followers SET read_complete = 0, read_note = ? WHERE id = ?", (reason, follower))


def prune(connection: sqlite3.Connection, profile_id: int, sync_id: int) -> None:
    """Forget how the reads of old syncs ended, but for the last of each follower."""
    connection.execute(
        """DELETE FROM sync_followers WHERE sync_id IN (
               SELECT id FROM syncs WHERE profile_id = ? AND id < ? ORDER BY id DESC LIMIT -1 OFFSET ?)
           AND EXISTS (SELECT 1 FROM sync_followers n
                       WHERE n.follower_id = sync_followers.follower_id AND n.sync_id > sync_followers.sync_id)""",
        (profile_id, sync_id, _SYNCS_KEPT),
    )
