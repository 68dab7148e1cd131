"""One HTTP request from the sandbox to an address outside it: a callback, as WeCom makes it."""

from __future__ import annotations

import asyncio
import ssl
from urllib.parse import urlsplit

import h11

_MOST_ANSWER = 1 << 16


class NoAnswer(Exception):
    """Nothing came that is an HTTP answer."""


async def call(method: str, url: str, body: bytes = b"") -> tuple[int, bytes]:
    """The status and the body of the answer. Raises NoAnswer; how long it may take is the caller's affair."""
    try:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        host, port = parts.hostname or "", parts.port or (443 if secure else 80)
        context = ssl.create_default_context() if secure else None
        reader, writer = await asyncio.open_connection(host, port, ssl=context)
    except (OSError, ValueError) as failure:
        raise NoAnswer(str(failure)) from None
    try:
        http = h11.Connection(h11.CLIENT)
        headers = [("Host", parts.netloc), ("User-Agent", "Mozilla/4.0"), ("Content-Type", "text/xml")]
        target = f"{parts.path or '/'}?{parts.query}"
        sent = http.send(
            h11.Request(method=method, target=target, headers=[*headers, ("Content-Length", str(len(body)))])
        )
        writer.write((sent or b"") + (http.send(h11.Data(body)) or b"") + (http.send(h11.EndOfMessage()) or b""))
        return await _answer(http, reader)
    except (OSError, h11.ProtocolError) as failure:
        raise NoAnswer(str(failure)) from None
    finally:
        writer.close()


async def _answer(http: h11.Connection, reader: asyncio.StreamReader) -> tuple[int, bytes]:
    status, body = 0, bytearray()
    while True:
        event = http.next_event()
        if event is h11.NEED_DATA:
            http.receive_data(await reader.read(4096))
        elif isinstance(event, h11.Response):
            status = event.status_code
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > _MOST_ANSWER:
                raise NoAnswer("too long")
        elif isinstance(event, (h11.EndOfMessage, h11.ConnectionClosed)):
            if not status:
                raise NoAnswer("closed")
            return status, bytes(body)
