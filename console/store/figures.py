"""How the customers that are known are spread: by their source and by the week in which they were added."""

from __future__ import annotations

import sqlite3
from typing import Final

from console.store.database import Database

WEEK: Final = 7 * 86400

_BY_WAY: Final = """
    SELECT add_way, COUNT(*) FROM relations
    WHERE profile_id = ? AND state <> 2 AND add_way IS NOT NULL GROUP BY add_way"""
_BY_WEEK: Final = """
    SELECT (createtime - ?) / 604800, COUNT(*) FROM relations
    WHERE profile_id = ? AND state <> 2 AND createtime >= ? GROUP BY 1"""


class Figures:
    """Figures of one profile's active relations, counted in the reader thread."""

    def __init__(self, database: Database, profile_id: int) -> None:
        self._database = database
        self._profile_id = profile_id

    async def by_way(self) -> dict[int, int]:
        """How many relations have which add_way; those whose source nobody returned are left out."""

        def count(connection: sqlite3.Connection) -> dict[int, int]:
            return {int(way): int(n) for way, n in connection.execute(_BY_WAY, (self._profile_id,))}

        return await self._database.read(count)

    async def by_week(self, begin: float, weeks: int) -> list[int]:
        """How many relations were added in each of so many weeks from `begin` (Unix seconds) on."""
        since = int(begin)

        def count(connection: sqlite3.Connection) -> list[int]:
            found = dict(connection.execute(_BY_WEEK, (since, self._profile_id, since)).fetchall())
            return [int(found.get(week, 0)) for week in range(weeks)]

        return await self._database.read(count)
