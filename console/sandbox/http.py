"""HTTP/1.1 with keep-alive for one connection: bytes in, one write out for each answer."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import gmtime

import h11

MOST_BODY = 1 << 20
MOST_UPLOAD = 21 << 20
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request as it came over the wire; `arrived` is the event loop's time."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    address: str
    arrived: float


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An answer. `cut` sends only half the body and closes; `reset` sends nothing and resets the connection."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    cut: bool = False
    reset: bool = False


Handler = Callable[[Incoming], Awaitable[Outgoing]]


def http_date(seconds: float) -> str:
    """A Date header's value, in English whatever the locale."""
    at = gmtime(seconds)
    day = f"{_DAYS[at.tm_wday]}, {at.tm_mday:02d} {_MONTHS[at.tm_mon - 1]} {at.tm_year}"
    return f"{day} {at.tm_hour:02d}:{at.tm_min:02d}:{at.tm_sec:02d} GMT"


class Connection(asyncio.Protocol):
    """One client's connection; requests on it are answered one after the other."""

    def __init__(self, handler: Handler, clock: Callable[[], float], open_ones: set[Connection]) -> None:
        self._handler = handler
        self._clock = clock
        self._open_ones = open_ones
        self._http = h11.Connection(h11.SERVER)
        self._transport: asyncio.Transport | None = None
        self._address = ""
        self._request: h11.Request | None = None
        self._body = bytearray()
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._open_ones.add(self)
        peer = transport.get_extra_info("peername")
        self._address = str(peer[0]) if peer else ""
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        self._http.receive_data(data)
        self._advance()

    def eof_received(self) -> bool:
        self._http.receive_data(b"")
        self._advance()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._open_ones.discard(self)
        self._transport = None
        if self._task is not None:
            self._task.cancel()

    def close(self) -> None:
        """Drop the connection and whatever was being answered on it."""
        if self._transport is not None:
            self._transport.abort()

    def _advance(self) -> None:
        while self._transport is not None and self._task is None:
            try:
                event = self._http.next_event()
            except h11.RemoteProtocolError as wrong:
                self._write(Outgoing(status=wrong.error_status_hint))
                return
            if isinstance(event, h11.Request):
                self._request, self._body = event, bytearray()
            elif isinstance(event, h11.Data):
                self._body += event.data
                if len(self._body) > self._most_body():
                    self._write(Outgoing(status=413))
                    return
            elif isinstance(event, h11.EndOfMessage):
                self._task = asyncio.get_running_loop().create_task(self._answer())
            elif isinstance(event, h11.ConnectionClosed):
                self._transport.close()
                return
            else:  # NEED_DATA or PAUSED
                return

    def _most_body(self) -> int:
        assert self._request is not None
        return MOST_UPLOAD if b"/media/upload" in self._request.target else MOST_BODY

    async def _answer(self) -> None:
        request = self._request
        assert request is not None
        incoming = Incoming(
            request.method.decode(),
            request.target.decode(),
            {name.decode(): value.decode("latin-1") for name, value in request.headers},
            bytes(self._body),
            self._address,
            asyncio.get_running_loop().time(),
        )
        outgoing = await self._handler(incoming)
        self._task = None
        self._write(outgoing)
        if self._transport is not None and self._http.our_state is h11.DONE:
            self._http.start_next_cycle()
            self._advance()

    def _write(self, answer: Outgoing) -> None:
        transport = self._transport
        if transport is None:
            return
        if answer.reset:
            linger = struct.pack("ii", 1, 0)
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            transport.abort()
            return
        headers = [
            *answer.headers,
            ("Date", http_date(self._clock())),
            ("Content-Length", str(len(answer.body))),
        ]
        if self._http.our_state is not h11.SEND_RESPONSE:
            headers.append(("Connection", "close"))
        response = h11.Response(
            status_code=answer.status, headers=headers, reason=b"OK" if answer.status == 200 else b""
        )
        try:
            head = self._http.send(response) or b""
            if answer.cut:
                transport.write(head + answer.body[: len(answer.body) // 2])
                transport.close()
                return
            body = self._http.send(h11.Data(answer.body)) or b""
            transport.write(head + body + (self._http.send(h11.EndOfMessage()) or b""))
        except h11.LocalProtocolError:
            transport.close()
            return
        if self._http.our_state in (h11.MUST_CLOSE, h11.ERROR):
            transport.close()
