"""A search as the index of all relations is asked for it: one expression of SQLite's full-text search.

What can't be said in it stands beside: ids, of which any eight characters are found, and the checks of long numbers.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from console.store.followers import follower_key
from console.store.relation_words import SECTIONS, beginnings, fact_flag, fact_follower, fact_way, part_of, spread
from console.store.search_terms import Field, Term, Terms
from console.store.words import digits, needles, whole_number

_NUMBER: Final = re.compile("[0-9]{3,}")
_LONG_NUMBER: Final = re.compile("[0-9]{7,}")
_LOOKED_UP_DIGITS: Final = 6
"""Of a long number only so many digits, the last, are looked up in the index; the whole is compared."""
_SHORTEST_FOR_FOLLOWERS: Final = 2
_SECTION_OF: Final = {
    Field.NAME: "name",
    Field.REMARK: "remark",
    Field.COMPANY: "company",
    Field.TAG: "tags",
    Field.MOBILE: "numbers",
    Field.DESCRIPTION: "description",
}
_ID_COLUMNS: Final = {Field.ID: "external_userid", Field.UNIONID: "unionid"}
_ANYWHERE: Final = "{" + " ".join(SECTIONS) + "}"

FollowersCalled = Callable[[str], Sequence[int]]
"""The row ids of the followers with a text in their userid or name."""


@dataclass(frozen=True, slots=True)
class Match:
    """`expression` for the index; `contains` are texts that the words of a row must hold besides, one of each list.

    `ids` are parts of an external_userid or a unionid, each with the column it is looked for in and whether it must
    not be there.
    """

    expression: str
    contains: tuple[tuple[str, ...], ...] = ()
    ids: tuple[tuple[str, str, bool], ...] = ()


def match(terms: Terms, followers: FollowersCalled) -> Match | None:
    """The expression for a search; None when nobody can match, as for a follower who does not exist."""
    wanted: list[str] = []
    unwanted: list[str] = []
    compared: list[tuple[str, ...]] = []
    number = whole_number(terms.plain)
    for texts in needles(terms.plain, ids=False):
        callers = followers(texts[0]) if len(texts[0]) >= _SHORTEST_FOR_FOLLOWERS or not texts[0].isascii() else ()
        shortened = not callers and not number and all(_LONG_NUMBER.fullmatch(text) for text in texts)
        if shortened:
            compared.append(tuple(texts))
        either = [_anywhere(text[-_LOOKED_UP_DIGITS:] if shortened else text) for text in texts]
        wanted.append(_either([*either, *(_fact(fact_follower(one)) for one in callers)]))
    if number and wanted:
        wanted = [_either([_all(wanted), _anywhere(number)])]
    ids: list[tuple[str, str, bool]] = []
    for term in terms.fields:
        if term.field in _ID_COLUMNS and not term.none:
            ids.append((term.value, _ID_COLUMNS[term.field], term.negative))
            continue
        said = _field(term, followers)
        if said is not None:
            (unwanted if term.negative else wanted).append(said)
        elif not term.negative:
            return None
    expression = _all(wanted or [_fact(fact_flag("any"))])
    for said in unwanted:
        expression = f"({expression}) NOT ({said})"
    return Match(expression, tuple(compared), tuple(ids))


def followers_called(connection: sqlite3.Connection, profile_id: int) -> FollowersCalled:
    """Look followers up by a part of their userid, name or initials."""

    def called(value: str) -> list[int]:
        rows = connection.execute(
            "SELECT id FROM followers WHERE profile_id = ? AND (instr(words, ?) > 0 OR userid_key = ?)",
            (profile_id, value, follower_key(value)),
        )
        return [int(row_id) for (row_id,) in rows]

    return called


def _field(term: Term, followers: FollowersCalled) -> str | None:
    """What one condition on a field asks of the index."""
    match term.field:
        case Field.FOLLOWER:
            called = followers(term.value)
            return _either([_fact(fact_follower(one)) for one in called]) if called else None
        case Field.WAY:
            ways = [fact_way(int(way)) for way in term.value.split(",") if way.isdecimal() and len(way) < 6]
            said = [_fact(way) for way in ways if way]
            return _either(said) if said else None
    assert term.field is not None
    if term.none:
        return _fact(fact_flag(term.field.value))
    bare = digits(term.value) if term.field is Field.MOBILE else ""
    return _in_section(_SECTION_OF[term.field], bare or term.value)


def _anywhere(text: str) -> str:
    """A text in any section; three digits or more stand among the numbers wherever they are from."""
    if _NUMBER.fullmatch(text):
        return _in_numbers(text)
    spread_ = f"{_ANYWHERE} : {_phrase(part_of(text))}"
    return _either([spread_, _in_numbers(text)]) if text.isdecimal() else spread_


def _in_section(section: str, text: str) -> str:
    if section == "numbers" and text.isdecimal():
        return _either([f"numbers : {_phrase(part_of(text))}", _in_numbers(text)])
    return f"{section} : {_phrase(part_of(text))}"


def _in_numbers(number: str) -> str:
    """Digits among the numbers that stand as they are."""
    if _NUMBER.fullmatch(number):
        return f"numbers : {_phrase(number)}"
    return _either([f"numbers : {_phrase(entry)}" for entry in beginnings(number)])


def _fact(character: str) -> str:
    return f"facts : {_phrase(spread(character))}"


def _phrase(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _either(said: Sequence[str]) -> str:
    return f"({' OR '.join(said)})"


def _all(said: Sequence[str]) -> str:
    return " AND ".join(f"({one})" for one in said)
