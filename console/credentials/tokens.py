"""Access tokens that the consoles of one user on one computer share: kept in the keyring, fetched by one at a time."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from console.credentials.aside import aside
from console.credentials.failures import KeyringUnavailable
from console.credentials.keyring import OsKeyring
from console.credentials.kinds import SecretKind, Secrets, needed_kinds
from console.settings import Profile, private_folder
from console.wecom.redact import Hidden

if TYPE_CHECKING:
    from console.wecom.token import KeptToken

# How tokens are got is imported by whoever needs it: the first paint does not.

LOCK_SECONDS = 5.0
"""How long a console waits for another that is fetching the same token."""

Answer = TypeVar("Answer")


class SharedTokens:
    """The shelf of tokens (`console.wecom.token.TokenShelf`): keyring entries token/CORP_ID/HASH_OF_SECRET.

    Where the keyring fails once, tokens stay in memory for the rest of the run. The lock is an empty file in
    `folder` that is named by the hash.
    """

    def __init__(self, keyring: OsKeyring, folder: Path, *, lock_seconds: float = LOCK_SECONDS) -> None:
        self._keyring: OsKeyring | None = keyring
        self._folder = folder
        self._lock_seconds = lock_seconds
        self._memory: dict[str, KeptToken] = {}

    async def get(self, key: str) -> KeptToken | None:
        """The token that was kept last, by whichever console."""
        text = await self._asked(lambda keyring: keyring.get(token_entry(key)))
        return self._memory.get(key) if text is None else _token_in(text)

    async def put(self, key: str, token: KeptToken) -> None:
        """Keep a token for all consoles."""
        self._memory[key] = token
        text = json.dumps({"token": token.token.reveal(), "good_until": token.good_until})
        await self._asked(lambda keyring: keyring.put(token_entry(key), text))

    async def drop(self, key: str) -> None:
        """Forget a token."""
        self._memory.pop(key, None)
        await self._asked(lambda keyring: keyring.remove(token_entry(key)))

    @asynccontextmanager
    async def lock(self, key: str) -> AsyncIterator[None]:
        """Keep other consoles from fetching this token; goes on without when another one takes too long."""
        from filelock import AsyncFileLock, Timeout  # here: the first paint fetches no token

        name = f"token-{key.rpartition('/')[2]}.lock"
        # Trying the lock takes no time, so no thread is needed for it; the waits between are asyncio's.
        lock = AsyncFileLock(self._folder / name, timeout=self._lock_seconds, mode=0o600, run_in_executor=False)
        with suppress(Timeout, OSError, NotImplementedError):
            private_folder(self._folder)
            await lock.acquire()
        try:
            yield
        finally:
            await lock.release()

    async def _asked(self, question: Callable[[OsKeyring], Answer]) -> Answer | None:
        """The keyring's answer; None when it has none to give."""
        if self._keyring is None:
            return None
        try:
            return await aside(partial(question, self._keyring))
        except KeyringUnavailable:
            self._keyring = None
            return None


def token_entry(key: str) -> str:
    """The keyring entry of a shared token."""
    return f"token/{key}"


def forget_tokens(profile: Profile, secrets: Secrets, keyring: OsKeyring) -> None:
    """Take the tokens that a profile's secrets led to out of the keyring; without the secrets nobody finds them.

    Raises what `secrets` raises, and KeyringUnavailable.
    """
    from console.credentials.app import app_credentials
    from console.wecom.access import shelf_keys

    known: dict[SecretKind, Hidden] = {}
    for kind in needed_kinds(profile.app_type):
        if kind is not SecretKind.SUITE_TICKET:
            if not (value := secrets.get(profile.name, kind)):
                return
            known[kind] = Hidden(value)
    for key in shelf_keys(app_credentials(profile, known, _no_ticket), profile.base_url):
        keyring.remove(token_entry(key))


async def _no_ticket() -> Hidden:
    raise LookupError("nothing is fetched here")


def _token_in(text: str) -> KeptToken | None:
    """The token that an entry holds; None for what this program did not write."""
    from console.wecom.token import KeptToken

    try:
        kept = json.loads(text)
        token, good_until = kept["token"], kept["good_until"]
    except (ValueError, TypeError, KeyError):
        return None
    if not isinstance(token, str) or not isinstance(good_until, (int, float)):
        return None
    return KeptToken(Hidden(token), float(good_until))
