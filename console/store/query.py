"""Which relations, in which order: a `RelationQuery` and the SQL that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from console.store.words import needles, whole_number

Gone = Literal["include", "exclude", "only"]

_KEYS = {
    "createtime": "createtime",
    "remark": "shown_key",
    "name": "name_key",
    "company": "company_key",
    "mobile": "mobile_key",
}
_GONE = {"include": "", "exclude": " AND state <> 2", "only": " AND state = 2"}

ORDERS = tuple(_KEYS)


@dataclass(frozen=True, slots=True)
class RelationQuery:
    """Relations of one follower (userid in any case) or of all, that contain what was typed.

    `contains`: every word of it must be found, without case, in name, remark, company, description,
    mobiles (digits anywhere, however they are parted), tag names, external_userid and unionid (eight characters
    of them or more), or in the pinyin initials of names; over all followers also in the follower's userid or
    name. `order` is one of `ORDERS`: "remark" is what a list shows first, the remark or else the name. Rows
    without a value stand last either way; equal ones stay in the order of their ids.
    """

    follower: str | None = None
    contains: str = ""
    order: str = "createtime"
    descending: bool = True
    gone: Gone = "exclude"

    def needs_words(self) -> bool:
        """True when the answer leans on search text or sort keys, which are written after the rows."""
        return bool(needles(self.contains)) or self.order != "createtime"


class Selection(NamedTuple):
    """The part of a SELECT after its columns; `key` is the id column of the table it reads."""

    key: str
    source: str
    values: tuple[object, ...]
    order: str


def selection(query: RelationQuery, profile_id: int, follower_id: int | None) -> Selection:
    """The SQL for a query; raises `ValueError` for an unknown order or an unknown value of `gone`."""
    if query.order not in _KEYS or query.gone not in _GONE:
        raise ValueError(f"no such order or kind: {query.order!r}, {query.gone!r}")
    values: list[object]
    narrow = query.needs_words()
    key, table = ("relation_id", "relation_lines") if narrow else ("id", "relations")
    if follower_id is None:
        where, values = "profile_id = ?", [profile_id]
    else:
        where, values = "profile_id = ? AND follower_id = ?", [profile_id, follower_id]
    where += _GONE[query.gone]
    found, found_values = _containing(query.contains, profile_id, in_follower=follower_id is None)
    direction = "DESC" if query.descending else "ASC"
    return Selection(
        key,
        f"FROM {table} WHERE {where}{found}",
        (*values, *found_values),
        f"ORDER BY {_KEYS[query.order]} {direction} NULLS LAST, {key} {direction}",
    )


def like(needle: str) -> str:
    """A LIKE pattern (ESCAPE '\\') that finds the needle anywhere, and nothing else."""
    escaped = needle.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _containing(contains: str, profile_id: int, *, in_follower: bool) -> tuple[str, list[object]]:
    terms = needles(contains)
    if not terms:
        return "", []
    clauses: list[str] = []
    values: list[object] = []
    for forms in terms:
        either = ["words LIKE ? ESCAPE '\\'"] * len(forms)
        values.extend(like(form) for form in forms)
        if in_follower:
            either.append("follower_id IN (SELECT id FROM followers WHERE profile_id = ? AND words LIKE ? ESCAPE '\\')")
            values.extend((profile_id, like(forms[0])))
        clauses.append(f"({' OR '.join(either)})")
    found = " AND ".join(clauses)
    number = whole_number(contains)
    if number:
        found = f"({found} OR words LIKE ? ESCAPE '\\')"
        values.append(like(number))
    return f" AND {found}", values
