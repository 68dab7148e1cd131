"""Followers: staff members with customers, as C5 lists them, with what is known of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from console.store.database import Database
from console.store.payloads import text
from console.store.writer import Pending


class CountState(StrEnum):
    """What is known about how many customers a follower has."""

    UNREAD = "unread"
    KNOWN = "known"
    NONE = "none"  # 84061: none at all
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FollowerRow:
    """One follower.

    `read_at` (seconds since the epoch), `complete`, `known` and `note` are of the last read of the customers:
    how many WeCom says there are, and why it is not complete. `listed`: in the newest C5 list.
    """

    userid: str
    name: str | None
    department: str | None
    count: int | None
    count_state: CountState
    errcode: int | None
    read_at: float | None
    complete: bool
    known: int | None
    note: str
    listed: bool


_COLUMNS = """userid, name, department, customers, count_state, count_errcode, read_at, read_complete,
    known_total, read_note, listed"""


def follower_key(userid: str) -> str:
    """What two spellings of one userid share: WeCom compares userids without case."""
    return (text(userid) or "").casefold()


def follower_ids(connection: sqlite3.Connection, profile_id: int, userids: Iterable[str]) -> dict[str, int]:
    """The row id of each follower by its key; followers not seen before are added."""
    spelled = {follower_key(userid): userid for userid in userids}
    known: dict[str, int] = {}
    for key, userid in spelled.items():
        found = follower_id(connection, profile_id, userid)
        if found is None:
            cursor = connection.execute(
                "INSERT INTO followers (profile_id, userid_key, userid) VALUES (?, ?, ?)",
                (profile_id, key, text(userid)),
            )
            found = int(cursor.lastrowid or 0)
        known[key] = found
    return known


def follower_id(connection: sqlite3.Connection, profile_id: int, userid: str) -> int | None:
    """The row id of a follower, None when it was never seen."""
    found = connection.execute(
        "SELECT id FROM followers WHERE profile_id = ? AND userid_key = ?", (profile_id, follower_key(userid))
    ).fetchone()
    return None if found is None else int(found[0])


class Followers:
    """The followers of one profile."""

    def __init__(self, database: Database, profile_id: int, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        self._profile_id = profile_id

    def put_list(self, userids: Sequence[str]) -> Pending[None]:
        """Store what C5 listed, in its order; followers that left the list stay known, unlisted."""
        profile_id = self._profile_id

        def job(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE followers SET listed = 0 WHERE profile_id = ?", (profile_id,))
            follower_ids(connection, profile_id, userids)
            connection.executemany(
                """UPDATE followers SET listed = 1, position = ?, spelled = 1,
                       userid = CASE WHEN spelled = 1 THEN userid ELSE ? END
                   WHERE profile_id = ? AND userid_key = ?""",
                [(position, text(userid), profile_id, follower_key(userid)) for position, userid in enumerate(userids)],
            )

        return self._database.write(job)

    def put_name(self, userid: str, name: str | None, department: str | None = None) -> Pending[None]:
        """Store what user/get or the names file calls a follower."""
        return self._update(
            userid, "name = ?, department = COALESCE(?, department), words = NULL", (text(name), text(department))
        )

    def put_count(
        self, userid: str, count: int | None, state: CountState | None = None, errcode: int | None = None
    ) -> Pending[None]:
        """Store how many customers a follower has, or why that is not known; None keeps the number known.

        Without a `state` the number speaks for itself: none, known, or not read.
        """
        if state is None:
            numbered = CountState.KNOWN if count else CountState.NONE
            state = CountState.UNREAD if count is None else numbered
        return self._update(
            userid,
            "customers = COALESCE(?, customers), count_state = ?, count_errcode = ?",
            (count, state.value, errcode),
        )

    def mark_customers_read(
        self,
        userid: str,
        *,
        complete: bool,
        known_total: int | None = None,
        note: str = "",
        read_at: float | None = None,
    ) -> Pending[None]:
        """Store that the customers were read (`read_at`: now), if all of them, and what was missing.

        A known total is also the number of customers shown for the follower.
        """
        when = self._clock() if read_at is None else read_at
        changes = "read_at = ?, read_complete = ?, known_total = ?, read_note = ?"
        values: tuple[object, ...] = (when, complete, known_total, text(note))
        if known_total is not None:
            changes += ", customers = ?, count_state = ?, count_errcode = NULL"
            state = CountState.KNOWN if known_total else CountState.NONE
            values = (*values, known_total, state.value)
        return self._update(userid, changes, values)

    def rows(self, *, unlisted: bool = False) -> list[FollowerRow]:
        """The followers of the newest C5 list in its order; with `unlisted` then all others known."""
        which = "" if unlisted else " AND listed = 1"
        rows = self._database.rows(
            f"""SELECT {_COLUMNS} FROM followers WHERE profile_id = ?{which}
                ORDER BY listed DESC, position, userid_key""",
            (self._profile_id,),
        )
        return [_row(*row) for row in rows]

    def row(self, userid: str) -> FollowerRow | None:
        """One follower, in whatever case its userid is written."""
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM followers WHERE profile_id = ? AND userid_key = ?",
            (self._profile_id, follower_key(userid)),
        )
        return _row(*rows[0]) if rows else None

    def _update(self, userid: str, changes: str, values: tuple[object, ...]) -> Pending[None]:
        profile_id = self._profile_id

        def job(connection: sqlite3.Connection) -> None:
            [row_id] = follower_ids(connection, profile_id, [userid]).values()
            connection.execute(f"UPDATE followers SET {changes} WHERE id = ?", (*values, row_id))

        return self._database.write(job)


def _row(
    userid: str,
    name: str | None,
    department: str | None,
    count: int | None,
    state: str,
    errcode: int | None,
    read_at: float | None,
    complete: int,
    known: int | None,
    note: str,
    listed: int,
) -> FollowerRow:
    return FollowerRow(
        userid,
        name,
        department,
        count,
        CountState(state),
        errcode,
        read_at,
        bool(complete),
        known,
        note,
        bool(listed),
    )
