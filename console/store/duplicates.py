"""Customers who may be one person: the same unionid, the same phone, or the same name and company.

Being followed by several colleagues is no duplicate: it is one customer. WeCom has no way to merge two.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.store.relation_words import RELATION_OF_PLACE, fact_unionid, part_of, places_of, spread
from console.store.words import digits, folded

_CHUNK: Final = 2000
_SHORTEST_NUMBER: Final = 7
"""Digits: what is shorter is an extension or a mistake, and says nothing of a person."""


class Same(StrEnum):
    """What two customers share."""

    UNIONID = "unionid"
    MOBILE = "mobile"
    NAME = "name"  # and the company


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another customer that may be the same person, what they share, and its relations' ids."""

    external_userid: str
    same: tuple[Same, ...]
    relations: tuple[int, ...]


_TWICE_BY_UNIONID: Final = """
    SELECT id FROM relations WHERE profile_id = ? AND state <> 2 AND unionid IN (
        SELECT unionid FROM relations
        WHERE profile_id = ? AND unionid IS NOT NULL AND unionid <> '' AND state <> 2
        GROUP BY unionid HAVING MIN(external_userid) <> MAX(external_userid))"""

_TWICE_BY_NAME: Final = """
    WITH known AS (
        SELECT id, external_userid, name, COALESCE(NULLIF(corp_name, ''), company) AS company FROM relations
        WHERE profile_id = ? AND state <> 2 AND name <> '' AND COALESCE(NULLIF(corp_name, ''), company) <> '')
    SELECT id FROM known WHERE (name, company) IN (
        SELECT name, company FROM known GROUP BY name, company HAVING MIN(external_userid) <> MAX(external_userid))"""

_MOBILES: Final = """
    SELECT id, external_userid, mobiles FROM relations WHERE profile_id = ? AND state <> 2 AND mobiles <> ''"""


def relations_twice(connection: sqlite3.Connection, profile_id: int, kind: str) -> list[int]:
    """The relations whose customer shares `kind` (a value of `Same`) with another customer; takes up to a second."""
    match Same(kind):
        case Same.UNIONID:
            rows = connection.execute(_TWICE_BY_UNIONID, (profile_id, profile_id))
        case Same.NAME:
            rows = connection.execute(_TWICE_BY_NAME, (profile_id,))
        case Same.MOBILE:
            return _twice_by_mobile(connection, profile_id)
    return [row_id for (row_id,) in rows]


def duplicates_of(connection: sqlite3.Connection, profile_id: int, external_userid: str) -> list[Duplicate]:
    """The customers that may be the same person as this one, those that share most first."""
    own = connection.execute(
        """SELECT unionid, name, corp_name, company, mobiles FROM relations
           WHERE profile_id = ? AND external_userid = ? AND state <> 2""",
        (profile_id, external_userid),
    ).fetchall()
    shared: dict[Same, set[int]] = {
        Same.UNIONID: {
            row_id
            for unionid in {row[0] for row in own if row[0]}
            for row_id in relations_with_unionid(connection, profile_id, unionid)
        },
        Same.MOBILE: _with_mobile(connection, profile_id, {one for row in own for one in _numbers(row[4])}),
        Same.NAME: _with_name(connection, profile_id, {(row[1], row[2] or row[3]) for row in own}),
    }
    found: dict[str, dict[Same, set[int]]] = {}
    for same, ids in shared.items():
        for row_id, customer in _customers_of(connection, profile_id, ids):
            if customer != external_userid:
                found.setdefault(customer, {}).setdefault(same, set()).add(row_id)
    listed = [
        Duplicate(customer, tuple(same for same in Same if same in by), tuple(sorted(set().union(*by.values()))))
        for customer, by in found.items()
    ]
    return sorted(listed, key=lambda one: (-len(one.same), one.same[0] is Same.NAME, one.external_userid))


def _twice_by_mobile(connection: sqlite3.Connection, profile_id: int) -> list[int]:
    holders: dict[str, str | None] = {}  # None: more than one customer
    cursor = connection.execute(_MOBILES, (profile_id,))
    while rows := cursor.fetchmany(_CHUNK):
        for _row_id, customer, mobiles in rows:
            for number in _numbers(mobiles):
                if holders.setdefault(number, customer) != customer:
                    holders[number] = None
    shared = {number for number, holder in holders.items() if holder is None}
    holders.clear()
    found: list[int] = []
    cursor = connection.execute(_MOBILES, (profile_id,))
    while rows := cursor.fetchmany(_CHUNK):
        found += [row_id for row_id, _customer, mobiles in rows if not shared.isdisjoint(_numbers(mobiles))]
    return found


def _numbers(mobiles: str | None) -> list[str]:
    known = [folded(number) for number in (mobiles or "").split("\n")]
    return [bare for number in known if len(bare := digits(number)) >= _SHORTEST_NUMBER]


def relations_with_unionid(connection: sqlite3.Connection, profile_id: int, unionid: str) -> list[int]:
    """The relations, gone ones included, of the customers with a unionid."""
    fact = spread(fact_unionid(unionid))
    rows = _indexed(connection, profile_id, f'facts : "{fact}"', "r.unionid").fetchall()
    rows += connection.execute(
        """SELECT r.id, r.unionid FROM relations_without_words w JOIN relations r ON r.id = w.relation_id
           WHERE w.profile_id = ?""",
        (profile_id,),
    ).fetchall()
    return sorted({row_id for row_id, known in rows if known == unionid})


def _with_mobile(connection: sqlite3.Connection, profile_id: int, numbers: set[str]) -> set[int]:
    return {
        row_id
        for number in numbers
        for row_id, mobiles in _indexed(connection, profile_id, f'numbers : "{number}"', "r.mobiles")
        if number in _numbers(mobiles)
    }


def _with_name(connection: sqlite3.Connection, profile_id: int, named: set[tuple[str | None, str | None]]) -> set[int]:
    found: set[int] = set()
    for name, company in named:
        if not name or not company or not folded(name):
            continue
        part = part_of(folded(name)).replace('"', '""')
        columns = "r.name, COALESCE(NULLIF(r.corp_name, ''), r.company)"
        rows = _indexed(connection, profile_id, f'name : "{part}"', columns)
        found.update(row_id for row_id, other, corp in rows if (other, corp) == (name, company))
    return found


def _indexed(connection: sqlite3.Connection, profile_id: int, expression: str, columns: str) -> sqlite3.Cursor:
    return connection.execute(
        f"""SELECT r.id, {columns}
            FROM relation_search CROSS JOIN relations r ON r.id = relation_search.rowid & {RELATION_OF_PLACE}
            WHERE relation_search MATCH ? AND relation_search.rowid BETWEEN ? AND ?""",
        (expression, *places_of(profile_id)),
    )


def _customers_of(connection: sqlite3.Connection, profile_id: int, ids: set[int]) -> sqlite3.Cursor:
    return connection.execute(
        """SELECT id, external_userid FROM relations
           WHERE +profile_id = ? AND state <> 2 AND id IN (SELECT value FROM json_each(?))""",
        (profile_id, json.dumps(sorted(ids))),
    )
