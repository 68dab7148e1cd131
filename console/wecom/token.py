"""One access token for one corp and secret: fetched once for all who wait, renewed before it ends."""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from console.wecom.codes import Reaction
from console.wecom.errors import Unreachable, WeComError, WhyUnreachable
from console.wecom.redact import Hidden

RENEW_EARLY: Final = 300.0
"""Seconds before its end at which a token is no longer handed out."""

CREDENTIALS_REST: Final = 5.0
"""Seconds in which refused credentials are not sent again: WeCom bans who keeps sending wrong ones."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token as gettoken gave it; `life` in seconds."""

    token: Hidden
    life: float


class TokenSource:
    """The token of one corp and secret.

    `fetch(corp_id, secret)` makes the one gettoken request. Follows WeCom document 91039.
    """

    def __init__(
        self,
        corp_id: str,
        secret: Hidden,
        fetch: Callable[[str, Hidden], Awaitable[NewToken]],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._corp_id = corp_id
        self._secret = secret
        self._fetch = fetch
        self._clock = clock
        self._token: Hidden | None = None
        self._good_until = 0.0
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
        """Drop a token that WeCom no longer takes; one that has been replaced meanwhile stays."""
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
        asked_at = self._clock()
        try:
            new = await self._fetch(self._corp_id, self._secret)
        except WeComError as failure:
            if failure.reaction is Reaction.FIX_CREDENTIALS:
                self._refusal = failure
                self._refused_until = self._clock() + CREDENTIALS_REST
            raise
        self._refusal = None
        self._token = new.token
        self._good_until = asked_at + new.life - min(RENEW_EARLY, new.life / 2)
        return new.token

    def _forget_fetch(self, fetching: asyncio.Task[Hidden]) -> None:
        if self._fetching is fetching:
            self._fetching = None
        if not fetching.cancelled():
            fetching.exception()
