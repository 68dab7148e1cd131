"""How many conversions WeCom still allows, counted across restarts and processes, and how fast they follow on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from console.store.database import Database
from console.store.writer import Pending

MOST_IN_A_MINUTE = 5
"""New conversions that may follow each other within `MINUTE` without a question."""
MINUTE = 60.0

_CORP = 0  # the subject type whose quota is the corp's, shared by all providers; the other is the provider's
_KEPT = 20
_HOUR = 3600
_CHINA = timezone(timedelta(hours=8))


class Window(StrEnum):
    """The stretches of time that WeCom counts conversions in."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"


LIMITS = {Window.HOUR: 100_000, Window.DAY: 480_000, Window.MONTH: 7_500_000}
"""The most conversions of one subject type in each window (document 95900)."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """One window: what was used of it from here, its limit, and when the next one begins (seconds since the epoch)."""

    window: Window
    used: int
    limit: int
    until: float

    @property
    def left(self) -> int:
        """How many more there may be, as far as is known here."""
        return max(0, self.limit - self.used)


@dataclass(frozen=True, slots=True)
class Admitted:
    """A conversion may be sent, and is counted; `give_back` takes it off again when it surely was not sent."""

    id: int
    subject_type: int
    hour: int


@dataclass(frozen=True, slots=True)
class TooFast:
    """So many conversions were sent within the last minute that the next one has to be asked about."""

    recent: int


@dataclass(frozen=True, slots=True)
class QuotaExhausted:
    """No conversion may be sent before `until`; `window` is None when WeCom itself said so."""

    until: float
    window: Window | None = None


class Quota:
    """The conversions of one profile, and those of others that use the same quota.

    The quota of subject 0 is the corp's: all profiles of this corp count. That of subject 1 is the provider's, whose
    apps cannot be told apart: all profiles of this store count. Windows are those of China's clock. What a clock that
    was set back shows to lie ahead, by no more than the window's length, counts too: no count is lost by it.
    """

    def __init__(self, database: Database, profile_id: int, clock: Callable[[], float]) -> None:
        self._database = database
        self._profile_id = profile_id
        self._clock = clock

    def left(self, subject_type: int) -> tuple[Allowance, ...]:
        """What is left of the hour, the day and the month."""
        now = self._clock()
        return self._database.read_now(lambda connection: tuple(self._allowances(connection, subject_type, now)))

    def stopped_until(self, subject_type: int) -> float | None:
        """Until when WeCom itself allows no more (45009); None when it does."""
        now = self._clock()
        return self._database.read_now(lambda connection: self._stop(connection, subject_type, now))

    def admit(self, subject_type: int, *, hurried: bool = False) -> Pending[Admitted | TooFast | QuotaExhausted]:
        """Count a conversion that is about to be sent, if there may be one; `hurried` ones were asked about."""
        now = self._clock()

        def job(connection: sqlite3.Connection) -> Admitted | TooFast | QuotaExhausted:
            if (stopped := self._stop(connection, subject_type, now)) is not None:
                return QuotaExhausted(stopped)
            for one in self._allowances(connection, subject_type, now):
                if not one.left:
                    return QuotaExhausted(one.until, one.window)
            recent = self._recent(connection, now)
            if recent >= MOST_IN_A_MINUTE and not hurried:
                return TooFast(recent)
            return self._count(connection, subject_type, now)

        return self._database.write(job)

    def give_back(self, admitted: Admitted) -> Pending[None]:
        """Take off a conversion of which surely nothing was sent."""
        profile_id = self._profile_id

        def job(connection: sqlite3.Connection) -> None:
            connection.execute(
                "DELETE FROM conversions_sent WHERE profile_id = ? AND id = ?", (profile_id, admitted.id)
            )
            connection.execute(
                """UPDATE conversion_hours SET count = count - 1
                   WHERE profile_id = ? AND subject_type = ? AND hour = ? AND count > 0""",
                (profile_id, admitted.subject_type, admitted.hour),
            )

        return self._database.write(job)

    def stop(self, subject_type: int, seconds: float) -> Pending[None]:
        """Note that WeCom allows no more for so many seconds (45009): others use the same quota."""
        values = (self._profile_id, subject_type, self._clock(), seconds)

        def job(connection: sqlite3.Connection) -> None:
            connection.execute(
                """INSERT INTO conversion_stops (profile_id, subject_type, since, seconds) VALUES (?, ?, ?, ?)
                   ON CONFLICT (profile_id, subject_type) DO UPDATE SET
                       since = excluded.since, seconds = excluded.seconds""",
                values,
            )

        return self._database.write(job)

    def _allowances(self, connection: sqlite3.Connection, subject_type: int, now: float) -> Iterator[Allowance]:
        sharers = self._sharers(connection, subject_type)
        for window, (start, end) in _windows(now).items():
            # A window's length beyond its end: counted before the clock was set back.
            [used] = connection.execute(
                f"""SELECT COALESCE(SUM(count), 0) FROM conversion_hours
                    WHERE subject_type = ? AND hour >= ? AND hour < ? AND profile_id IN ({_marks(sharers)})""",
                (subject_type, start, end + end - start, *sharers),
            ).fetchone()
            yield Allowance(window, int(used), LIMITS[window], float(end * _HOUR))

    def _stop(self, connection: sqlite3.Connection, subject_type: int, now: float) -> float | None:
        sharers = self._sharers(connection, subject_type)
        [until] = connection.execute(
            f"""SELECT MAX(since + seconds) FROM conversion_stops
                WHERE subject_type = ? AND since <= ? AND since + seconds > ? AND profile_id IN ({_marks(sharers)})""",
            (subject_type, now, now, *sharers),
        ).fetchone()
        return None if until is None else float(until)

    def _sharers(self, connection: sqlite3.Connection, subject_type: int) -> list[int]:
        """The profiles whose conversions use the same quota."""
        if subject_type == _CORP:
            rows = connection.execute(
                "SELECT id FROM profiles WHERE corp_id = (SELECT corp_id FROM profiles WHERE id = ?)",
                (self._profile_id,),
            )
        else:
            rows = connection.execute("SELECT id FROM profiles")
        return [row_id for (row_id,) in rows]

    def _recent(self, connection: sqlite3.Connection, now: float) -> int:
        [count] = connection.execute(
            "SELECT COUNT(*) FROM conversions_sent WHERE profile_id = ? AND at > ? AND at < ?",
            (self._profile_id, now - MINUTE, now + MINUTE),
        ).fetchone()
        return int(count)

    def _count(self, connection: sqlite3.Connection, subject_type: int, now: float) -> Admitted:
        hour = int(now // _HOUR)
        connection.execute(
            """INSERT INTO conversion_hours (profile_id, subject_type, hour, count) VALUES (?, ?, ?, 1)
               ON CONFLICT (profile_id, subject_type, hour) DO UPDATE SET count = count + 1""",
            (self._profile_id, subject_type, hour),
        )
        added = connection.execute(
            "INSERT INTO conversions_sent (profile_id, at) VALUES (?, ?)", (self._profile_id, now)
        )
        connection.execute(
            """DELETE FROM conversions_sent WHERE profile_id = ? AND id <= (
                   SELECT id FROM conversions_sent WHERE profile_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)""",
            (self._profile_id, self._profile_id, _KEPT),
        )
        return Admitted(int(added.lastrowid or 0), subject_type, hour)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _windows(now: float) -> dict[Window, tuple[int, int]]:
    """The first hour of each window that `now` lies in, and the first one after it, in hours since the epoch."""
    at = datetime.fromtimestamp(now, _CHINA)
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    month = day.replace(day=1)
    hour = int(now // _HOUR)
    return {
        Window.HOUR: (hour, hour + 1),
        Window.DAY: (_hours(day), _hours(day + timedelta(days=1))),
        Window.MONTH: (_hours(month), _hours((month + timedelta(days=31)).replace(day=1))),
    }


def _hours(at: datetime) -> int:
    return int(at.timestamp() // _HOUR)
