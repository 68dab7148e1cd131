"""A load generator in asyncio: requests that are ready as bytes, over connections that are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from urllib.parse import urlsplit


@dataclass
class Load:
    """What came of it: seconds that each answer took, and how many were not 200."""

    seconds: float
    took: list[float] = field(default_factory=list)
    failed: int = 0
    ended: bool = False

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.took) / self.seconds

    def percentile(self, percent: float) -> float:
        """Milliseconds."""
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] * 1000


class _Client(asyncio.Protocol):
    """One connection: the next request leaves when the answer to the one before is whole."""

    def __init__(self, requests: Iterator[bytes], load: Load, end: float, done: asyncio.Future[None]) -> None:
        self._requests = requests
        self._load = load
        self._end = end
        self._done = done
        self._answer = b""
        self._sent_at = 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        if b"\r\n\r\n" not in self._answer:
            return
        now = perf_counter()
        self._load.took.append(now - self._sent_at)
        self._load.failed += b" 200 " not in self._answer[:16]
        is_last = b"connection: close" in self._answer.lower()
        self._answer = b""
        if is_last:
            assert self._transport is not None
            self._transport.close()
        else:
            self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._done.done():
            self._done.set_result(None)

    def _send(self) -> None:
        assert self._transport is not None
        request = next(self._requests, None)
        if request is None or perf_counter() >= self._end:
            self._load.ended = True
            self._transport.close()
            return
        self._sent_at = perf_counter()
        self._transport.write(request)


async def post_all(url: str, requests: Iterator[bytes], *, seconds: float, connections: int = 16) -> Load:
    """Send for so long, or until there are no more requests; answers must have no body.

    A connection that the server ends is followed by another one.
    """
    parts = urlsplit(url)
    loop = asyncio.get_running_loop()
    began = perf_counter()
    load = Load(seconds)

    async def keep_sending() -> None:
        while not load.ended:
            done = loop.create_future()
            client = partial(_Client, requests, load, began + seconds, done)
            await loop.create_connection(client, parts.hostname or "", parts.port or 80)
            await done

    async with asyncio.timeout(seconds * 3):
        await asyncio.gather(*(keep_sending() for _ in range(connections)))
    load.seconds = perf_counter() - began
    return load


def post_request(url: str, query: str, body: bytes) -> bytes:
    """One POST as bytes."""
    parts = urlsplit(url)
    head = f"POST {parts.path}?{query} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: text/xml\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
