"""One connection to the receiver: usual requests are answered at once, and whoever sends nothing is shown out."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from console.receiver.endpoint import Answer, Endpoint, sender_of
from console.receiver.limits import Limits
from console.receiver.usual_request import UsualRequest, read_usual
from console.store.event_rows import RawRequest


class Connection(H11Protocol):
    """uvicorn's connection with a short way for usual requests, and an end to its patience.

    uvicorn itself waits for a request's head for ever, and its way through h11 and ASGI takes longer than all the
    rest. Once anything unusual has come, the connection goes that way to its end.
    """

    endpoint: Endpoint
    path: bytes
    limits: Limits
    _is_usual = True
    _answering: asyncio.Task[None] | None = None
    _later = b""
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            self._make_room()
        self._wait_for_a_request()

    def data_received(self, data: bytes) -> None:
        if self._answering is not None:  # whoever does not wait for an answer has it queued
            self._later += data
            if len(self._later) > self.limits.body_bytes:
                self.transport.abort()
            return
        request = read_usual(data, self.path) if self._is_usual else None
        if request is not None:
            self._wait_no_longer()
            self._answering = self.loop.create_task(self._answer(request))
            return
        self._is_usual = False
        super().data_received(data)
        if self._is_asked:
            self._wait_no_longer()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self._is_asked and not self.transport.is_closing():
            self._wait_for_a_request()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_longer()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Called when the server is to end: what is being answered is answered first."""
        if self._answering is None:
            super().shutdown()
        else:
            self._answering.add_done_callback(lambda _answered: self.transport.close())

    @property
    def waits_since(self) -> float | None:
        """Since when (the loop's time) nothing has been asked for, None while something is being answered."""
        return self._deadline.when() if self._deadline else None

    @property
    def _is_asked(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    async def _answer(self, request: UsualRequest) -> None:
        peer = sender_of(self.client[0] if self.client else "", request.headers)
        answer = await self.endpoint.answer(RawRequest("POST", peer, *request))
        self._answering = None
        if self.transport.is_closing():
            return
        self.transport.write(self._written(answer))
        self._wait_for_a_request()
        if self._later:
            later, self._later = self._later, b""
            self.data_received(later)

    def _written(self, answer: Answer) -> bytes:
        dates = b"".join(b"%b: %b\r\n" % header for header in self.server_state.default_headers)
        head = f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}\r\ncontent-length: {len(answer.body)}\r\n"
        return head.encode() + dates + b"\r\n" + answer.body

    def _wait_for_a_request(self) -> None:
        self._wait_no_longer()
        self._deadline = self.loop.call_later(self.limits.head, self.transport.abort)

    def _wait_no_longer(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _make_room(self) -> None:
        """Show out who has waited longest; this one, where all others are being answered."""
        waiting: list[tuple[float, Any]] = [
            (since, other)
            for other in self.connections
            if isinstance(other, Connection) and (since := other.waits_since) is not None
        ]
        _since, first = min(waiting, key=lambda one: one[0], default=(0.0, self))
        first.transport.abort()


def connections_to(endpoint: Endpoint, path: str, limits: Limits) -> type[Connection]:
    """Connections to this endpoint; uvicorn makes them itself, from a class alone."""

    class Here(Connection):
        pass

    Here.endpoint, Here.path, Here.limits = endpoint, path.encode(), limits
    return Here
