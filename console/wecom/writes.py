"""What changes something at WeCom, be it a quota: sent once, and only for a token that WeCom calls stale again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from console.wecom.answer import JSON
from console.wecom.codes import TOKEN_IS_STALE, Reaction
from console.wecom.errors import UnexpectedShape, WeComError, WeComFailure
from console.wecom.exchange import Exchange
from console.wecom.media import UPLOAD, MediaKind, UploadedMedia, check_media, media_form
from console.wecom.pace import Pace
from console.wecom.redact import Hidden
from console.wecom.remark import REMARK, RemarkBody, check_body
from console.wecom.token import Tokens
from console.wecom.welcome import SEND_WELCOME, WelcomeMessage, check_welcome


class Writes:
    """The writes of one client.

    A failure's `may_have_arrived` is about the write itself: False also when no token was to be had for it.
    """

    def __init__(self, exchange: Exchange, tokens: Tokens, pace: Pace) -> None:
        self._exchange = exchange
        self._tokens = tokens
        self._pace = pace

    async def remark(self, body: RemarkBody) -> None:
        """Change a follower's remark about a customer, as `WeComClient.remark` says."""
        check_body(body)
        await self._once(REMARK, lambda token: self._exchange.post(REMARK, {"access_token": token}, {**body}))

    async def upload(self, kind: MediaKind, file_name: str, content: bytes) -> UploadedMedia:
        """Upload a file, as `WeComClient.upload_media` says."""
        form = media_form(file_name, check_media(kind, content), content)
        answer = await self._once(
            UPLOAD,
            lambda token: self._exchange.upload(UPLOAD, {"access_token": token, "type": kind.value}, form),
        )
        media_id, created_at = answer.get("media_id"), answer.get("created_at")
        if not isinstance(media_id, str) or not media_id:
            raise UnexpectedShape(UPLOAD, "media_id is missing")
        try:
            return UploadedMedia(media_id, float(str(created_at)))
        except ValueError:
            raise UnexpectedShape(UPLOAD, "created_at is no time") from None

    async def welcome(self, code: str, message: WelcomeMessage) -> None:
        """Send a welcome message, as `WeComClient.send_welcome_msg` says."""
        check_welcome(message)
        body: JSON = {"welcome_code": code, **message.body()}
        await self._once(SEND_WELCOME, lambda token: self._exchange.post(SEND_WELCOME, {"access_token": token}, body))

    async def convert(self, path: str, body: JSON) -> JSON:
        """Convert a unionid, as `WeComClient.convert_unionid` says; the answer as received."""
        return await self._once(path, lambda token: self._exchange.post(path, {"access_token": token}, body))

    async def _once(self, endpoint: str, send: Callable[[Hidden], Awaitable[JSON]]) -> JSON:
        """One write, tried again after 40014 and 42001 alone, and then once."""
        token = await self._token()
        try:
            return await self._sent(endpoint, send, token)
        except WeComError as failure:
            if failure.errcode not in TOKEN_IS_STALE:
                raise
        self._tokens.invalidate(token)
        return await self._sent(endpoint, send, await self._token())

    async def _token(self) -> Hidden:
        try:
            return await self._tokens.get()
        except WeComFailure as failure:
            # Whatever became of gettoken: the write was not sent, or was refused for its token.
            failure.may_have_arrived = False
            raise

    async def _sent(self, endpoint: str, send: Callable[[Hidden], Awaitable[JSON]], token: Hidden) -> JSON:
        async with self._pace.slot(endpoint) as round_:
            try:
                answer = await send(token)
            except WeComError as failure:
                if failure.reaction is Reaction.SLOW_DOWN:
                    self._pace.fewer(round_)
                raise
        self._pace.succeeded()
        return answer
