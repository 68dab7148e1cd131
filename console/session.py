"""One opened profile: its settings, its credentials, its client and its part of the store, built once and handed in."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from console.credentials import KeyringUnavailable, Secrets, main_secret_kind
from console.settings import Profile, Settings
from console.store import Records, Store
from console.wecom.errors import WeComFailure

if TYPE_CHECKING:
    from console.wecom.client import WeComClient
    from console.wecom.pace import Wait

Clock = Callable[[], float]


class SecretMissing(Exception):
    """The profile has no secret in the keyring (or wherever its secrets are)."""

    def __init__(self, profile: str, kind: str) -> None:
        super().__init__(f"no {kind} for profile {profile}")
        self.profile = profile
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Connection:
    """Where WeCom is, and the secret that opens it; a demo knows both only once its sandbox runs."""

    base_url: str
    corp_id: str
    secret: str = field(repr=False)


Connect = Callable[[Profile], Awaitable[Connection]]
"""How a profile gets its connection; may raise what `CANNOT_OPEN` lists."""


class CannotConnect(Exception):
    """There is nothing to connect to; `why` says it in the operator's language."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


CANNOT_OPEN = (SecretMissing, KeyringUnavailable, CannotConnect, WeComFailure)
"""What opening a profile's client may raise."""


@dataclass(slots=True)
class Session:
    """One opened profile; its client is built at first use, since that takes longer to load than a screen."""

    profile: Profile
    settings: Settings
    records: Records
    connect: Callable[[], Awaitable[Connection]] = field(repr=False)
    names: Mapping[str, str] = field(default_factory=dict)
    on_wait: Callable[[Wait], None] = lambda _wait: None
    clock: Clock = time.time
    _client: WeComClient | None = field(default=None, repr=False)
    _loading: asyncio.Task[None] | None = field(default=None, repr=False)
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    async def load(self) -> None:
        """Load the payloads' models, in a thread, so that keys stay quick; once is enough."""
        if self._loading is None:
            self._loading = asyncio.create_task(asyncio.to_thread(_load_models))
        await asyncio.shield(self._loading)

    @property
    def loaded(self) -> bool:
        """Whether details can be shown at once: what payloads are read with is there."""
        return self._loading is not None and self._loading.done()

    async def client(self) -> WeComClient:
        """The profile's one client; it is loaded, in a thread, while it is being connected.

        Raises `SecretMissing` or `KeyringUnavailable` when there is no secret to be had.
        """
        async with self._opening:
            if self._client is None:
                loading = asyncio.create_task(asyncio.to_thread(_load_client))
                connection = await self.connect()
                client_class = await loading
                self._client = client_class(
                    connection.corp_id,
                    connection.secret,
                    base_url=connection.base_url,
                    on_wait=lambda wait: self.on_wait(wait),
                )
        return self._client

    async def close(self) -> None:
        """Close the client's connections; the store is the opener's to close."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    @property
    def zone(self) -> tzinfo | None:
        """The zone of all times shown: the setting, else (None) the machine's."""
        return ZoneInfo(self.settings.timezone) if self.settings.timezone else None

    def name_of(self, userid: str) -> str:
        """The follower's name: from WeCom, else from names.csv, else empty."""
        row = self.records.followers.row(userid)
        return (row.name if row else "") or self.names.get(userid.casefold(), "")

    def all_names(self) -> dict[str, str]:
        """The names of all followers that have one, by userid in lower case; in one go, for whoever needs many."""
        known = {row.userid.casefold(): row.name for row in self.records.followers.rows(unlisted=True) if row.name}
        return {**self.names, **known}


class Profiles:
    """All profiles of one run and what they share: settings, store, secrets, names of followers."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        connect: Connect,
        *,
        names: Mapping[str, str] | None = None,
        clock: Clock = time.time,
    ) -> None:
        self.settings = settings
        self._store = store
        self._connect = connect
        self._names = names or {}
        self._clock = clock

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the profiles, in the settings' order."""
        return tuple(self.settings.profiles)

    def open(self, name: str) -> Session:
        """Open one profile; nothing is asked of WeCom or of the keyring yet. Raises KeyError for an unknown name."""
        profile = self.settings.profiles[name]
        records = self._store.profile(profile.name, profile.corp_id, profile.app_type)

        async def connect() -> Connection:
            return await self._connect(profile)

        return Session(profile, self.settings, records, connect, self._names, clock=self._clock)

    def close(self) -> None:
        """Write what is still to be written and close the store."""
        self._store.close()


def connect_with(secrets: Secrets) -> Connect:
    """Connections to where the settings say, with the secrets where `secrets` keeps them."""

    async def connect(profile: Profile) -> Connection:
        kind = main_secret_kind(profile.app_type)
        secret = await asyncio.to_thread(secrets.get, profile.name, kind)
        if not secret:
            raise SecretMissing(profile.name, kind)
        return Connection(profile.base_url, profile.corp_id, secret)

    return connect


def _load_client() -> type[WeComClient]:
    from console.wecom.client import WeComClient
    from console.wecom.httpx_lean import load_the_rest

    load_the_rest()
    return WeComClient


def _load_models() -> None:
    import console.wecom.models  # noqa: F401 - this is the loading
