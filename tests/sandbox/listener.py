"""Somebody else's callback receiver: WXBizMsgCrypt reads what the sandbox sends."""

from __future__ import annotations

import asyncio
import xml.etree.ElementTree as ElementTree
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from tests.wecom.callback.peers import WXBizMsgCrypt


@dataclass
class Listener:
    """`events` are the decrypted messages as fields; `statuses` what the next requests are answered, then 200."""

    token: str
    key: str
    receive_id: str
    url: str = ""
    events: list[dict[str, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait_for(self, count: int) -> list[dict[str, str]]:
        """The events, once there are so many."""
        async with asyncio.timeout(5):
            while len(self.events) < count:
                self.came.clear()
                await self.came.wait()
        return self.events

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, target, _version = head.split("\r\n")[0].split(" ")
        length = next((int(line[15:]) for line in head.split("\r\n") if line.lower().startswith("content-length:")), 0)
        body = await reader.readexactly(length)
        query = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
        status, answer = self._read(method, query, body)
        writer.write(
            b"HTTP/1.1 %d X\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (status, len(answer), answer)
        )
        writer.close()

    def _read(self, method: str, query: dict[str, str], body: bytes) -> tuple[int, bytes]:
        crypt = WXBizMsgCrypt(self.token, self.key, self.receive_id)
        signed = (query["msg_signature"], query["timestamp"], query["nonce"])
        if method == "GET":
            number, echo = crypt.VerifyURL(*signed, query["echostr"])
            return (200, echo) if number == 0 else (403, str(number).encode())
        status = self.statuses.pop(0) if self.statuses else 200
        number, message = crypt.DecryptMsg(body, *signed)
        assert number == 0
        self.events.append({one.tag: one.text or "" for one in ElementTree.fromstring(message)})
        self.came.set()
        return status, b""


@asynccontextmanager
async def listening(token: str, key: str, receive_id: str) -> AsyncIterator[Listener]:
    """A listener on a free port."""
    listener = Listener(token, key, receive_id)
    server = await asyncio.start_server(listener.answer, "127.0.0.1", 0)
    async with server:
        listener.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/callback"
        yield listener
