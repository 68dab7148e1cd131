"""Writing the search text of rows after the rows themselves, so that they are on the screen first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from console.store import words
from console.store.payloads import ContactColumns, FollowColumns
from console.store.relation_words import place_of, relation_words, search_columns

IDLE_ROWS = 50  # in one go: a few milliseconds, which a page that arrives may have to wait
AT_ONCE = 2000  # where somebody waits for the index: the larger the go, the less work it is for each row

_UNINDEXED = f"""
    SELECT w.relation_id, w.profile_id, w.follower_id, r.external_userid, r.state,
        l.words, l.place, l.shown_key, l.name_key, l.company_key, l.mobile_key,
        {", ".join(f"r.{column}" for column in (*ContactColumns._fields, *FollowColumns._fields))}
    FROM relations_without_words w JOIN relations r ON r.id = w.relation_id
    LEFT JOIN relation_lines l
        ON l.profile_id = w.profile_id AND l.follower_id = w.follower_id AND l.relation_id = w.relation_id"""

_PUT_LINE = """
    INSERT INTO relation_lines (profile_id, follower_id, relation_id, state, createtime, words, place,
        shown_key, name_key, company_key, mobile_key)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (profile_id, follower_id, relation_id) DO UPDATE SET
        state = excluded.state, createtime = excluded.createtime, words = excluded.words, place = excluded.place,
        shown_key = excluded.shown_key, name_key = excluded.name_key, company_key = excluded.company_key,
        mobile_key = excluded.mobile_key"""

_COLUMNS = "remark, name, company, tags, numbers, description, facts"
_PUT_IN = f"INSERT INTO relation_search (rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_TAKE_OUT = f"""
    INSERT INTO relation_search (relation_search, rowid, {_COLUMNS}) VALUES ('delete', ?, ?, ?, ?, ?, ?, ?, ?)"""

_OF_ONE = "profile_id = ? AND follower_id = ? AND relation_id = ?"

FORGET_WORDS = "INSERT OR IGNORE INTO relations_without_words VALUES (?, ?, ?, 0)"
"""Have the words of one relation (profile, follower, relation) written anew."""


class Wordless(NamedTuple):
    """A relation whose words are to be written."""

    id: int
    profile_id: int
    follower_id: int
    external_userid: str
    state: int
    contact: ContactColumns
    fields: FollowColumns


class _Line(NamedTuple):
    """What a relation's line says of its content."""

    words: str
    place: int
    shown_key: str | None
    name_key: str | None
    company_key: str | None
    mobile_key: str | None


_NO_LINE = (None,) * len(_Line._fields)


def index_idle(connection: sqlite3.Connection) -> bool:
    """Write the words of some rows that lack them, of whichever profile; true while there may be more."""
    _index_followers(connection, "SELECT id, userid, name FROM followers WHERE words IS NULL", ())
    return _index_relations(connection, f"{_UNINDEXED} LIMIT {IDLE_ROWS}", ()) == IDLE_ROWS


def index_some(
    connection: sqlite3.Connection, profile_id: int, follower_id: int | None = None, most: int = AT_ONCE
) -> int:
    """Write the words of at most so many rows of a profile, or of one follower's, that lack them; how many did."""
    _index_followers(
        connection,
        "SELECT id, userid, name FROM followers WHERE words IS NULL AND profile_id = ?",
        (profile_id,),
    )
    scope, values = _scope(profile_id, follower_id)
    return _index_relations(connection, f"{_UNINDEXED} WHERE {scope} LIMIT {most:d}", values)


def index_all(connection: sqlite3.Connection, profile_id: int) -> None:
    """Write the words of all rows of a profile that lack them."""
    while index_some(connection, profile_id):
        pass


def is_behind(connection: sqlite3.Connection, profile_id: int, follower_id: int | None) -> bool:
    """True when rows of the profile, or of one follower, still lack their words."""
    scope, values = _scope(profile_id, follower_id)
    relations = f"SELECT 1 FROM relations_without_words w WHERE {scope} LIMIT 1"
    followers = "SELECT 1 FROM followers WHERE words IS NULL AND profile_id = ? LIMIT 1"
    return (
        connection.execute(relations, values).fetchone() is not None
        or connection.execute(followers, (profile_id,)).fetchone() is not None
    )


def count_behind(connection: sqlite3.Connection, profile_id: int, follower_id: int | None) -> int:
    """How many rows of the profile, or of one follower, still lack their words."""
    scope, values = _scope(profile_id, follower_id)
    [count] = connection.execute(f"SELECT COUNT(*) FROM relations_without_words w WHERE {scope}", values).fetchone()
    return int(count)


def forget_words(connection: sqlite3.Connection, condition: str, values: tuple[object, ...]) -> None:
    """Have the words of the relations with this condition written anew."""
    connection.execute(
        f"""INSERT OR IGNORE INTO relations_without_words
            SELECT profile_id, follower_id, id, 0 FROM relations WHERE {condition}""",
        values,
    )


def _scope(profile_id: int, follower_id: int | None) -> tuple[str, tuple[int, ...]]:
    if follower_id is None:
        return "w.profile_id = ?", (profile_id,)
    return "w.profile_id = ? AND w.follower_id = ?", (profile_id, follower_id)


def _index_followers(connection: sqlite3.Connection, sql: str, values: tuple[int, ...]) -> None:
    rows = connection.execute(sql, values).fetchall()
    connection.executemany(
        "UPDATE followers SET words = ?, name_key = ? WHERE id = ?",
        [
            (words.search_words((name, userid), (), ()), words.sort_key(name, userid), row_id)
            for row_id, userid, name in rows
        ],
    )


def _index_relations(connection: sqlite3.Connection, sql: str, values: tuple[int, ...]) -> int:
    known: dict[int, _Line] = {}
    rows: list[Wordless] = []
    for row_id, profile_id, follower_id, external_userid, state, *columns in connection.execute(sql, values).fetchall():
        line, columns = columns[: len(_NO_LINE)], columns[len(_NO_LINE) :]
        if line[0] is not None:
            known[row_id] = _Line(*line)
        contact, fields = ContactColumns(*columns[:_CONTACTS]), FollowColumns(*columns[_CONTACTS:])
        rows.append(Wordless(row_id, profile_id, follower_id, external_userid, state, contact, fields))
    write_words(connection, rows, known)
    connection.executemany(
        "DELETE FROM relations_without_words WHERE profile_id = ? AND follower_id = ? AND relation_id = ?",
        [(row.profile_id, row.follower_id, row.id) for row in rows],
    )
    connection.executemany(
        "UPDATE profiles SET version = version + 1 WHERE id = ?",
        [(profile,) for profile in {row.profile_id for row in rows}],
    )
    return len(rows)


def write_words(
    connection: sqlite3.Connection, rows: Sequence[Wordless], known: Mapping[int, _Line] | None = None
) -> None:
    """Write the words of these relations where they are not what is `known`, the line each of them has."""
    before = known or {}
    tags = _tag_names(connection, rows)
    lines: list[tuple[object, ...]] = []
    out: list[tuple[object, ...]] = []
    into: list[tuple[object, ...]] = []
    for row in rows:
        line, old = _line(row, tags), before.get(row.id)
        if line == old:
            continue
        if old is None or (line.words, line.place) != (old.words, old.place):
            if old is not None:
                out.append((old.place, *search_columns(old.words)))
            into.append((line.place, *search_columns(line.words)))
        lines.append((row.profile_id, row.follower_id, row.id, row.state, row.fields.createtime, *line))
    # In the order of their rowids: the index writes what it has gathered whenever one goes back.
    connection.executemany(_TAKE_OUT, sorted(out))
    connection.executemany(_PUT_IN, sorted(into))
    connection.executemany(_PUT_LINE, sorted(lines, key=_KEY_OF_LINE))


def take_out_words(connection: sqlite3.Connection, profile_id: int, relations: Iterable[tuple[int, int]]) -> None:
    """Take relations (row id, follower's row id) out of the index, which needs the text that was put in."""
    for row_id, follower_id in relations:
        key = (profile_id, follower_id, row_id)
        line = connection.execute(f"SELECT place, words FROM relation_lines WHERE {_OF_ONE}", key).fetchone()
        if line is not None:
            connection.execute(_TAKE_OUT, (line[0], *search_columns(line[1])))
        connection.execute(f"DELETE FROM relation_lines WHERE {_OF_ONE}", key)
        connection.execute(f"DELETE FROM relations_without_words WHERE {_OF_ONE}", key)


def _line(row: Wordless, tags: Mapping[tuple[int, str], str]) -> _Line:
    contact, fields = row.contact, row.fields
    named: list[str] = []
    if fields.tag_ids:
        named += [name for tag in fields.tag_ids.split() if (name := tags.get((row.profile_id, tag)))]
    if fields.personal_tags:
        named += fields.personal_tags.split("\n")
    name_key, mobiles = words.sort_key(contact.name), fields.mobiles
    return _Line(
        relation_words(row.follower_id, row.external_userid, contact, fields, named),
        place_of(row.profile_id, fields.createtime, row.id),
        words.sort_key(fields.remark) or name_key,
        name_key,
        words.sort_key(fields.company) or words.sort_key(contact.corp_name),
        words.folded(mobiles.split("\n", 1)[0]) or None if mobiles else None,
    )


def _tag_names(connection: sqlite3.Connection, rows: Iterable[Wordless]) -> dict[tuple[int, str], str]:
    wanted = {(row.profile_id, tag) for row in rows if row.fields.tag_ids for tag in row.fields.tag_ids.split()}
    known = {}
    for profile_id, tag in wanted:
        found = connection.execute(
            "SELECT name FROM tags WHERE profile_id = ? AND tag_id = ?", (profile_id, tag)
        ).fetchone()
        if found:
            known[profile_id, tag] = found[0]
    return known


_CONTACTS = len(ContactColumns._fields)
_KEY_OF_LINE = itemgetter(0, 1, 2)
