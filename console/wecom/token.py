"""One access token: fetched once for all who wait, shared with other programs, renewed before it ends."""

from __future__ import annotations

import asyncio
import copy
import hashlib
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final, Protocol

from console.wecom.codes import Reaction
from console.wecom.errors import Unreachable, WeComError, WhyUnreachable
from console.wecom.redact import Hidden

RENEW_EARLY: Final = 300.0
"""Seconds before its end at which a token is no longer handed out."""

CREDENTIALS_REST: Final = 5.0
"""Seconds in which refused credentials are not sent again: WeCom bans who keeps sending wrong ones."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token as WeCom gave it; `life` in seconds."""

    token: Hidden
    life: float


@dataclass(frozen=True, slots=True)
class KeptToken:
    """A token that can be handed out until `good_until`, in Unix seconds."""

    token: Hidden
    good_until: float


class TokenShelf(Protocol):
    """Where the programs of one user share their tokens. It raises nothing: what it fails to keep is fetched."""

    async def get(self, key: str) -> KeptToken | None:
        """The token that lies there, which may be too old; None where there is none."""

    async def put(self, key: str, token: KeptToken) -> None:
        """Lay a token there, in place of what was."""

    async def drop(self, key: str) -> None:
        """Take away what lies there."""

    def lock(self, key: str) -> AbstractAsyncContextManager[object]:
        """Held by the one program that fetches this token; who waits for it too long goes on without.

        Each key has its own: while a corp's is held, its suite's may be taken.
        """


class Tokens(Protocol):
    """Where a client gets its access token."""

    async def get(self) -> Hidden:
        """A token that can be used now. Raises WeComFailure."""

    def invalidate(self, token: Hidden) -> None:
        """WeCom no longer takes this token."""

    async def aclose(self) -> None:
        """Stop fetching; those who wait get Unreachable."""


class TokenSource:
    """One token, which `fetch` asks WeCom for; `shelf` keeps it under `key` for other programs too.

    Follows WeCom document 91039.
    """

    def __init__(
        self,
        fetch: Callable[[], Awaitable[NewToken]],
        clock: Callable[[], float] = time.time,
        *,
        key: str = "",
        shelf: TokenShelf | None = None,
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._key = key
        self._shelf = shelf
        self._token: Hidden | None = None
        self._good_until = 0.0
        self._stale: Hidden | None = None
        self._fetching: asyncio.Task[Hidden] | None = None
        self._refusal: WeComError | None = None
        self._refused_until = 0.0

    async def get(self) -> Hidden:
        """The current token; when there is none, all who wait share one fetch and its failure.

        A caller that is cancelled leaves the fetch to the others. Raises WeComFailure.
        """
        if (token := self._current()) is not None:
            return token
        if self._refusal is not None and self._clock() < self._refused_until:
            raise copy.copy(self._refusal)
        if self._fetching is None:
            self._fetching = asyncio.create_task(self._renew(), name="wecom token")
            self._fetching.add_done_callback(self._forget_fetch)
        fetching = self._fetching
        await asyncio.wait([fetching])
        if fetching.cancelled():
            raise Unreachable("/gettoken", "", WhyUnreachable.CLOSED)
        if (failure := fetching.exception()) is not None:
            # A copy for each waiter: one exception raised in many tasks would collect all their tracebacks.
            raise copy.copy(failure)
        return fetching.result()

    def invalidate(self, token: Hidden) -> None:
        """Drop a token that WeCom no longer takes, here and on the shelf; one that has replaced it stays."""
        self._stale = token
        if self._token == token:
            self._token = None

    async def aclose(self) -> None:
        """Stop a running fetch; those who wait for it get Unreachable."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.wait([self._fetching])

    def _current(self) -> Hidden | None:
        return self._token if self._clock() < self._good_until else None

    async def _renew(self) -> Hidden:
        if self._shelf is None:
            kept = await self._fetched()
        else:
            async with self._shelf.lock(self._key):
                shared = await self._shared(self._shelf)
                kept = shared or await self._fetched()
                if shared is None:
                    await self._shelf.put(self._key, kept)
        self._token, self._good_until = kept.token, kept.good_until
        return kept.token

    async def _shared(self, shelf: TokenShelf) -> KeptToken | None:
        """What another program fetched, if it can still be used."""
        shared = await shelf.get(self._key)
        if shared is None or self._clock() >= shared.good_until:
            return None
        if shared.token == self._stale:
            await shelf.drop(self._key)
            return None
        return shared

    async def _fetched(self) -> KeptToken:
        asked_at = self._clock()
        try:
            new = await self._fetch()
        except WeComError as failure:
            if failure.reaction is Reaction.FIX_CREDENTIALS:
                self._refusal = failure
                self._refused_until = self._clock() + CREDENTIALS_REST
            raise
        self._refusal = None
        return KeptToken(new.token, asked_at + new.life - min(RENEW_EARLY, new.life / 2))

    def _forget_fetch(self, fetching: asyncio.Task[Hidden]) -> None:
        if self._fetching is fetching:
            self._fetching = None
        if not fetching.cancelled():
            fetching.exception()


def shelf_key(owner: str, *parts: str | Hidden) -> str:
    """`OWNER/HASH`: the corp or suite that a token is for, and a hash of all that decides which token it is.

    A secret that was replaced so leads to another place, and cannot be read from the name of the place.
    """
    texts = (part.reveal() if isinstance(part, Hidden) else part for part in (owner, *parts))
    return f"{owner}/{hashlib.sha256(chr(0).join(texts).encode()).hexdigest()[:32]}"
