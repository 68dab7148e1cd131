"""Answering a `RelationQuery` without a search: by the rows, or in the order of the lines that are sorted by."""

from __future__ import annotations

import sqlite3
from array import array
from typing import NamedTuple

from console.store.followers import follower_id
from console.store.query import STATES, Gone, RelationQuery, check, containing, ordered
from console.store.reader import id_vector
from console.store.word_index import is_behind


class Selection(NamedTuple):
    """The part of a SELECT after its columns; `key` is what names a relation's id in it."""

    key: str
    source: str
    values: tuple[object, ...]
    order: str


def select_ids(connection: sqlite3.Connection, profile_id: int, query: RelationQuery) -> array[int]:
    """The ids of a query's relations, in its order; raises `ValueError` for an unknown order or value of `gone`."""
    wanted = selection_of(connection, profile_id, query)
    if wanted is None:
        return array("q")
    return id_vector(connection, f"SELECT {wanted.key} AS id {wanted.source} {wanted.order}", wanted.values)


def count_ids(connection: sqlite3.Connection, profile_id: int, query: RelationQuery) -> int:
    """How many relations a query has."""
    wanted = selection_of(connection, profile_id, query)
    if wanted is None:
        return 0
    return int(connection.execute(f"SELECT COUNT(*) {wanted.source}", wanted.values).fetchone()[0])


def first_ids(connection: sqlite3.Connection, profile_id: int, query: RelationQuery, most: int) -> array[int] | None:
    """The first ids of a query, where they can be had in a few milliseconds however many there are; else None.

    They are the newest by the week, and within their weeks in the right order.
    """
    check(query)
    if query.order != "createtime" or not query.descending:
        return None
    if query.contains or query.follower is None:
        from console.store.searching import first_found  # here: the first paint searches nothing

        wanted, is_quick = first_found(connection, profile_id, query, most)
    else:
        wanted, is_quick = selection_of(connection, profile_id, query), True
    if not is_quick:
        return None
    if wanted is None:
        return array("q")
    sql = f"SELECT {wanted.key} {wanted.source} {wanted.order} LIMIT {most:d}"
    return array("q", [row_id for (row_id,) in connection.execute(sql, wanted.values)])


def selection_of(connection: sqlite3.Connection, profile_id: int, query: RelationQuery) -> Selection | None:
    """The SQL for a query; None when it can have no rows."""
    check(query)
    follower = None
    if query.follower is not None:
        follower = follower_id(connection, profile_id, query.follower)
        if follower is None:
            return None
    if query.contains:
        from console.store.searching import searched  # here: the first paint searches nothing

        return searched(connection, profile_id, query, follower)
    if query.order != "createtime":
        return by_lines(connection, profile_id, query, follower)
    return by_rows(profile_id, query, follower)


def by_rows(profile_id: int, query: RelationQuery, follower: int | None, gone: Gone | None = None) -> Selection:
    """The newest first, or last."""
    where, values = scope(profile_id, follower)
    state = STATES[gone or query.gone].format(table="")
    return Selection("id", f"FROM relations WHERE {where}{state}", values, ordered(query))


def by_lines(
    connection: sqlite3.Connection,
    profile_id: int,
    query: RelationQuery,
    follower: int | None,
    *,
    plain: str = "",
    gone: Gone | None = None,
) -> Selection:
    """A scan of lines for plain words; of relations that have none yet, only the external_userid is known."""
    where, values = scope(profile_id, follower)
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
    found, patterns = containing(plain)
    return Selection(
        "relation_id",
        f"FROM {source}{STATES[gone or query.gone].format(table='')}{found}",
        (*all_values, *patterns),
        ordered(query, key="relation_id"),
    )


def scope(profile_id: int, follower: int | None) -> tuple[str, tuple[int, ...]]:
    """The condition that a row is one of a follower's, or of anybody's."""
    if follower is None:
        return "profile_id = ?", (profile_id,)
    return "profile_id = ? AND follower_id = ?", (profile_id, follower)
