"""Writing the search text of rows after the rows themselves, so that they are on the screen first."""

from __future__ import annotations

import sqlite3
from typing import Any

from console.store import words

_AT_ONCE = 50  # rows in one go: a few milliseconds, which a page that arrives may have to wait

_UNINDEXED = """
    SELECT id, profile_id, follower_id, external_userid, unionid, name, remark, company, corp_name,
           description, mobiles, tag_ids, personal_tags
    FROM relations WHERE indexed = 0"""

_WRITE = """
    UPDATE relation_lines SET words = ?, shown_key = ?, name_key = ?, company_key = ?, mobile_key = ?
    WHERE profile_id = ? AND follower_id = ? AND relation_id = ?"""


def index_idle(connection: sqlite3.Connection) -> bool:
    """Write the words of some rows that lack them, of whichever profile; true while there may be more."""
    followers = _index_followers(connection, "SELECT id, userid, name FROM followers WHERE words IS NULL", ())
    return _index_relations(connection, f"{_UNINDEXED} LIMIT {_AT_ONCE}", ()) or followers


def index_all(connection: sqlite3.Connection, profile_id: int, follower_id: int | None) -> None:
    """Write the words of all rows of a profile, or of one follower's, that lack them."""
    _index_followers(
        connection,
        "SELECT id, userid, name FROM followers WHERE words IS NULL AND profile_id = ?",
        (profile_id,),
    )
    scope, values = _scope(profile_id, follower_id)
    while _index_relations(connection, f"{_UNINDEXED} AND {scope} LIMIT {_AT_ONCE}", values):
        pass


def is_behind(connection: sqlite3.Connection, profile_id: int, follower_id: int | None) -> bool:
    """True when rows of the profile, or of one follower, still lack their words."""
    scope, values = _scope(profile_id, follower_id)
    relations = f"SELECT 1 FROM relations WHERE indexed = 0 AND {scope} LIMIT 1"
    followers = "SELECT 1 FROM followers WHERE words IS NULL AND profile_id = ? LIMIT 1"
    return (
        connection.execute(relations, values).fetchone() is not None
        or connection.execute(followers, (profile_id,)).fetchone() is not None
    )


def _scope(profile_id: int, follower_id: int | None) -> tuple[str, tuple[int, ...]]:
    if follower_id is None:
        return "profile_id = ?", (profile_id,)
    return "profile_id = ? AND follower_id = ?", (profile_id, follower_id)


def _index_followers(connection: sqlite3.Connection, sql: str, values: tuple[int, ...]) -> bool:
    rows = connection.execute(sql, values).fetchall()
    connection.executemany(
        "UPDATE followers SET words = ?, name_key = ? WHERE id = ?",
        [
            (words.search_words((name, userid), (), ()), words.sort_key(name, userid), row_id)
            for row_id, userid, name in rows
        ],
    )
    return False


def _index_relations(connection: sqlite3.Connection, sql: str, values: tuple[int, ...]) -> bool:
    rows = connection.execute(sql, values).fetchall()
    if not rows:
        return False
    names = _tag_names(connection, rows)
    connection.executemany(_WRITE, [_line(row, names) for row in rows])
    connection.executemany("UPDATE relations SET indexed = 1 WHERE id = ?", [(row[0],) for row in rows])
    connection.executemany(
        "UPDATE profiles SET version = version + 1 WHERE id = ?",
        [(profile,) for profile in {r[1] for r in rows}],
    )
    return len(rows) == _AT_ONCE


def _line(row: tuple[Any, ...], tags: dict[tuple[int, str], str]) -> tuple[object, ...]:
    (row_id, profile_id, follower_id, external_userid, unionid, name, remark, company, corp_name) = row[:9]
    description, mobiles, tag_ids, personal_tags = row[9:]
    named = [tags.get((profile_id, tag)) for tag in (tag_ids or "").split()]
    personal = (personal_tags or "").split("\n")
    numbers: list[str] = mobiles.split("\n") if mobiles else []
    return (
        words.search_words(
            (remark, name, company, corp_name, *named, *personal),
            (description,),
            numbers,
            (external_userid, unionid),
        ),
        words.sort_key(remark, name),
        words.sort_key(name),
        words.sort_key(company, corp_name),
        words.folded(numbers[0]) or None if numbers else None,
        profile_id,
        follower_id,
        row_id,
    )


def _tag_names(connection: sqlite3.Connection, rows: list[tuple[Any, ...]]) -> dict[tuple[int, str], str]:
    wanted = {(row[1], tag) for row in rows for tag in (row[11] or "").split()}
    known = {}
    for profile_id, tag in wanted:
        found = connection.execute(
            "SELECT name FROM tags WHERE profile_id = ? AND tag_id = ?", (profile_id, tag)
        ).fetchone()
        if found:
            known[profile_id, tag] = found[0]
    return known
