"""The store as its users see it: opened once, then one `Records` a profile."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.store.database import Database
from console.store.errors import StoreFailure
from console.store.followers import Followers
from console.store.migrating import Migration
from console.store.relations import Relations
from console.store.remembered import Remembered
from console.store.word_index import index_idle

if TYPE_CHECKING:
    from console.store.audit import Audit
    from console.store.contacts import Contacts
    from console.store.customers import Customers
    from console.store.effects import Effects
    from console.store.events import Events
    from console.store.figures import Figures
    from console.store.housekeeping import Housekeeping
    from console.store.mappings import Mappings
    from console.store.quota import Quota
    from console.store.receivers import Receivers
    from console.store.sync_changes import SyncChanges
    from console.store.syncs import Syncs
    from console.store.tags import Tags
    from console.store.welcomes import Welcomes

Clock = Callable[[], float]

_DRAIN = 10.0  # seconds that closing may take


@dataclass(frozen=True, slots=True)
class Records:
    """What the store knows for one profile; nothing in it ever shows rows of another."""

    followers: Followers
    relations: Relations
    remembered: Remembered
    clock: Clock
    profile_id: int
    _database: Database

    # These are loaded when they are looked at: the first paint shows nothing of them.

    @property
    def customers(self) -> Customers:
        """What C2 said of each customer."""
        from console.store.customers import Customers

        return Customers(self._database, self.profile_id, self.clock)

    @property
    def tags(self) -> Tags:
        """What tags are called."""
        from console.store.tags import Tags

        return Tags(self._database, self.profile_id)

    @property
    def contacts(self) -> Contacts:
        """The served contacts."""
        from console.store.contacts import Contacts

        return Contacts(self._database, self.profile_id)

    @property
    def audit(self) -> Audit:
        """The writes that were made, and how they ended."""
        from console.store.audit import Audit

        return Audit(self._database, self.profile_id, self.clock)

    @property
    def events(self) -> Events:
        """What came in at the callback address."""
        from console.store.events import Events

        return Events(self._database, self.profile_id, self.clock)

    @property
    def effects(self) -> Effects:
        """Which effects of events have run, and who runs them."""
        from console.store.effects import Effects

        return Effects(self._database, self.profile_id, self.clock)

    @property
    def welcomes(self) -> Welcomes:
        """The welcome messages that were sent."""
        from console.store.welcomes import Welcomes

        return Welcomes(self._database, self.profile_id, self.clock)

    @property
    def receivers(self) -> Receivers:
        """Who listens at the callback address, and who did."""
        from console.store.receivers import Receivers

        return Receivers(self._database, self.profile_id, self.clock)

    @property
    def mappings(self) -> Mappings:
        """What unionids mean."""
        from console.store.mappings import Mappings

        return Mappings(self._database, self.profile_id, self.clock)

    @property
    def quota(self) -> Quota:
        """How many conversions there may be."""
        from console.store.quota import Quota

        return Quota(self._database, self.profile_id, self.clock)

    @property
    def syncs(self) -> Syncs:
        """The syncs: the one that runs, and how the others ended."""
        from console.store.syncs import Syncs

        return Syncs(self._database, self.profile_id, self.clock)

    @property
    def sync_changes(self) -> SyncChanges:
        """What syncs found to be otherwise than it was known."""
        from console.store.sync_changes import SyncChanges

        return SyncChanges(self._database, self.profile_id)

    @property
    def figures(self) -> Figures:
        """How the known customers are spread."""
        from console.store.figures import Figures

        return Figures(self._database, self.profile_id)

    @property
    def version(self) -> int:
        """Grows with each commit, of any process, that may change what a selection of relations returns."""
        rows = self._database.rows("SELECT version FROM profiles WHERE id = ?", (self.profile_id,))
        return int(rows[0][0])


class Store:
    """One store file; see `open`. Reads happen in the calling thread unless awaited, writes in one thread."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Clock = time.time,
        busy_timeout: float = 5.0,
        migrations: Sequence[Migration] | None = None,
    ) -> Store:
        """Open a store file, made or brought to the newest version first.

        `busy_timeout`: seconds to wait for another console. Raises `StoreLocked`, `StoreTooNew`,
        `StoreCorrupt`, `StoreFull`, `StoreReadOnly` or `StoreUnavailable`.
        """
        return cls(Database(path, busy_timeout=busy_timeout, idle=index_idle, migrations=migrations), clock)

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    def profile(self, name: str, corp_id: str, app_type: str) -> Records:
        """The records of one profile: the same name with another corp or kind of app is another profile."""
        key = (name, corp_id, str(app_type))
        profile_id = self._profile_id(key)
        if profile_id is None:
            self._database.write(lambda connection: _add_profile(connection, key)).wait()
            profile_id = self._profile_id(key)
        if profile_id is None:
            raise StoreFailure(self.path, "the profile was not stored")
        database, clock = self._database, self._clock
        return Records(
            Followers(database, profile_id, clock),
            Relations(database, profile_id, clock),
            Remembered(database, profile_id),
            clock,
            profile_id,
            database,
        )

    def known_profile(self, name: str, corp_id: str, app_type: str) -> Records | None:
        """As `profile`, but None for one that nothing was ever kept for; nothing is written."""
        known = self._profile_id((name, corp_id, str(app_type))) is not None
        return self.profile(name, corp_id, app_type) if known else None

    @property
    def housekeeping(self) -> Housekeeping:
        """What is kept of all profiles, and how it is taken out."""
        from console.store.housekeeping import Housekeeping

        return Housekeeping(self._database)

    def close(self, timeout: float = _DRAIN) -> bool:
        """Write what is queued and close the file; false when writing took longer than `timeout` seconds."""
        return self._database.close(timeout)

    def _profile_id(self, key: tuple[str, str, str]) -> int | None:
        rows = self._database.rows("SELECT id FROM profiles WHERE name = ? AND corp_id = ? AND app_type = ?", key)
        return int(rows[0][0]) if rows else None


def _add_profile(connection: sqlite3.Connection, key: tuple[str, str, str]) -> None:
    connection.execute("INSERT INTO profiles (name, corp_id, app_type) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", key)
