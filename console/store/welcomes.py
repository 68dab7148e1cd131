"""Welcome messages: each one noted before it leaves; and the files that WeCom keeps for them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from console.store.database import Database
from console.store.payloads import Document, from_json, integer, text, to_json
from console.store.writer import Pending


@dataclass(frozen=True, slots=True)
class WelcomeDraft:
    """A message about to be sent for an event; `operator` is empty when it is sent by rule."""

    event_id: int
    operator: str
    external_userid: str
    userid: str
    template: str
    body: Document


@dataclass(frozen=True, slots=True)
class WelcomeEntry:
    """One message. `at` is before its request left; `errcode` None: no answer; `outcome` None: not known.

    Times are seconds since the epoch.
    """

    id: int
    at: float
    draft: WelcomeDraft
    tries: int
    errcode: int | None
    outcome: str | None
    message: str
    finished_at: float | None


class Welcomes:
    """The welcome messages of one profile."""

    def __init__(self, database: Database, profile_id: int, clock: Callable[[], float]) -> None:
        self._database = database
        self._profile_id = profile_id
        self._clock = clock

    def begin(self, draft: WelcomeDraft) -> Pending[int]:
        """Note a message before its request leaves; the entry's number."""
        values = (
            self._profile_id,
            draft.event_id,
            self._clock(),
            text(draft.operator),
            text(draft.external_userid),
            text(draft.userid),
            text(draft.template),
            to_json(draft.body),
        )

        def job(connection: sqlite3.Connection) -> int:
            added = connection.execute(
                """INSERT INTO welcomes (profile_id, event_id, at, operator, external_userid, userid, template, body)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                values,
            )
            return int(added.lastrowid or 0)

        return self._database.write(job)

    def finish(
        self, entry_id: int, outcome: str, *, tries: int, errcode: int | None, message: str = ""
    ) -> Pending[None]:
        """Note how it ended: `errcode` 0, another one, or None for no answer."""
        values = (outcome, tries, integer(errcode), text(message), self._clock(), self._profile_id, entry_id)
        return self._database.write(
            lambda connection: connection.execute(
                """UPDATE welcomes SET outcome = ?, tries = ?, errcode = ?, message = ?, finished_at = ?
                   WHERE profile_id = ? AND id = ?""",
                values,
            ).close()
        )

    def of_event(self, event_id: int) -> WelcomeEntry | None:
        """The message of an event, None when there is none."""
        return next(iter(self._entries("event_id = ? ORDER BY id DESC LIMIT 1", event_id)), None)

    def of_customer(self, external_userid: str) -> list[WelcomeEntry]:
        """The messages to a customer, newest first."""
        return self._entries("external_userid = ? ORDER BY id DESC", text(external_userid))

    def keep_upload(self, kind: str, digest: str, media_id: str, good_until: float) -> Pending[None]:
        """Remember the id of an uploaded file, by the digest of its content."""
        values = (self._profile_id, kind, digest, media_id, good_until)
        return self._database.write(
            lambda connection: connection.execute(
                """INSERT INTO uploads (profile_id, kind, digest, media_id, good_until) VALUES (?, ?, ?, ?, ?)
                   ON CONFLICT (profile_id, kind, digest) DO UPDATE SET
                       media_id = excluded.media_id, good_until = excluded.good_until""",
                values,
            ).close()
        )

    def uploaded(self, kind: str, digest: str, *, good_at: float) -> str | None:
        """The id of a file that can still be used at that time; None without one."""
        rows = self._database.rows(
            "SELECT media_id FROM uploads WHERE profile_id = ? AND kind = ? AND digest = ? AND good_until > ?",
            (self._profile_id, kind, digest, good_at),
        )
        return str(rows[0][0]) if rows else None

    def _entries(self, where: str, value: object) -> list[WelcomeEntry]:
        rows = self._database.rows(
            f"""SELECT id, at, event_id, operator, external_userid, userid, template, body, tries, errcode, outcome,
                       message, finished_at
                FROM welcomes WHERE profile_id = ? AND {where}""",
            (self._profile_id, value),
        )
        return [_entry(*row) for row in rows]


def _entry(
    row_id: int,
    at: float,
    event_id: int,
    operator: str,
    external_userid: str,
    userid: str,
    template: str,
    body: str,
    tries: int,
    errcode: int | None,
    outcome: str | None,
    message: str,
    finished_at: float | None,
) -> WelcomeEntry:
    draft = WelcomeDraft(event_id, operator, external_userid, userid, template, from_json(body) or {})
    return WelcomeEntry(row_id, at, draft, tries, errcode, outcome, message, finished_at)
