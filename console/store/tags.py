"""Names of tags: of the company's groups and the rule groups, and what C2 called them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from console.store.database import Database
from console.store.payloads import integer, mapping, text
from console.store.word_index import FORGET_WORDS
from console.store.writer import Pending

_CHUNK = 2000


class NamedTag(Protocol):
    """A tag as the tag lists give it."""

    @property
    def id(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...


class TagGroupLike(Protocol):
    """A group of tags as the tag lists give it."""

    @property
    def group_name(self) -> str | None: ...
    @property
    def tag(self) -> Sequence[NamedTag] | None: ...


@dataclass(frozen=True, slots=True)
class TagName:
    """What a tag is called; `kind` as in C2: 1 the company's, 3 a rule group's."""

    group: str
    name: str
    kind: int


_PUT = """
    INSERT INTO tags (profile_id, tag_id, kind, group_name, name) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (profile_id, tag_id) DO UPDATE SET
        kind = excluded.kind, group_name = excluded.group_name, name = excluded.name"""


class Tags:
    """The tag names of one profile; a tag that was deleted keeps the name it had."""

    def __init__(self, database: Database, profile_id: int) -> None:
        self._database = database
        self._profile_id = profile_id

    def put_groups(self, kind: int, groups: Iterable[TagGroupLike]) -> Pending[None]:
        """Store a tag list (kind 1: the company's, 3: rule groups'). Follows WeCom document 92117."""
        profile_id = self._profile_id
        named = [
            (tag_id, kind, text(group.group_name) or "", name)
            for group in groups
            for tag in group.tag or ()
            if (tag_id := text(tag.id)) and (name := text(tag.name)) is not None
        ]

        def job(connection: sqlite3.Connection) -> None:
            known = dict(connection.execute("SELECT tag_id, name FROM tags WHERE profile_id = ?", (profile_id,)))
            connection.executemany(_PUT, [(profile_id, *tag) for tag in named])
            renamed = {tag_id for tag_id, _, _, name in named if known.get(tag_id) != name}
            if renamed:
                _forget_words(connection, profile_id, renamed)

        return self._database.write(job)

    def name_of(self, tag_id: str) -> TagName | None:
        """What a tag is called, None when that is not known."""
        rows = self._database.rows(
            "SELECT group_name, name, kind FROM tags WHERE profile_id = ? AND tag_id = ?",
            (self._profile_id, text(tag_id)),
        )
        return TagName(*rows[0]) if rows else None


def learn_tags(connection: sqlite3.Connection, profile_id: int, follow_users: Iterable[Mapping[str, object]]) -> None:
    """Keep the names that C2 gives to tags with an id; runs in a writer's transaction."""
    learned: dict[str, tuple[object, ...]] = {}
    for user in follow_users:
        tags = user.get("tags")
        for tag in map(mapping, tags if isinstance(tags, list) else ()):
            tag_id, name = text(tag.get("tag_id")), text(tag.get("tag_name"))
            if tag_id and name is not None:
                kind = integer(tag.get("type")) or 1
                learned[tag_id] = (profile_id, tag_id, kind, text(tag.get("group_name")) or "", name)
    connection.executemany(_PUT, learned.values())


def _forget_words(connection: sqlite3.Connection, profile_id: int, tag_ids: set[str]) -> None:
    """Rows with a tag of a new name need new search text."""
    cursor = connection.execute(
        "SELECT follower_id, id, tag_ids FROM relations WHERE profile_id = ? AND tag_ids <> ''",
        (profile_id,),
    )
    stale: list[tuple[int, int, int]] = []
    while rows := cursor.fetchmany(_CHUNK):
        stale.extend((profile_id, who, row_id) for who, row_id, known in rows if not tag_ids.isdisjoint(known.split()))
    connection.executemany(FORGET_WORDS, stale)
