"""The callback address itself: verified, on disk, then answered. Follows WeCom documents 90930 and 90238."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple, TypeAlias

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from console.receiver.limits import Limits
from console.store import Records, StoreFailure
from console.store.event_rows import RawRequest
from console.store.events import Duplicate, New
from console.wecom.callback.envelope import Envelope, SignedQuery
from console.wecom.callback.events import Event, event_of
from console.wecom.callback.rejection import Reason, Rejected

OnStored: TypeAlias = Callable[[New | Duplicate, Event], object]
"""Told of each event once it is on disk; must be quick, since the answer waits for it."""

_log = logging.getLogger("console")
_STORE_FAILED = 503
_BROKEN = 500


class Answer(NamedTuple):
    """What a request is answered; `last`: the connection is closed behind it."""

    status: int
    body: bytes = b""
    last: bool = False


class Endpoint:
    """Answers WeCom at one address. Nothing is acknowledged that is not on disk.

    `receiver` names the process in what is stored.
    """

    def __init__(
        self, envelope: Envelope, records: Records, receiver: str, on_stored: OnStored, limits: Limits
    ) -> None:
        self._envelope = envelope
        self._events = records.events
        self._receiver = receiver
        self._on_stored = on_stored
        self._limits = limits

    async def serve(self, request: Request) -> Response:
        """Answer a request of any kind, whose body is still to come."""
        body = bytearray()
        try:
            if request.method == "POST":
                await self._read_body(request, body)
        except Rejected as rejected:
            answer = await self._refuse(_raw(request, bytes(body)), rejected, last=True)
        else:
            answer = await self.answer(_raw(request, bytes(body)))
        headers = {"connection": "close"} if answer.last else None
        return Response(answer.body, answer.status, headers, "text/plain" if answer.body else None)

    async def answer(self, raw: RawRequest) -> Answer:
        """Answer a request that is all there."""
        try:
            return await self._take(raw) if raw.method == "POST" else self._verify(raw)
        except Rejected as rejected:
            return await self._refuse(raw, rejected)
        except StoreFailure as failure:
            _log.error("an event was not stored, and not acknowledged: %s", failure)
            return Answer(_STORE_FAILED)
        except Exception as fault:
            _log.error("%s", type(fault).__name__, exc_info=fault)
            return Answer(_BROKEN)

    def _verify(self, raw: RawRequest) -> Answer:
        """WeCom asks whether the address is ours: the plaintext, bare, within a second."""
        echo = self._envelope.echo(SignedQuery.read(raw.query))
        self._events.verified(raw, receiver=self._receiver)
        return Answer(200, echo)

    async def _take(self, raw: RawRequest) -> Answer:
        event = event_of(self._envelope.open(SignedQuery.read(raw.query), raw.body).message)
        stored = await self._events.put(event, raw, receiver=self._receiver)
        self._on_stored(stored, event)
        return Answer(200, event.answer)

    async def _read_body(self, request: Request, body: bytearray) -> None:
        """Fill `body` as it comes, so that what came is known whatever ends it. Raises Rejected."""
        most = self._limits.body_bytes
        if _announced(request) > most:
            raise Rejected(Reason.TOO_LARGE, f"{_announced(request)} bytes announced")
        try:
            async with asyncio.timeout(self._limits.body):
                async for part in request.stream():
                    body += part
                    if len(body) > most:
                        raise Rejected(Reason.TOO_LARGE, f"more than {most} bytes")
        except TimeoutError:
            raise Rejected(Reason.UNFINISHED, f"{len(body)} bytes in {self._limits.body:g} s") from None
        except ClientDisconnect:
            raise Rejected(Reason.UNFINISHED, f"{len(body)} bytes, then it hung up") from None

    async def _refuse(self, raw: RawRequest, rejected: Rejected, *, last: bool = False) -> Answer:
        """Note why; what is left of an unread body would be taken for the next request, so that one is the last."""
        # Waited for, so that a flood of them fills no memory: there are only so many connections.
        with suppress(StoreFailure):
            await self._events.reject(rejected, raw, receiver=self._receiver)
        return Answer(rejected.reason.status, last=last)


def sender_of(peer: str, headers: tuple[tuple[str, str], ...]) -> str:
    """Who sent a request: of what a reverse proxy on this machine passes on, the last address that it names."""
    if peer in ("127.0.0.1", "::1"):
        for name, value in headers:
            if name == "x-forwarded-for":
                return value.rpartition(",")[2].strip() or peer
    return peer


def _announced(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 19 else 0


def _raw(request: Request, body: bytes) -> RawRequest:
    headers = tuple(request.headers.items())
    peer = request.client.host if request.client else ""
    query: bytes = request.scope["query_string"]
    return RawRequest(request.method, sender_of(peer, headers), query.decode("latin-1"), headers, body)
