"""Which rows of the feed: an `EventQuery` and the SQL that answers it."""

from __future__ import annotations

from dataclasses import dataclass

from console.store.followers import follower_key
from console.store.payloads import text
from console.store.query import like
from console.store.words import needles


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Rows of these kinds (`Kind` and `RowKind`; none: all), of one follower and of one customer, with a text.

    `contains`: every word of it must be found, without case, in what the event says, or in what is known of its
    customer or its follower. `after`: only rows that came after the one of this id.
    """

    kinds: frozenset[str] = frozenset()
    follower: str | None = None
    customer: str | None = None
    contains: str = ""
    bookmarked: bool = False
    after: int = 0


def selection(query: EventQuery, profile_id: int) -> tuple[str, list[object]]:
    """The SELECT of the ids, newest first, and its values."""
    where = ["profile_id = ?"]
    values: list[object] = [profile_id]
    if query.kinds:
        where.append(f"kind IN ({','.join('?' * len(query.kinds))})")
        values.extend(sorted(query.kinds))
    if query.follower is not None:
        where.append("follower_key = ?")
        values.append(follower_key(query.follower))
    if query.customer is not None:
        where.append("external_userid = ?")
        values.append(text(query.customer))
    if query.bookmarked:
        where.append("bookmarked = 1")
    if query.after:
        where.append("id > ?")
        values.append(query.after)
    for forms in needles(query.contains):
        found = " OR ".join(["words LIKE ? ESCAPE '\\'"] * len(forms))
        where.append(_IN_ANY_WORDS.format(found=found))
        patterns = [like(form) for form in forms]
        values.extend((*patterns, profile_id, *patterns, profile_id, *patterns))
    return f"SELECT id FROM events WHERE {' AND '.join(where)} ORDER BY id DESC", values


_IN_ANY_WORDS = """(({found})
    OR follower_key IN (SELECT userid_key FROM followers WHERE profile_id = ? AND ({found}))
    OR external_userid IN (
        SELECT r.external_userid FROM relation_lines l JOIN relations r ON r.id = l.relation_id
        WHERE l.profile_id = ? AND ({found})))"""
