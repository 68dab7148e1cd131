"""Storing C3 pages: new relations all at once, known ones only where they differ.

States are those of `RelationState`: 0 active, 1 unread, 2 gone. All functions run in a writer's transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, cast

from console.store.customer_writes import known_contacts, show_contacts
from console.store.followers import follower_ids, follower_key
from console.store.payloads import ContactColumns, FollowColumns, mapping, quick_json, text
from console.store.relation_writes import COLUMNS, newest_relation, touched
from console.store.sync_changes import ChangeNotes, Kind
from console.store.word_index import FORGET_WORDS, Wordless, write_words

_AT_ONCE: Final = 200  # pairs in one statement: each takes two of the 999 parameters that SQLite may allow

_INSERT = f"""
    INSERT INTO relations (id, profile_id, follower_id, external_userid, state, seen_at, c3_at, {", ".join(COLUMNS)})
    VALUES (?, ?, ?, ?, 0, ?, ?, {", ".join("?" * len(COLUMNS))})"""

# A read asked for before a relation went does not bring it back.
_UPDATE = f"""
    UPDATE relations SET state = CASE WHEN gone_at > ? THEN 2 ELSE 0 END,
        gone_at = CASE WHEN gone_at > ? THEN gone_at END, seen_at = ?, c3_at = ?,
        {", ".join(f"{column} = ?" for column in COLUMNS)}
    WHERE id = ?"""

_SAME = "UPDATE relations SET seen_at = ?, c3_at = ? WHERE id = ?"

_DOCUMENT = """
    INSERT INTO relation_documents (relation_id, profile_id, follow_info, contact) VALUES (?, ?, ?, ?)
    ON CONFLICT (relation_id) DO UPDATE SET follow_info = excluded.follow_info, contact = excluded.contact"""

_WANT_WORDS = "INSERT INTO relations_without_words VALUES (?, ?, ?, 1)"

_KNOWN = f"""
    WITH asked (customer, follower) AS (VALUES {{pairs}})
    SELECT r.id, r.external_userid, r.follower_id, r.state, r.seen_at, r.gone_at, d.follow_info, d.contact,
        {", ".join(f"r.{column}" for column in COLUMNS)}
    FROM asked CROSS JOIN relations r
        ON r.profile_id = ? AND r.external_userid = asked.customer AND r.follower_id = asked.follower
    LEFT JOIN relation_documents d ON d.relation_id = r.id"""


class _Known(NamedTuple):
    """A relation as the store has it."""

    id: int
    state: int
    seen_at: float
    gone_at: float | None
    follow_info: str | None
    contact: str | None
    shown: ContactColumns
    fields: FollowColumns


ReceivedPage = tuple[Sequence[Mapping[str, object]], float]
"""The rows of a C3 page, and when it was asked for."""
_Key = tuple[str, int]  # external_userid, row id of the follower


def store_page(
    connection: sqlite3.Connection,
    profile_id: int,
    userid: str | None,
    rows: Iterable[Mapping[str, object]],
    read_at: float,
    notes: ChangeNotes | None = None,
    wordless: list[Wordless] | None = None,
) -> int:
    """Store a C3 page asked for at `read_at`; the number of rows that named a follower and a customer.

    A field that a row lacks keeps its last known value; a row that another read has shown since stays as it is.
    New relations are added to `wordless` for the caller to write their words, or else wait for somebody to do it.
    """
    page = _by_relation(connection, profile_id, userid, rows)
    known = _known(connection, profile_id, list(page))
    shown = _contacts_now(connection, profile_id, page, known, read_at)
    inserts: list[tuple[object, ...]] = []
    updates: list[tuple[object, ...]] = []
    documents: list[tuple[object, ...]] = []
    same: list[tuple[float, float, int]] = []
    fresh: list[Wordless] = []
    rewritten: list[tuple[int, int, int]] = []
    row_id = newest_relation(connection)
    for key, (contact, info) in page.items():
        customer, follower = key
        said = FollowColumns.of_follow_info(info)
        follow_document, contact_document = quick_json(info), quick_json(contact)
        before = known.get(key)
        if before is None:
            row_id += 1
            inserts.append((row_id, profile_id, follower, customer, read_at, read_at, *shown[customer], *said))
            documents.append((row_id, profile_id, follow_document, contact_document))
            fresh.append(Wordless(row_id, profile_id, follower, customer, 0, shown[customer], said))
            if notes is not None:
                notes.add(Kind.NEW, follower, customer)
            continue
        if _is_newer(before, read_at):
            continue
        merged = said.over(before.fields)
        unchanged = merged == before.fields and shown[customer] == before.shown
        if (
            unchanged
            and before.state == 0
            and (follow_document, contact_document)
            == (
                before.follow_info,
                before.contact,
            )
        ):
            same.append((read_at, read_at, before.id))
            continue
        updates.append((read_at, read_at, read_at, read_at, *shown[customer], *merged, before.id))
        documents.append((before.id, profile_id, follow_document, contact_document))
        if not unchanged:
            rewritten.append((profile_id, follower, before.id))
        if notes is not None:
            _note(notes, key, before, shown[customer], merged, read_at)
    connection.executemany(_INSERT, inserts)
    connection.executemany(_UPDATE, updates)
    connection.executemany(_SAME, same)
    connection.executemany(_DOCUMENT, documents)
    if wordless is None:
        connection.executemany(_WANT_WORDS, [(profile_id, row.follower_id, row.id) for row in fresh])
    else:
        wordless += fresh
    connection.executemany(FORGET_WORDS, rewritten)
    if page:
        touched(connection, profile_id)
    return len(page)


def store_pages(
    connection: sqlite3.Connection, profile_id: int, pages: Iterable[ReceivedPage], notes: ChangeNotes | None = None
) -> int:
    """Store many C3 pages with their words, which takes the index half the work of one by one; how many rows."""
    wordless: list[Wordless] = []
    stored = sum(store_page(connection, profile_id, None, rows, at, notes, wordless) for rows, at in pages)
    write_words(connection, wordless)
    return stored


def put_sync_pages(connection: sqlite3.Connection, parts: Sequence[object]) -> int:
    """Store the pages of a sync and note what changed; how many rows.

    The first part says the profile, the sync and the time of now, each of the others is a `ReceivedPage`.
    """
    (profile_id, sync_id, at), *pages = cast("list[Any]", parts)
    notes = ChangeNotes(connection, profile_id, sync_id, at)
    stored = store_pages(connection, profile_id, pages, notes)
    notes.write()
    return stored


def _by_relation(
    connection: sqlite3.Connection, profile_id: int, userid: str | None, rows: Iterable[Mapping[str, object]]
) -> dict[_Key, tuple[Mapping[str, object], Mapping[str, object]]]:
    """The last row of each relation; rows that name no follower (where no `userid` stands in) or customer are left."""
    named: dict[tuple[str, str], tuple[Mapping[str, object], Mapping[str, object]]] = {}
    spelled: dict[str, str] = {}
    for row in rows:
        contact, info = mapping(row.get("external_contact")), mapping(row.get("follow_info"))
        follower, customer = text(info.get("userid")) or userid, text(contact.get("external_userid"))
        if follower and customer:
            key = follower_key(follower)
            named[key, customer] = (contact, info)
            spelled.setdefault(key, follower)
    followers = follower_ids(connection, profile_id, spelled.values())
    return {(customer, followers[follower]): row for (follower, customer), row in named.items()}


def _known(connection: sqlite3.Connection, profile_id: int, keys: Sequence[_Key]) -> dict[_Key, _Known]:
    contacts = len(ContactColumns._fields)
    found: dict[_Key, _Known] = {}
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        sql = _KNOWN.format(pairs=", ".join(["(?, ?)"] * len(part)))
        for row in connection.execute(sql, (*(value for key in part for value in key), profile_id)):
            row_id, customer, follower, state, seen_at, gone_at, follow_info, contact, *columns = row
            found[customer, follower] = _Known(
                row_id,
                state,
                seen_at,
                gone_at,
                follow_info,
                contact,
                ContactColumns(*columns[:contacts]),
                FollowColumns(*columns[contacts:]),
            )
    return found


def _contacts_now(
    connection: sqlite3.Connection,
    profile_id: int,
    page: Mapping[_Key, tuple[Mapping[str, object], Mapping[str, object]]],
    known: Mapping[_Key, _Known],
    read_at: float,
) -> dict[str, ContactColumns]:
    """What is known of the customers of a page with what it says of them; shown in their other relations at once."""
    before = {customer: one.shown for (customer, _), one in known.items()}
    newer = {customer for (customer, _), one in known.items() if _is_newer(one, read_at)}
    customers = dict.fromkeys(customer for customer, _ in page)
    before |= known_contacts(connection, profile_id, [one for one in customers if one not in before])
    shown: dict[str, ContactColumns] = {}
    changed: dict[str, ContactColumns] = {}
    for (customer, _), (contact, _) in page.items():
        said = ContactColumns.of(contact)
        older = before.get(customer)
        if older is None:
            shown[customer] = said
        elif customer in newer:
            shown[customer] = older
        else:
            shown[customer] = said.over(older)
            if shown[customer] != older:
                changed[customer] = shown[customer]
    show_contacts(connection, profile_id, changed)
    return shown


def _is_newer(known: _Known, read_at: float) -> bool:
    """Whether a read that was asked for later has shown the relation already."""
    return known.state == 0 and known.seen_at > read_at


def _note(
    notes: ChangeNotes, key: _Key, before: _Known, shown: ContactColumns, fields: FollowColumns, read_at: float
) -> None:
    """Note how a relation differs from what was known; one that only its id was known of does not."""
    customer, follower = key
    if before.state == 2 and not (before.gone_at or 0.0) > read_at:
        notes.add(Kind.NEW, follower, customer)
    elif before.state == 0:
        notes.compare(follower, customer, before.shown, shown)
        notes.compare(follower, customer, before.fields, fields)
