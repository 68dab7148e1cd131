"""What the operator chose last in a profile: small texts by name."""

from __future__ import annotations

import sqlite3
from enum import StrEnum

from console.store.database import Database
from console.store.payloads import text
from console.store.writer import Pending


class Choice(StrEnum):
    """What is remembered."""

    FOLLOWER = "follower"
    CUSTOMER = "customer"
    ORDER = "order"
    AUTOMATIC_WELCOME = "automatic welcome"
    """Who agreed that welcomes are sent by rule; once is enough."""


class Remembered:
    """The choices of one profile."""

    def __init__(self, database: Database, profile_id: int) -> None:
        self._database = database
        self._profile_id = profile_id

    def put(self, choice: Choice, value: str) -> Pending[None]:
        """Remember a choice in place of the one before."""
        values = (self._profile_id, choice.value, text(value))

        def job(connection: sqlite3.Connection) -> None:
            connection.execute(
                """INSERT INTO remembered (profile_id, what, value) VALUES (?, ?, ?)
                   ON CONFLICT (profile_id, what) DO UPDATE SET value = excluded.value""",
                values,
            )

        return self._database.write(job)

    def get(self, choice: Choice) -> str:
        """What was chosen last; empty when nothing was."""
        rows = self._database.rows(
            "SELECT value FROM remembered WHERE profile_id = ? AND what = ?", (self._profile_id, choice.value)
        )
        return str(rows[0][0]) if rows else ""
