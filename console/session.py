"""One opened profile: its settings, its credentials, its client and its part of the store, built once and handed in."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import TYPE_CHECKING

from console.credentials import (
    KeyringUnavailable,
    MemorySecrets,
    SecretCommandFailed,
    SecretKind,
    Secrets,
    SecretStack,
    needed_kinds,
)
from console.language import _
from console.settings import AppType, Profile, Settings, is_the_machines_zone
from console.store import Records, Store
from console.wecom.errors import WeComFailure

if TYPE_CHECKING:
    from pathlib import Path

    from console.operations.checkup import Surroundings
    from console.wecom.access import Credentials
    from console.wecom.client import WeComClient
    from console.wecom.pace import Wait
    from console.wecom.redact import Hidden
    from console.wecom.token import TokenShelf

Clock = Callable[[], float]


class SecretMissing(Exception):
    """The profile has no secret in the keyring (or wherever its secrets are)."""

    def __init__(self, profile: str, kind: str) -> None:
        super().__init__(profile, kind)
        self.profile = profile
        self.kind = kind

    def __str__(self) -> str:
        return f"no {self.kind} for profile {self.profile}"


@dataclass(frozen=True, slots=True)
class Connection:
    """Where WeCom is, and what opens it; a demo knows both only once its sandbox runs. `shelf` shares tokens."""

    base_url: str
    credentials: Credentials
    shelf: TokenShelf | None = None


CallBack = Callable[[str], Awaitable[None]]
"""Has WeCom send its callbacks to a URL: only a demo, whose WeCom is its own, can do that."""

Cue = Callable[[str, Mapping[str, object]], Awaitable[bool]]
"""Has something happen in a demo's invented company now: what, and to whom; false when it could not."""

Connect = Callable[[Profile], Awaitable[Connection]]
"""How a profile gets its connection; may raise what `CANNOT_OPEN` lists."""


class CannotConnect(Exception):
    """There is nothing to connect to; `why` says it in the operator's language."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


CANNOT_OPEN = (SecretMissing, KeyringUnavailable, SecretCommandFailed, CannotConnect, WeComFailure)
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
    call_back: CallBack | None = field(default=None, repr=False)
    cue: Cue | None = field(default=None, repr=False)
    _client: WeComClient | None = field(default=None, repr=False)
    _all_names: Mapping[str, str] | None = field(default=None, repr=False)
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

        Raises what `CANNOT_OPEN` lists when there is no secret to be had; the next call tries again.
        """
        async with self._opening:
            if self._client is None:
                loading = asyncio.create_task(asyncio.to_thread(_load_client))
                connection = await self.connect()
                client_class = await loading
                self._client = client_class(
                    connection.credentials,
                    base_url=connection.base_url,
                    on_wait=lambda wait: self.on_wait(wait),
                    shelf=connection.shelf,
                )
        return self._client

    @property
    def clock_skew(self) -> float | None:
        """Seconds by which WeCom's clock is ahead of this computer's; None as long as nobody knows."""
        return self._client.server_clock_skew if self._client is not None else None

    def afresh(self) -> Session:
        """The same profile with a client of its own, which takes no token over from other consoles: for a check-up."""

        async def connect() -> Connection:
            return replace(await self.connect(), shelf=None)

        return Session(self.profile, self.settings, self.records, connect, self.names, clock=self.clock)

    async def close(self) -> None:
        """Close the client's connections; the store is the opener's to close. `client` then connects anew."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    @property
    def zone(self) -> tzinfo | None:
        """The zone of all times shown: the setting, else (None) the machine's."""
        zone = self.settings.timezone
        if not zone or is_the_machines_zone(zone):
            return None
        from zoneinfo import ZoneInfo  # here: only who works in another zone pays for it

        return ZoneInfo(zone)

    def name_of(self, userid: str) -> str:
        """The follower's name: from WeCom, else from names.csv, else empty."""
        return self.all_names().get(userid.casefold(), "")

    def all_names(self) -> Mapping[str, str]:
        """The names of all followers that have one, by userid in lower case; kept until `forget_names`."""
        if self._all_names is None:
            known = {row.userid.casefold(): row.name for row in self.records.followers.rows(unlisted=True) if row.name}
            self._all_names = {**self.names, **known}
        return self._all_names

    def forget_names(self) -> None:
        """Names have come in: look at the store again."""
        self._all_names = None


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
        secrets: SecretStack | None = None,
        reread: Callable[[], Settings] | None = None,
        surroundings: Callable[[], Surroundings] | None = None,
        call_back: Callable[[Profile], CallBack] | None = None,
        cue: Cue | None = None,
    ) -> None:
        """`reread` reads the settings again; `surroundings` says what a check-up looks at on this computer.

        `call_back` and `cue` are a demo's: how it has its WeCom send callbacks for a profile, and something happen.
        """
        self.settings = settings
        self.secrets = secrets or SecretStack(MemorySecrets(), environ={})
        self.surroundings = surroundings
        self._reread = reread
        self._call_back = call_back
        self._cue = cue
        self._store = store
        self._connect = connect
        self._names = names or {}
        self._clock = clock

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the profiles, in the settings' order."""
        return tuple(self.settings.profiles)

    @property
    def store_file(self) -> Path:
        """Where the store is."""
        return self._store.path

    def reread(self) -> None:
        """Read the settings again: profiles are added and removed elsewhere too. Raises SettingsError."""
        if self._reread is not None:
            self.settings = self._reread()
            self.secrets.follow(self.settings)

    def give_secret(self, name: str, kind: SecretKind, value: str) -> None:
        """Use a secret that the operator typed, for this run; a session that is open already has to be closed first."""
        self.secrets.give(name, kind, value)

    def open(self, name: str) -> Session:
        """Open one profile; nothing is asked of WeCom or of the keyring yet. Raises KeyError for an unknown name."""
        profile = self.settings.profiles[name]
        records = self._store.profile(profile.name, profile.corp_id, profile.app_type)

        async def connect() -> Connection:
            return await self._connect(profile)

        call_back = self._call_back(profile) if self._call_back else None
        return Session(
            profile,
            self.settings,
            records,
            connect,
            self._names,
            clock=self._clock,
            call_back=call_back,
            cue=self._cue,
        )

    def close(self) -> None:
        """Write what is still to be written and close the store."""
        self._store.close()


def connect_with(secrets: Secrets, shelf: TokenShelf | None = None) -> Connect:
    """Connections to where the settings say, with the secrets where `secrets` has them; `shelf` shares their tokens."""

    async def connect(profile: Profile) -> Connection:
        from console.credentials.app import app_credentials  # here: the first paint has no use for credentials

        if profile.app_type is AppType.THIRD_PARTY and not profile.suite_id:
            key = f"profiles.{profile.name}.suite_id"
            raise CannotConnect(_("A third-party app needs the ID of its suite: {key} is missing.").format(key=key))
        known = {kind: await _secret(secrets, profile, kind) for kind in needed_kinds(profile.app_type)}

        async def ticket() -> Hidden:
            """The ticket that is kept now; the one known before while there is no asking for it."""
            with suppress(SecretMissing, KeyringUnavailable, SecretCommandFailed):
                known[SecretKind.SUITE_TICKET] = await _secret(secrets, profile, SecretKind.SUITE_TICKET)
            return known[SecretKind.SUITE_TICKET]

        return Connection(profile.base_url, app_credentials(profile, known, ticket), shelf)

    return connect


async def _secret(secrets: Secrets, profile: Profile, kind: SecretKind) -> Hidden:
    from console.credentials.aside import aside
    from console.wecom.redact import Hidden

    value = await aside(lambda: secrets.get(profile.name, kind))
    if not value:
        raise SecretMissing(profile.name, kind)
    return Hidden(value)


def _load_client() -> type[WeComClient]:
    from console.wecom.client import WeComClient
    from console.wecom.httpx_lean import load_the_rest

    load_the_rest()
    return WeComClient


def _load_models() -> None:
    import console.wecom.models  # noqa: F401 - this is the loading
