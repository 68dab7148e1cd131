"""Effects of events, claimed so that each runs once, however many consoles and receivers look at one store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from console.store.database import Database
from console.store.event_rows import SELECT_ROWS, EventRow, WelcomeState, feed_row
from console.store.payloads import text
from console.store.writer import Pending

LEASE = 120.0
"""Seconds that a claim holds; whoever took it must be done by then, or has died."""


class Effects:
    """Who does what with the events of one profile, and how it ended. Times are seconds since the epoch.

    `owner` names a process; two must never have the same name.
    """

    def __init__(self, database: Database, profile_id: int, clock: Callable[[], float]) -> None:
        self._database = database
        self._profile_id = profile_id
        self._clock = clock

    def claim(self, owner: str, *, most: int = 1, lease: float = LEASE) -> Pending[list[EventRow]]:
        """Take the oldest events whose effects are due and nobody's: not yet run, or left behind by who took them."""
        now, profile_id = self._clock(), self._profile_id

        def job(connection: sqlite3.Connection) -> list[EventRow]:
            # A claim from the future was made before the clock was set back.
            ids = [
                row_id
                for (row_id,) in connection.execute(
                    """SELECT id FROM events
                       WHERE profile_id = ? AND done_at IS NULL AND due_at <= ?
                           AND (claimed_at IS NULL OR claimed_at NOT BETWEEN ? AND ?)
                       ORDER BY id LIMIT ?""",
                    (profile_id, now, now - lease, now + lease, most),
                )
            ]
            if not ids:
                return []
            marks = ",".join("?" * len(ids))
            connection.execute(
                f"UPDATE events SET claimed_by = ?, claimed_at = ?, tries = tries + 1 WHERE id IN ({marks})",
                (owner, now, *ids),
            )
            rows = connection.execute(f"{SELECT_ROWS} WHERE e.id IN ({marks}) ORDER BY e.id", ids).fetchall()
            return [row for row in (feed_row(*columns) for columns in rows) if isinstance(row, EventRow)]

        return self._database.write(job)

    def finish(self, row_id: int, owner: str, outcome: str, note: str = "") -> Pending[bool]:
        """Note how the effects of an event ended; false when its claim is no longer this owner's.

        It is written after all that the effects wrote before, so a crash in between runs them again, never not at all.
        """
        return self._if_claimed(
            row_id, owner, "done_at = ?, outcome = ?, note = ?, claimed_at = NULL", (self._clock(), outcome, text(note))
        )

    def put_back(self, row_id: int, owner: str, *, due_at: float, note: str = "") -> Pending[bool]:
        """Give a claim back, to be tried again at `due_at`; false when it is no longer this owner's."""
        return self._if_claimed(row_id, owner, "due_at = ?, note = ?, claimed_at = NULL", (due_at, text(note)))

    def reopen(self, row_id: int) -> Pending[bool]:
        """Have the effects of an event run again; its welcome message stays what it is. False without such an event."""
        return self._update(
            "due_at = 0, tries = 0, claimed_by = NULL, claimed_at = NULL, done_at = NULL, outcome = NULL, note = ''",
            "fingerprint IS NOT NULL AND id = ?",
            (row_id,),
        )

    def next_due_at(self) -> float | None:
        """When the next effect is due, None when there is none to run; claimed ones are not looked at."""
        rows = self._database.rows(
            "SELECT min(due_at) FROM events WHERE profile_id = ? AND done_at IS NULL AND claimed_at IS NULL",
            (self._profile_id,),
        )
        return None if rows[0][0] is None else float(rows[0][0])

    def claim_welcome(self, row_id: int, owner: str) -> Pending[bool]:
        """Take the one right to send an event's welcome message; on disk before it is given, and given once."""
        return self._update(
            f"welcome = '{WelcomeState.SENDING}', welcome_by = ?, welcome_at = ?",
            f"welcome = '{WelcomeState.OPEN}' AND id = ?",
            (owner, self._clock(), row_id),
            durable=True,
        )

    def finish_welcome(self, row_id: int, owner: str, state: WelcomeState, note: str = "") -> Pending[bool]:
        """Note what became of a welcome message; false when it is not this owner who is sending it."""
        return self._update(
            "welcome = ?, welcome_at = ?, welcome_note = ?",
            f"welcome = '{WelcomeState.SENDING}' AND id = ? AND welcome_by = ?",
            (state.value, self._clock(), text(note), row_id, owner),
        )

    def give_up_welcomes(self, sending_since: float) -> Pending[int]:
        """What is still being sent since before then was left behind: UNCLEAR from now on; how many there were."""
        profile_id = self._profile_id
        values = (WelcomeState.UNCLEAR.value, profile_id, WelcomeState.SENDING.value, sending_since)

        def job(connection: sqlite3.Connection) -> int:
            sql = "UPDATE events SET welcome = ? WHERE profile_id = ? AND welcome = ? AND welcome_at < ?"
            return connection.execute(sql, values).rowcount

        return self._database.write(job)

    def open_welcomes(self, since: float) -> list[EventRow]:
        """The events received since then whose code nobody has used here, newest first."""
        rows = self._database.rows(
            f"""{SELECT_ROWS} WHERE e.profile_id = ? AND e.welcome = '{WelcomeState.OPEN}' AND e.received_at >= ?
                ORDER BY e.id DESC""",
            (self._profile_id, since),
        )
        return [row for row in (feed_row(*columns) for columns in rows) if isinstance(row, EventRow)]

    def _if_claimed(self, row_id: int, owner: str, assignments: str, values: tuple[object, ...]) -> Pending[bool]:
        claimed = "id = ? AND claimed_by = ? AND claimed_at IS NOT NULL AND done_at IS NULL"
        return self._update(assignments, claimed, (*values, row_id, owner))

    def _update(
        self, assignments: str, where: str, values: tuple[object, ...], *, durable: bool = False
    ) -> Pending[bool]:
        profile_id = self._profile_id

        def job(connection: sqlite3.Connection) -> bool:
            sql = f"UPDATE events SET {assignments} WHERE {where} AND profile_id = ?"
            return connection.execute(sql, (*values, profile_id)).rowcount > 0

        return self._database.write(job, durable=durable)
