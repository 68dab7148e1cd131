"""Answering a `RelationQuery` that says what is looked for: by one follower's lines, or by the index of all words."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import Final

from console.store.duplicates import relations_twice, relations_with_unionid
from console.store.query import STATES, RelationQuery, any_of, containing, ordered
from console.store.relation_words import RELATION_OF_PLACE, fact_follower, places_of, spread
from console.store.search_match import followers_called, match
from console.store.search_terms import Terms, parse
from console.store.selecting import Selection, by_lines, by_rows, selection_of
from console.store.word_index import is_behind
from console.store.words import id_words

MOST_BY_ID: Final = 1000
"""At most so many relations are found by a part of their ids."""
_AN_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,128}")
_LIKE_A_PART_OF_ONE: Final = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9A-Z_-])")
_WORDS: Final = """(
    SELECT words FROM relation_lines l
    WHERE l.profile_id = r.profile_id AND l.follower_id = r.follower_id AND l.relation_id = r.id)"""


def searched(
    connection: sqlite3.Connection, profile_id: int, query: RelationQuery, follower: int | None
) -> Selection | None:
    """The SQL for what was typed; None when it can have no rows."""
    terms = parse(query.contains)
    if terms.has_fields or (terms.plain and follower is None):
        return _by_index(connection, profile_id, query, terms, follower)
    if terms.plain or query.order != "createtime":
        return by_lines(connection, profile_id, query, follower, plain=terms.plain, gone=terms.gone)
    return by_rows(profile_id, query, follower, terms.gone)


def first_found(
    connection: sqlite3.Connection, profile_id: int, query: RelationQuery, most: int
) -> tuple[Selection | None, bool]:
    """The SQL for the newest of everybody or of what was typed, and whether it takes but a few milliseconds."""
    terms = parse(query.contains)
    if terms.twice or _ids_in(query.contains):
        return None, False
    if query.follower is None:
        if terms.plain or terms.has_fields or not is_behind(connection, profile_id, None):
            return _by_index(connection, profile_id, query, terms, None, most), True
        return None, False
    if terms.plain or terms.has_fields:
        return None, False
    return selection_of(connection, profile_id, query), True


def _by_index(
    connection: sqlite3.Connection,
    profile_id: int,
    query: RelationQuery,
    terms: Terms,
    follower: int | None,
    most: int | None = None,
) -> Selection | None:
    """What the index finds; with `most`, so many of the newest."""
    found = match(terms, followers_called(connection, profile_id))
    if found is None:
        return None
    expression = found.expression
    if follower is not None:
        expression = f'({expression}) AND facts : "{spread(fact_follower(follower))}"'
    hits = f"""
        SELECT relation_search.rowid & {RELATION_OF_PLACE} AS hit FROM relation_search
        WHERE relation_search MATCH ? AND rowid BETWEEN ? AND ?"""
    values: list[object] = [expression, *places_of(profile_id)]
    if by_id := _by_id(connection, profile_id, query.contains, terms.plain):
        hits += " UNION SELECT value FROM json_each(?)"
        values.append(json.dumps(by_id))
    joined = f"CROSS JOIN relations r ON r.id = h.hit WHERE 1{_state(query, terms, 'r.')}"
    if follower is not None:
        joined += " AND r.follower_id = ?"
        values.append(follower)
    for forms in found.contains:
        condition, patterns = any_of(_WORDS, forms)
        joined += f" AND {condition}"
        values += patterns
    for part, column, negative in found.ids:
        condition, patterns = any_of(f"COALESCE(r.{column}, '')", [part])
        joined += f" AND {'NOT ' if negative else ''}{condition}"
        values += patterns
    for kind in terms.twice:
        joined += " AND r.id IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(relations_twice(connection, profile_id, kind)))
    if most is not None:
        newest = f"FROM ({hits} ORDER BY rowid DESC) h {joined} LIMIT {most:d}"
        return Selection("id", f"FROM (SELECT r.id, r.createtime {newest})", tuple(values), ordered(query))
    if query.order == "createtime":
        return Selection("r.id", f"FROM ({hits}) h {joined}", tuple(values), ordered(query, "r."))
    lines = """CROSS JOIN relation_lines l
        ON l.profile_id = r.profile_id AND l.follower_id = r.follower_id AND l.relation_id = r.id WHERE"""
    source = f"FROM ({hits}) h {joined.replace('WHERE', lines, 1)}"
    return Selection("r.id", source, tuple(values), ordered(query, "l.", "relation_id"))


def _ids_in(contains: str) -> list[str]:
    return [word for word in contains.split() if _AN_ID.fullmatch(word) and not word.isdecimal()]


def _by_id(connection: sqlite3.Connection, profile_id: int, contains: str, plain: str) -> list[int]:
    """The relations that one of the words names by an id or a part of one, and that all other words fit.

    A whole id is looked up; the parts are looked for in all lines, which takes a moment where there are many.
    """
    found: set[int] = set()
    for word in _ids_in(contains):
        found.update(_with_id(connection, profile_id, word))
    if not found or len(plain.split()) == 1:
        return sorted(found)
    condition, patterns = containing(plain, _WORDS)
    rows = connection.execute(
        f"SELECT id FROM relations r WHERE r.id IN (SELECT value FROM json_each(?)){condition}",
        (json.dumps(sorted(found)), *patterns),
    )
    return sorted(row_id for (row_id,) in rows)


def _with_id(connection: sqlite3.Connection, profile_id: int, word: str) -> list[int]:
    rows = connection.execute(
        "SELECT id FROM relations WHERE profile_id = ? AND external_userid = ?", (profile_id, word)
    ).fetchall()
    known = [row_id for (row_id,) in rows] or relations_with_unionid(connection, profile_id, word)
    if known or not _LIKE_A_PART_OF_ONE.match(word):
        return known
    condition, patterns = any_of("words", [id_words(word)])
    rows = connection.execute(
        f"SELECT relation_id FROM relation_lines WHERE profile_id = ? AND {condition} LIMIT {MOST_BY_ID}",
        (profile_id, *patterns),
    ).fetchall()
    return [row_id for (row_id,) in rows]


def _state(query: RelationQuery, terms: Terms, table: str = "") -> str:
    return STATES[terms.gone or query.gone].format(table=table)
