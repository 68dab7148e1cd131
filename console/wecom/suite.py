"""A third-party app's way to a corp's access token: a token of its suite first, and with that the corp's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from console.wecom.codes import SUITE_TOKEN_IS_STALE
from console.wecom.errors import WeComError
from console.wecom.redact import Hidden
from console.wecom.token import NewToken, TokenShelf, TokenSource, shelf_key

if TYPE_CHECKING:
    from console.wecom.token_request import TokenRequests

GET_SUITE_TOKEN: Final = "/service/get_suite_token"
GET_CORP_TOKEN: Final = "/service/get_corp_token"


@dataclass(frozen=True, slots=True)
class SuiteCredentials:
    """What a provider's third-party app has for one corp that authorised it.

    `suite_ticket` is asked each time a suite token is fetched: a ticket lives for 30 minutes and is replaced
    every ten.
    """

    suite_id: str
    suite_secret: Hidden
    suite_ticket: Callable[[], Awaitable[Hidden]] = field(repr=False)
    auth_corpid: str
    permanent_code: Hidden

    def suite_key(self, base_url: str) -> str:
        """Where the suite's token lies on a shelf."""
        return shelf_key(self.suite_id, base_url, self.suite_secret)

    def corp_key(self, base_url: str) -> str:
        """Where the corp's token lies on a shelf."""
        return shelf_key(self.auth_corpid, base_url, self.suite_id, self.suite_secret, self.permanent_code)


class SuiteTokens:
    """The corp's token, and the suite's behind it, each fetched and renewed by its own rules.

    A suite token that WeCom refuses (40082, 42009) is fetched again once for each fetch of the corp's token.
    Follows WeCom documents 90600 and 90605.
    """

    def __init__(
        self,
        credentials: SuiteCredentials,
        requests: TokenRequests,
        base_url: str,
        *,
        clock: Callable[[], float],
        shelf: TokenShelf | None,
    ) -> None:
        self._credentials = credentials
        self._requests = requests
        self._suite = TokenSource(self._fetch_suite_token, clock, key=credentials.suite_key(base_url), shelf=shelf)
        self._corp = TokenSource(self._fetch_corp_token, clock, key=credentials.corp_key(base_url), shelf=shelf)

    async def get(self) -> Hidden:
        """The corp's token. Raises WeComFailure."""
        return await self._corp.get()

    def invalidate(self, token: Hidden) -> None:
        """WeCom no longer takes this token of the corp."""
        self._corp.invalidate(token)

    async def aclose(self) -> None:
        """Stop fetching; those who wait get Unreachable."""
        await self._corp.aclose()
        await self._suite.aclose()

    async def _fetch_suite_token(self) -> NewToken:
        own = self._credentials
        body = {
            "suite_id": own.suite_id,
            "suite_secret": own.suite_secret,
            "suite_ticket": await own.suite_ticket(),
        }
        return await self._requests.new_token(GET_SUITE_TOKEN, {}, body, name="suite_access_token")

    async def _fetch_corp_token(self) -> NewToken:
        suite_token = await self._suite.get()
        try:
            return await self._corp_token(suite_token)
        except WeComError as failure:
            if failure.errcode not in SUITE_TOKEN_IS_STALE:
                raise
        self._suite.invalidate(suite_token)
        return await self._corp_token(await self._suite.get())

    async def _corp_token(self, suite_token: Hidden) -> NewToken:
        own = self._credentials
        body = {"auth_corpid": own.auth_corpid, "permanent_code": own.permanent_code}
        return await self._requests.new_token(GET_CORP_TOKEN, {"suite_access_token": suite_token}, body)
