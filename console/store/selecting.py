"""Answering a `RelationQuery`: by the rows, by one follower's lines, or by the index of all words."""

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from dataclasses import dataclass
from typing import Final

from console.store.duplicates import relations_twice, relations_with_unionid
from console.store.followers import follower_id
from console.store.query import STATES, RelationQuery, any_of, check, containing, ordered
from console.store.reader import id_vector
from console.store.relation_words import RELATION_OF_PLACE, fact_follower, places_of, spread
from console.store.search_match import followers_called, match
from console.store.search_terms import Terms, parse
from console.store.word_index import is_behind
from console.store.words import id_words

MOST_BY_ID: Final = 1000
"""At most so many relations are found by a part of their ids."""
_AN_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,128}")
_LIKE_A_PART_OF_ONE: Final = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9A-Z_-])")
_WORDS: Final = """(
    SELECT words FROM relation_lines l
    WHERE l.profile_id = r.profile_id AND l.follower_id = r.follower_id AND l.relation_id = r.id)"""


@dataclass(frozen=True, slots=True)
class Selection:
    """The part of a SELECT after its columns; `key` is what names a relation's id in it."""

    key: str
    source: str
    values: tuple[object, ...]
    order: str


def select_ids(connection: sqlite3.Connection, profile_id: int, query: RelationQuery) -> array[int]:
    """The ids of a query's relations, in its order; raises `ValueError` for an unknown order or value of `gone`."""
    wanted = _selection(connection, profile_id, query)
    if wanted is None:
        return array("q")
    return id_vector(connection, f"SELECT {wanted.key} AS id {wanted.source} {wanted.order}", wanted.values)


def count_ids(connection: sqlite3.Connection, profile_id: int, query: RelationQuery) -> int:
    """How many relations a query has."""
    wanted = _selection(connection, profile_id, query)
    if wanted is None:
        return 0
    return int(connection.execute(f"SELECT COUNT(*) {wanted.source}", wanted.values).fetchone()[0])


def first_ids(connection: sqlite3.Connection, profile_id: int, query: RelationQuery, most: int) -> array[int] | None:
    """The first ids of a query, where they can be had in a few milliseconds however many there are; else None.

    They are the newest by the week, and within their weeks in the right order.
    """
    check(query)
    terms = parse(query.contains)
    if query.order != "createtime" or not query.descending or terms.twice or _ids_in(query.contains):
        return None
    everybody = query.follower is None
    if everybody and (terms.plain or terms.has_fields or not is_behind(connection, profile_id, None)):
        found = _by_index(connection, profile_id, query, terms, None, most)
        if found is None:
            return array("q")
        sql, values = f"SELECT {found.key} {found.source} {found.order}", found.values
    elif everybody or terms.plain or terms.has_fields:
        return None
    else:
        wanted = _selection(connection, profile_id, query)
        if wanted is None:
            return array("q")
        sql, values = f"SELECT {wanted.key} {wanted.source} {wanted.order} LIMIT {most:d}", wanted.values
    return array("q", [row_id for (row_id,) in connection.execute(sql, values)])


def _selection(connection: sqlite3.Connection, profile_id: int, query: RelationQuery) -> Selection | None:
    """The SQL for a query; None when it can have no rows."""
    check(query)
    follower = None
    if query.follower is not None:
        follower = follower_id(connection, profile_id, query.follower)
        if follower is None:
            return None
    terms = parse(query.contains)
    if terms.has_fields or (terms.plain and follower is None):
        return _by_index(connection, profile_id, query, terms, follower)
    if terms.plain or query.order != "createtime":
        return _by_lines(connection, profile_id, query, terms, follower)
    where, values = _scope(profile_id, follower)
    return Selection("id", f"FROM relations WHERE {where}{_state(query, terms)}", values, ordered(query))


def _by_lines(
    connection: sqlite3.Connection, profile_id: int, query: RelationQuery, terms: Terms, follower: int | None
) -> Selection:
    """A scan of lines; of relations that have none yet, only the external_userid is known."""
    where, values = _scope(profile_id, follower)
    source, all_values = f"relation_lines WHERE {where}", values
    if is_behind(connection, profile_id, follower):
        source = f"""(
            SELECT relation_id, state, createtime, words, shown_key, name_key, company_key, mobile_key
            FROM relation_lines WHERE {where}
            UNION ALL
            SELECT r.id, r.state, r.createtime, lower(r.external_userid), NULL, NULL, NULL, NULL
            FROM relations_without_words w JOIN relations r ON r.id = w.relation_id
            WHERE w.{where.replace("AND follower_id", "AND w.follower_id")} AND w.fresh = 1) WHERE 1"""
        all_values = (*values, *values)
    found, patterns = containing(terms.plain)
    return Selection(
        "relation_id",
        f"FROM {source}{_state(query, terms)}{found}",
        (*all_values, *patterns),
        ordered(query, key="relation_id"),
    )


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


def _scope(profile_id: int, follower: int | None) -> tuple[str, tuple[int, ...]]:
    if follower is None:
        return "profile_id = ?", (profile_id,)
    return "profile_id = ? AND follower_id = ?", (profile_id, follower)


def _state(query: RelationQuery, terms: Terms, table: str = "") -> str:
    return STATES[terms.gone or query.gone].format(table=table)
