"""A server that speaks whatever bytes a test says, one answer after another for each path."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

TOKEN = "tOkEn-0123456789_abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Lie:
    """What the server does: writes bytes, then keeps the connection, closes it, resets it, or hangs."""

    bytes_: bytes = b""
    then: str = "keep"


def says(document: object, *, status: int = 200, headers: str = "") -> Lie:
    """A proper HTTP answer with this JSON document."""
    return says_body(json.dumps(document, ensure_ascii=False).encode(), status=status, headers=headers)


def says_body(body: bytes, *, status: int = 200, content_type: str = "application/json", headers: str = "") -> Lie:
    """A proper HTTP answer with these bytes as its body."""
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
    return Lie(head.encode() + body)


RESET = Lie(then="reset")
HANG = Lie(then="hang")


@dataclass(slots=True)
class LyingServer:
    """The script of answers by path below /cgi-bin; the last answer of a path is repeated."""

    script: dict[str, list[Lie]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    count: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    base_url: str = ""
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def answers(self, path: str, *lies: Lie) -> None:
        """Script the answers of a path."""
        self.script[path] = list(lies)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            while True:
                seen = await self._request(reader)
                self.seen.append(seen)
                self.count[seen.path] += 1
                self.arrived.set()
                lies = self.script[seen.path]
                lie = lies.pop(0) if len(lies) > 1 else lies[0]
                writer.write(lie.bytes_)
                if lie.then == "hang":
                    await asyncio.Event().wait()
                if lie.then == "reset":
                    writer.transport.abort()
                    return
                await writer.drain()
                if lie.then == "close":
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    async def _request(self, reader: asyncio.StreamReader) -> Seen:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        method, target, _ = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return Seen(method, parts.path.removeprefix("/cgi-bin"), query, headers, body)


@asynccontextmanager
async def lying_server() -> AsyncIterator[LyingServer]:
    """A server on loopback that gives a good token until told otherwise."""
    lying = LyingServer()
    lying.answers("/gettoken", says({"errcode": 0, "access_token": TOKEN, "expires_in": 7200}))
    connections: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(lying.serve(reader, writer))
        connections.add(task)
        task.add_done_callback(connections.discard)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    lying.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield lying
    finally:
        server.close()
        for task in list(connections):
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
