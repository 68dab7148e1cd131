"""The requests that fetch a token, tried again as far as that is safe."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from console.wecom.answer import JSON
from console.wecom.errors import UnexpectedShape, WeComError
from console.wecom.pace import Pace
from console.wecom.redact import Hidden
from console.wecom.retry import FREQUENCY_TRIES, ReadRetries
from console.wecom.token import NewToken

if TYPE_CHECKING:
    from console.wecom.exchange import Exchange, Query

_TOKEN_LIFE: Final = 7200.0
"""Seconds: what an answer means that does not say it."""


class TokenRequests:
    """Asks for tokens, again on -1 and 45033 alone: wrong credentials sent repeatedly ban the address."""

    def __init__(self, exchange: Exchange, pace: Pace, chance: random.Random) -> None:
        self._exchange = exchange
        self._pace = pace
        self._random = chance

    async def new_token(
        self, endpoint: str, query: Query, body: Mapping[str, object] | None = None, *, name: str = "access_token"
    ) -> NewToken:
        """The token that an answer gives under `name`; GET without a body, POST with one. Raises WeComFailure."""
        answer = await self._ask(endpoint, query, body)
        token, life = answer.get(name), answer.get("expires_in")
        if not isinstance(token, str) or not token:
            raise UnexpectedShape(endpoint, f"{name} is missing")
        return NewToken(Hidden(token), float(life) if isinstance(life, (int, float)) and life > 0 else _TOKEN_LIFE)

    async def _ask(self, endpoint: str, query: Query, body: Mapping[str, object] | None) -> JSON:
        retries = ReadRetries(self._pace, self._random, endpoint, frequency=FREQUENCY_TRIES)
        while True:
            round_ = -1
            try:
                async with self._pace.slot(endpoint) as round_:
                    return await (
                        self._exchange.get(endpoint, query)
                        if body is None
                        else self._exchange.post(endpoint, query, body)
                    )
            except WeComError as failure:
                if not await retries.may_go_on(failure, round_):
                    raise
