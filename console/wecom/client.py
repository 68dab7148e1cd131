"""The one client for WeCom's customer-contact API: each method is one documented endpoint."""

from __future__ import annotations

import asyncio
import random as chance
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from console.wecom import conversion
from console.wecom.access import Credentials, tokens_of
from console.wecom.answer import JSON
from console.wecom.codes import INVALID_CURSOR, TOKEN_IS_STALE
from console.wecom.conversion import CONVERT, PENDING_IDS, Conversion
from console.wecom.errors import TooManyUserids, WeComError
from console.wecom.exchange import DEFAULT_BASE_URL, Exchange, Query, Timeouts
from console.wecom.ids import ExternalUserId, PendingId, SubjectType, UserId, as_external_userid
from console.wecom.pace import Pace, Wait
from console.wecom.pages import (
    BatchPage,
    ContactPage,
    CustomerDetail,
    CustomerPage,
    GuidePage,
    batch_page,
    contact_page,
    customer_page,
    merge_pages,
    objects,
    texts,
    validated,
)
from console.wecom.paging import follow_cursor, next_cursor
from console.wecom.redact import Hidden
from console.wecom.retry import ReadRetries
from console.wecom.token import TokenShelf
from console.wecom.token_request import TokenRequests
from console.wecom.writes import Writes

if TYPE_CHECKING:
    from console.wecom.media import MediaKind, UploadedMedia
    from console.wecom.models import Member, TagGroup
    from console.wecom.remark import RemarkBody
    from console.wecom.welcome import WelcomeMessage

FOLLOW_USERS: Final = "/externalcontact/get_follow_user_list"
CUSTOMER_IDS: Final = "/externalcontact/list"
CUSTOMER: Final = "/externalcontact/get"
BATCH: Final = "/externalcontact/batch/get_by_user"
CORP_TAGS: Final = "/externalcontact/get_corp_tag_list"
STRATEGY_TAGS: Final = "/externalcontact/get_strategy_tag_list"
CONTACTS: Final = "/externalcontact/contact_list"
GUIDE_CONTACTS: Final = "/externalcontact/list_member_non_data_contact"
MEMBER: Final = "/user/get"

MOST_USERIDS: Final = 100
MOST_BATCH_ROWS: Final = 100
MOST_CONTACTS: Final = 1000
CURSOR_LIFE: Final = 4 * 3600.0
MOST_RESTARTS: Final = 3


class WeComClient:
    """WeCom as one app of one corp sees it. Making one does no I/O; `aclose` or `async with` ends it.

    All methods raise WeComFailure: WeComError for an errcode, its siblings for what the network did. Only
    reads are tried again (-1, 45033, 45009), each pause announced through `on_wait`; a token that WeCom
    calls stale is fetched again once a call. `clock` in Unix seconds; `ca` is a PEM file for a company's
    own authority; `shelf` shares tokens with other programs. Raises InsecureAddress when `base_url` is http to
    anywhere but loopback.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        base_url: str = DEFAULT_BASE_URL,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        random: chance.Random | None = None,
        on_wait: Callable[[Wait], None] = lambda wait: None,
        ca: str | None = None,
        timeouts: Timeouts | None = None,
        shelf: TokenShelf | None = None,
    ) -> None:
        self._clock = clock
        self._random = random or chance.Random()
        self._exchange = Exchange(base_url, timeouts=timeouts, ca=ca, clock=clock)
        self._pace = Pace(clock=clock, sleep=sleep, on_wait=on_wait)
        requests = TokenRequests(self._exchange, self._pace, self._random)
        self._tokens = tokens_of(credentials, requests, base_url, clock=clock, shelf=shelf)
        self._writes = Writes(self._exchange, self._tokens, self._pace)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections; requests under way and later ones raise Unreachable or ConnectionReset_."""
        await self._tokens.aclose()
        await self._exchange.aclose()

    @property
    def server_clock_skew(self) -> float | None:
        """Seconds by which WeCom's clock was ahead of ours at its last answer; None before the first."""
        return self._exchange.server_clock_skew

    @property
    def in_flight(self) -> int:
        """How many requests are under way."""
        return self._pace.in_flight

    @property
    def most_in_flight(self) -> int:
        """How many may be under way just now: fewer after WeCom said that there were too many (45033)."""
        return self._pace.limit

    @property
    def batches_closed_for(self) -> float:
        """Seconds for which WeCom takes no more requests for relations (45009); 0 when it does."""
        return self._pace.closed_for(BATCH)

    async def sign_in(self) -> None:
        """See to it that there is an access token, as every read does first. Follows WeCom document 91039."""
        await self._tokens.get()

    async def follow_users(self) -> list[UserId]:
        """All followers this app may see (C5). Follows WeCom document 92571."""
        answer = await self._read(FOLLOW_USERS)
        return [UserId(userid) for userid in texts(answer, "follow_user", FOLLOW_USERS)]

    async def customer_ids(self, userid: str) -> list[ExternalUserId]:
        """The ids of a follower's customers (C1); a follower without any is a WeComError 84061.

        Follows WeCom document 92113.
        """
        answer = await self._read(CUSTOMER_IDS, {"userid": userid})
        return [ExternalUserId(text) for text in texts(answer, "external_userid", CUSTOMER_IDS)]

    async def customer_pages(self, external_userid: str) -> AsyncGenerator[CustomerPage]:
        """A customer's detail page by page (C2), 500 followers each; the next one in flight meanwhile.

        Raises NotAnExternalUserid before any request. Follows WeCom document 92114.
        """
        wanted = {"external_userid": as_external_userid(external_userid)}

        async def ask(cursor: str) -> JSON:
            return await self._read(CUSTOMER, wanted | ({"cursor": cursor} if cursor else {}))

        contact: JSON | None = None
        async with aclosing(follow_cursor(ask, CUSTOMER)) as answers:
            async for answer in answers:
                page = customer_page(answer, CUSTOMER, contact, has_more=bool(next_cursor(answer, CUSTOMER)))
                contact = page.raw_contact
                yield page

    async def customer(self, external_userid: str) -> CustomerDetail:
        """A customer's detail with the followers of all pages merged (C2). Follows WeCom document 92114."""
        async with aclosing(self.customer_pages(external_userid)) as pages:
            return merge_pages([page async for page in pages])

    async def batch_pages(self, userids: Sequence[str], *, limit: int = MOST_BATCH_ROWS) -> AsyncGenerator[BatchPage]:
        """The relations of up to 100 followers page by page (C3), up to 100 rows a page.

        Raises TooManyUserids before any request, WeComError 701008 when no userid has the licence,
        RepeatedCursor. Follows WeCom document 92994.
        """
        if len(userids) > MOST_USERIDS:
            raise TooManyUserids(len(userids), MOST_USERIDS)
        wanted: JSON = {"userid_list": list(userids), "limit": min(limit, MOST_BATCH_ROWS)}

        async def ask(cursor: str) -> JSON:
            return await self._read(BATCH, body=wanted | {"cursor": cursor})

        async with aclosing(follow_cursor(ask, BATCH)) as answers:
            async for answer in answers:
                yield batch_page(answer, BATCH)

    async def batch_page(self, userids: Sequence[str], cursor: str = "", *, limit: int = MOST_BATCH_ROWS) -> BatchPage:
        """One page of `batch_pages`, for who follows the cursor alone. Follows WeCom document 92994."""
        if len(userids) > MOST_USERIDS:
            raise TooManyUserids(len(userids), MOST_USERIDS)
        body: JSON = {"userid_list": list(userids), "cursor": cursor, "limit": min(limit, MOST_BATCH_ROWS)}
        return batch_page(await self._read(BATCH, body=body), BATCH)

    async def corp_tags(
        self, tag_ids: Sequence[str] | None = None, group_ids: Sequence[str] | None = None
    ) -> list[TagGroup]:
        """The company's tag groups, all or those named; `deleted` ones only when named. Document 92117."""
        return await self._tag_groups(CORP_TAGS, tag_ids, group_ids)

    async def strategy_tags(self) -> list[TagGroup]:
        """The tag groups of all rule groups. Follows WeCom document 94882."""
        return await self._tag_groups(STRATEGY_TAGS, None, None)

    async def contact_pages(self, *, limit: int = MOST_CONTACTS) -> AsyncGenerator[ContactPage]:
        """Everybody the company has served, page by page, up to 1000 rows each; for self-built apps only.

        A cursor that is older than 4 hours, or that WeCom no longer takes (50100), starts the traversal
        again: the next page says `restarted`. Follows WeCom document 99434.
        """
        restarts = 0
        restarted = False
        while True:
            try:
                async for answer in self._contact_answers(min(limit, MOST_CONTACTS)):
                    more = bool(next_cursor(answer, CONTACTS))
                    yield contact_page(answer, CONTACTS, restarted=restarted, has_more=more)
                    restarted = False
            except WeComError as failure:
                if failure.errcode != INVALID_CURSOR or restarts == MOST_RESTARTS:
                    raise
                restarts += 1
                restarted = True
            else:
                return

    async def guide_contacts(self, userid: str, cursor: str = "", limit: int = 100) -> GuidePage:
        """One page of the guide's own path for served contacts (its section 12), rows as they come."""
        body: JSON = {"userid": userid, "cursor": cursor, "limit": limit}
        answer = await self._read(GUIDE_CONTACTS, body=body)
        name = next((name for name, value in answer.items() if isinstance(value, list)), "info_list")
        return GuidePage(objects(answer, name, GUIDE_CONTACTS), next_cursor(answer, GUIDE_CONTACTS))

    async def member(self, userid: str) -> Member:
        """A member of the company, as far as this app may see. Follows WeCom document 90196."""
        from console.wecom.models import Member

        return Member.model_validate(await self._read(MEMBER, {"userid": userid}))

    async def remark(self, body: RemarkBody) -> None:
        """Change a follower's remark about a customer (C4): the keys in `body` and no others, as they stand there.

        Sent once, but for a token that WeCom calls stale. Raises NotSendable and NotAnExternalUserid before any
        request; of any other WeComFailure `may_have_arrived` tells whether the change may have been made
        although no answer says so. Follows WeCom document 92115.
        """
        await self._writes.remark(body)

    async def upload_media(self, kind: MediaKind, file_name: str, content: bytes) -> UploadedMedia:
        """Upload a file, whose id is good for three days; sent once, as `remark` is.

        Raises UnusableMedia before any request: an image is a PNG or JPEG of 6 bytes to 10 MB. Document 90253.
        """
        return await self._writes.upload(kind, file_name, content)

    async def send_welcome_msg(self, code: str, message: WelcomeMessage) -> None:
        """Send the one message that a welcome code is good for, within 20 s of its event; sent once, as `remark` is.

        Raises UnsendableWelcome before any request; WeComError 41096 while another app is sending, and 41051 when one
        has sent or they are already talking. Follows WeCom document 92137.
        """
        await self._writes.welcome(code, message)

    async def convert_unionid(
        self, unionid: str, openid: str, subject_type: SubjectType = SubjectType.CORP, *, path: str = CONVERT
    ) -> Conversion:
        """What a mini program user's unionid means to a delegated or third-party app (C6).

        Sent once, as `remark` is: each one uses up a part of a quota. Follows WeCom document 95900.
        """
        body = conversion.conversion_body(unionid, openid, subject_type, path)
        return conversion.read_conversion(await self._writes.convert(path, body), path)

    async def pending_ids(self, external_userids: Sequence[str]) -> dict[ExternalUserId, PendingId]:
        """The pending ids that up to 100 customers had before; those that had none are left out.

        Raises TooManyExternalUserids and NotAnExternalUserid before any request. Follows WeCom document 95900.
        """
        body = conversion.pending_ids_body(external_userids)
        return conversion.read_pending_ids(await self._read(PENDING_IDS, body=body)) if external_userids else {}

    async def _contact_answers(self, limit: int) -> AsyncGenerator[JSON]:
        given_at = self._clock()

        async def ask(cursor: str) -> JSON:
            nonlocal given_at
            if cursor and self._clock() - given_at > CURSOR_LIFE:
                raise WeComError(INVALID_CURSOR, "the cursor is older than 4 hours", endpoint=CONTACTS)
            answer = await self._read(CONTACTS, body={"cursor": cursor, "limit": limit} if cursor else {"limit": limit})
            given_at = self._clock()
            return answer

        async with aclosing(follow_cursor(ask, CONTACTS)) as answers:
            async for answer in answers:
                yield answer

    async def _tag_groups(
        self, endpoint: str, tag_ids: Sequence[str] | None, group_ids: Sequence[str] | None
    ) -> list[TagGroup]:
        from console.wecom.models import TagGroup

        body: JSON = {}
        if tag_ids:
            body["tag_id"] = list(tag_ids)
        if group_ids:
            body["group_id"] = list(group_ids)
        return validated(TagGroup, objects(await self._read(endpoint, body=body), "tag_group", endpoint))

    async def _read(
        self, endpoint: str, params: Mapping[str, str] | None = None, body: Mapping[str, object] | None = None
    ) -> JSON:
        """One read, GET without a body and POST with one, tried again as far as `ReadRetries` allows."""
        retries = ReadRetries(self._pace, self._random, endpoint)
        stale: Hidden | None = None
        while True:
            token = await self._tokens.get()
            round_ = -1
            try:
                async with self._pace.slot(endpoint) as round_:
                    query: Query = {"access_token": token, **(params or {})}
                    answer = await (
                        self._exchange.get(endpoint, query)
                        if body is None
                        else self._exchange.post(endpoint, query, body)
                    )
            except WeComError as failure:
                if failure.errcode in TOKEN_IS_STALE and stale is None:
                    stale = token
                    self._tokens.invalidate(token)
                elif not await retries.may_go_on(failure, round_):
                    raise
            else:
                self._pace.succeeded()
                return answer
