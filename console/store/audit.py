"""The audit log: every write to WeCom, from before its request leaves; nothing in it is ever deleted."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from console.store.database import Database
from console.store.followers import follower_key
from console.store.payloads import Document, from_json, integer, text, texts, to_json
from console.store.query import like
from console.store.reader import id_vector
from console.store.words import folded, needles, search_words
from console.store.writer import Pending


@dataclass(frozen=True, slots=True)
class AuditDraft:
    """A write about to be sent: who writes whose remark about whom, which of C4's fields, and what they become.

    `before` and `after` are in C2's names, `body` is C4's request; `process` is the writing process's number.
    """

    operator: str
    external_userid: str
    customer_name: str
    userid: str
    reason: str
    fields: tuple[str, ...]
    before: Document
    after: Document
    body: Document
    process: int
    undo_of: int | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One write. `at` is before its request left, `answered_at` after; times are seconds since the epoch.

    `errcode` is None when no answer came, `outcome` is None while it is not known; `seen` is what reading back
    showed last, `message` what support needs of a failure.
    """

    id: int
    at: float
    profile: str
    draft: AuditDraft
    answered_at: float | None
    errcode: int | None
    message: str
    outcome: str | None
    seen: Document | None
    finished_at: float | None


@dataclass(frozen=True, slots=True)
class OwnWrite:
    """What is remembered of a write so that a callback can be told to be probably ours.

    `accepted`: WeCom answered 0; None while no answer is known. `callback_at`: the first callback noted for it.
    """

    id: int
    userid: str
    external_userid: str
    fields: tuple[str, ...]
    sent_at: float
    answered_at: float | None
    accepted: bool | None
    callback_at: float | None


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which entries: with this text in them (a number is also an entry's own), of this customer, this follower."""

    contains: str = ""
    external_userid: str | None = None
    userid: str | None = None


_ENTRY = """
    SELECT a.id, a.at, p.name, a.operator, a.external_userid, a.customer_name, a.userid, a.reason, a.fields,
           a.before, a.after, a.body, a.process, a.undo_of,
           a.answered_at, a.errcode, a.message, a.outcome, a.seen, a.finished_at
    FROM audit a JOIN profiles p ON p.id = a.profile_id"""


class Audit:
    """The audit log of one profile."""

    def __init__(self, database: Database, profile_id: int, clock: Callable[[], float]) -> None:
        self._database = database
        self._profile_id = profile_id
        self._clock = clock

    def begin(self, draft: AuditDraft) -> Pending[int]:
        """Note a write before its request leaves; the entry's number once it is on disk."""
        values = (
            self._profile_id,
            self._clock(),
            text(draft.operator),
            draft.process,
            draft.external_userid,
            text(draft.customer_name),
            text(draft.userid),
            follower_key(draft.userid),
            text(draft.reason),
            " ".join(draft.fields),
            to_json(draft.before),
            to_json(draft.after),
            to_json(draft.body),
            draft.undo_of,
            text("\n".join(folded(word) for word in _all_words(draft))),
        )

        def job(connection: sqlite3.Connection) -> int:
            added = connection.execute(
                """INSERT INTO audit (profile_id, at, operator, process, external_userid, customer_name, userid,
                       userid_key, reason, fields, before, after, body, undo_of, words)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                values,
            )
            return int(added.lastrowid or 0)

        return self._database.write(job)

    def answered(self, entry_id: int, errcode: int | None, message: str = "") -> Pending[None]:
        """Note C4's answer: 0, an errcode, or None for none."""
        values = (self._clock(), integer(errcode), text(message), self._profile_id, entry_id)

        def job(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE audit SET answered_at = ?, errcode = ?, message = ? WHERE profile_id = ? AND id = ?", values
            )
            self._put_words(connection, entry_id)

        return self._database.write(job)

    def finish(self, entry_id: int, outcome: str, seen: Document | None = None) -> Pending[None]:
        """Note how a write ended, and what reading back showed last."""
        shown = None if seen is None else to_json(seen)
        values = (outcome, shown, self._clock(), self._profile_id, entry_id)
        return self._database.write(
            lambda connection: connection.execute(
                "UPDATE audit SET outcome = ?, seen = ?, finished_at = ? WHERE profile_id = ? AND id = ?", values
            ).close()
        )

    def unfinished(self) -> list[AuditEntry]:
        """Writes whose outcome is not known, oldest first: under way, or left behind by a crash."""
        return self._entries("a.outcome IS NULL ORDER BY a.id", ())

    def select(self, query: AuditQuery) -> array[int]:
        """The numbers of the entries, newest first."""
        where = ["profile_id = ?"]
        bound: list[object] = [self._profile_id]
        if query.external_userid is not None:
            where.append("external_userid = ?")
            bound.append(text(query.external_userid))
        if query.userid is not None:
            where.append("userid_key = ?")
            bound.append(follower_key(query.userid))
        for forms in needles(query.contains):
            either = ["words LIKE ? ESCAPE '\\'"] * len(forms)
            bound.extend(map(like, forms))
            if (number := _entry_number(forms[0])) is not None:
                either.append("id = ?")
                bound.append(number)
            where.append(f"({' OR '.join(either)})")
        sql = f"SELECT id FROM audit WHERE {' AND '.join(where)} ORDER BY id DESC"
        return self._database.read_now(lambda connection: id_vector(connection, sql, bound))

    def window(self, ids: Sequence[int]) -> list[AuditEntry]:
        """The entries of these numbers, in their order; numbers of no entry are left out."""
        marks = ",".join("?" * len(ids))
        found = {entry.id: entry for entry in self._entries(f"a.id IN ({marks})", tuple(ids))}
        return [found[entry_id] for entry_id in ids if entry_id in found]

    def one(self, entry_id: int) -> AuditEntry | None:
        """One entry, None when this profile has none of that number."""
        return next(iter(self.window([entry_id])), None)

    def undos_of(self, entry_id: int) -> list[AuditEntry]:
        """The entries that undo, or were to undo, this one; oldest first."""
        return self._entries("a.undo_of = ? ORDER BY a.id", (entry_id,))

    def last_reason(self, operator: str) -> str:
        """The reason that this operator gave last, also when it was none; the next write is offered it."""
        rows = self._database.rows(
            """SELECT reason FROM audit WHERE profile_id = ? AND operator = ? AND undo_of IS NULL
               ORDER BY id DESC LIMIT 1""",
            (self._profile_id, text(operator)),
        )
        return str(rows[0][0]) if rows else ""

    def own_writes(self, external_userid: str, userid: str, *, since: float) -> list[OwnWrite]:
        """The writes to one relation that left at `since` or later, oldest first."""
        return self._own(
            "external_userid = ? AND userid_key = ? AND at >= ? ORDER BY id",
            (text(external_userid), follower_key(userid), since),
        )

    def accepted_writes(self, *, most: int = 1000) -> list[OwnWrite]:
        """The newest writes that WeCom has accepted, newest first."""
        return self._own("errcode = 0 ORDER BY id DESC LIMIT ?", (most,))

    def note_callback(self, entry_id: int, at: float) -> Pending[None]:
        """Note that a callback came which may be of this write; the first one counts."""
        values = (at, self._profile_id, entry_id)
        return self._database.write(
            lambda connection: connection.execute(
                "UPDATE audit SET callback_at = COALESCE(callback_at, ?) WHERE profile_id = ? AND id = ?", values
            ).close()
        )

    def _own(self, where: str, values: tuple[object, ...]) -> list[OwnWrite]:
        rows = self._database.rows(
            f"""SELECT id, userid, external_userid, fields, at, answered_at, errcode, callback_at FROM audit
                WHERE profile_id = ? AND {where}""",
            (self._profile_id, *values),
        )
        return [
            OwnWrite(
                row_id, who, whom, tuple(sent.split()), at, answered, None if code is None else code == 0, callback
            )
            for row_id, who, whom, sent, at, answered, code, callback in rows
        ]

    def _put_words(self, connection: sqlite3.Connection, entry_id: int) -> None:
        """Words with pinyin: in the writer's thread, while reading back is under way, for the first takes time."""
        rows = connection.execute(f"{_ENTRY} WHERE a.profile_id = ? AND a.id = ?", (self._profile_id, entry_id))
        for row in rows.fetchall():
            connection.execute("UPDATE audit SET words = ? WHERE id = ?", (_words(_entry(*row).draft), entry_id))

    def _entries(self, where: str, values: tuple[object, ...]) -> list[AuditEntry]:
        rows = self._database.rows(f"{_ENTRY} WHERE a.profile_id = ? AND {where}", (self._profile_id, *values))
        return [_entry(*row) for row in rows]


def _entry_number(term: str) -> int | None:
    digits = term.removeprefix("#")
    return integer(int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None


def _all_words(draft: AuditDraft) -> Iterator[str]:
    yield from (draft.operator, draft.customer_name, draft.userid, draft.reason)
    for document in (draft.before, draft.after):
        yield from (word for word in document.values() if isinstance(word, str))
        yield from texts(document.get("remark_mobiles")) or ()


def _words(draft: AuditDraft) -> str:
    numbers = [number for side in (draft.before, draft.after) for number in texts(side.get("remark_mobiles")) or ()]
    return text(search_words(_all_words(draft), (), numbers, (draft.external_userid,))) or ""


def _entry(
    entry_id: int,
    at: float,
    profile: str,
    operator: str,
    external_userid: str,
    customer_name: str,
    userid: str,
    reason: str,
    fields: str,
    before: str,
    after: str,
    body: str,
    process: int,
    undo_of: int | None,
    answered_at: float | None,
    errcode: int | None,
    message: str,
    outcome: str | None,
    seen: str | None,
    finished_at: float | None,
) -> AuditEntry:
    draft = AuditDraft(
        operator,
        external_userid,
        customer_name,
        userid,
        reason,
        tuple(fields.split()),
        from_json(before) or {},
        from_json(after) or {},
        from_json(body) or {},
        process,
        undo_of,
    )
    return AuditEntry(
        entry_id, at, profile, draft, answered_at, errcode, message, outcome, from_json(seen), finished_at
    )
