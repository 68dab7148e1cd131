"""Which relations, in which order: a `RelationQuery`, and the pieces of SQL that every search is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from console.store.words import needles, whole_number

Gone = Literal["include", "exclude", "only"]

SORT_KEYS: Final = {
    "createtime": "createtime",
    "remark": "shown_key",
    "name": "name_key",
    "company": "company_key",
    "mobile": "mobile_key",
}
STATES: Final = {"include": "", "exclude": " AND {table}state <> 2", "only": " AND {table}state = 2"}

ORDERS = tuple(SORT_KEYS)


@dataclass(frozen=True, slots=True)
class RelationQuery:
    """Relations of one follower (userid in any case) or of all, that contain what was typed.

    `contains`: every word of it must be found, without case, in name, remark, company, description,
    mobiles (digits anywhere, however they are parted), tag names, external_userid and unionid (eight characters
    of them or more), or in the pinyin initials of names; over all followers also in the follower's userid or
    name. A word may be narrowed to a field (`tag:VIP -remark:测试`): see `console.store.search_terms`.
    `order` is one of `ORDERS`: "remark" is what a list shows first, the remark or else the name. Rows
    without a value stand last either way; equal ones stay in the order of their ids. `gone` is what is shown
    where `contains` does not say (`gone:yes`).
    """

    follower: str | None = None
    contains: str = ""
    order: str = "createtime"
    descending: bool = True
    gone: Gone = "exclude"

    def needs_words(self) -> bool:
        """True when the answer leans on search text or sort keys, which are written after the rows."""
        return bool(needles(self.contains)) or self.order != "createtime"


def ordered(query: RelationQuery, table: str = "", key: str = "id") -> str:
    """The ORDER BY of a query, over the columns of a table (with its dot)."""
    direction = "DESC" if query.descending else "ASC"
    return f"ORDER BY {table}{SORT_KEYS[query.order]} {direction} NULLS LAST, {table}{key} {direction}"


def check(query: RelationQuery) -> None:
    """Raises `ValueError` for an unknown order or an unknown value of `gone`."""
    if query.order not in SORT_KEYS or query.gone not in STATES:
        raise ValueError(f"no such order or kind: {query.order!r}, {query.gone!r}")


def like(needle: str) -> str:
    """A LIKE pattern (ESCAPE '\\') that finds the needle anywhere, and nothing else."""
    escaped = needle.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def any_of(column: str, forms: Sequence[str]) -> tuple[str, list[object]]:
    """A condition that a column holds one of these texts."""
    return f"({' OR '.join([f'{column} LIKE ? ESCAPE {_BACKSLASH}'] * len(forms))})", [like(form) for form in forms]


def containing(contains: str, words: str = "words") -> tuple[str, list[object]]:
    """A condition that a column of search text holds every word of what was typed; empty for nothing typed."""
    found: list[str] = []
    values: list[object] = []
    for forms in needles(contains):
        condition, patterns = any_of(words, forms)
        found.append(condition)
        values += patterns
    if not found:
        return "", []
    together = " AND ".join(found)
    if number := whole_number(contains):
        either, pattern = any_of(words, [number])
        return f" AND (({together}) OR {either})", [*values, *pattern]
    return f" AND {together}", values


_BACKSLASH: Final = "'\\'"
