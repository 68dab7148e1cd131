"""What an app proves itself to WeCom with, by its kind, and where its access token comes from then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from console.wecom.redact import Hidden
from console.wecom.suite import SuiteCredentials, SuiteTokens
from console.wecom.token import NewToken, Tokens, TokenShelf, TokenSource, shelf_key

if TYPE_CHECKING:
    from console.wecom.exchange import Query
    from console.wecom.token_request import TokenRequests

GET_TOKEN: Final = "/gettoken"


@dataclass(frozen=True, slots=True)
class AppSecret:
    """A self-built app's secret; of a provider-developed app the corp's permanent code stands in its place."""

    corp_id: str
    secret: Hidden

    def key(self, base_url: str) -> str:
        """Where the app's token lies on a shelf."""
        return shelf_key(self.corp_id, base_url, self.secret)


Credentials: TypeAlias = AppSecret | SuiteCredentials
"""What one app of one corp has."""


def tokens_of(
    credentials: Credentials,
    requests: TokenRequests,
    base_url: str,
    *,
    clock: Callable[[], float],
    shelf: TokenShelf | None = None,
) -> Tokens:
    """The access tokens that these credentials give at one WeCom. Follows WeCom documents 91039 and 97164."""
    if isinstance(credentials, SuiteCredentials):
        return SuiteTokens(credentials, requests, base_url, clock=clock, shelf=shelf)
    query: Query = {"corpid": credentials.corp_id, "corpsecret": credentials.secret}

    async def fetch() -> NewToken:
        return await requests.new_token(GET_TOKEN, query)

    return TokenSource(fetch, clock, key=credentials.key(base_url), shelf=shelf)


def shelf_keys(credentials: Credentials, base_url: str) -> tuple[str, ...]:
    """All places on a shelf where these credentials may have left a token."""
    if isinstance(credentials, SuiteCredentials):
        return credentials.suite_key(base_url), credentials.corp_key(base_url)
    return (credentials.key(base_url),)
