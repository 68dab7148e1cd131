"""Senders that take their time, or never end: they are shown out, and nobody else waits for them."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import httpx

from console.receiver.limits import Limits
from console.store import Records
from console.store.event_rows import RequestRow
from console.wecom.callback.rejection import Reason
from tests.receiver.conftest import Caller, listening
from tests.wecom.callback.samples import change

SOON = Limits(head=0.1, body=0.1, body_bytes=10_000)
HEAD = b"POST /callback?msg_signature=a&timestamp=1&nonce=2 HTTP/1.1\r\nHost: x\r\n"


async def connect(caller: Caller, sent: bytes = b"") -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection(caller.at.host, caller.at.port)
    writer.write(sent)
    return reader, writer


async def ended(reader: asyncio.StreamReader) -> bytes:
    """What came until the other side closed."""
    async with asyncio.timeout(3):
        try:
            return await reader.read()
        except ConnectionResetError:
            return b""


async def test_fifty_heads_without_an_end_keep_no_event_out_and_are_shown_out(
    records: Records, http: httpx.AsyncClient
) -> None:
    async with AsyncExitStack() as stack:
        caller = await listening(stack, records, http, SOON)
        slow = [await connect(caller, HEAD if number % 2 else b"") for number in range(50)]
        assert (await caller.push(change("edit_external_contact"))).status_code == 200
        assert {await ended(reader) for reader, _writer in slow} == {b""}


async def test_dribbling_makes_no_difference_also_after_a_good_request(
    records: Records, http: httpx.AsyncClient
) -> None:
    async with AsyncExitStack() as stack:
        caller = await listening(stack, records, http, SOON)
        reader, writer = await connect(caller, b"GET /callback HTTP/1.1\r\nHost: x\r\n\r\n")
        assert await reader.readuntil(b"\r\n") == b"HTTP/1.1 400 Bad Request\r\n"
        reader, writer = await connect(caller, b"GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n")
        assert await reader.readuntil(b"\r\n\r\nNot Found")
        ending = asyncio.create_task(ended(reader))
        while not ending.done():
            writer.write(b"G")
            await asyncio.sleep(0.02)
        assert ending.result() == b""


async def test_more_connections_than_there_may_be_take_the_place_of_those_that_wait(
    records: Records, http: httpx.AsyncClient
) -> None:
    async with AsyncExitStack() as stack:
        caller = await listening(stack, records, http, Limits(connections=5))
        slow = [await connect(caller) for _ in range(5)]
        assert (await caller.push(change("edit_external_contact"))).status_code == 200
        assert await ended(slow[0][0]) == b""


async def test_a_body_that_never_ends_or_ends_too_late_is_refused(records: Records, http: httpx.AsyncClient) -> None:
    async with AsyncExitStack() as stack:
        caller = await listening(stack, records, http, SOON)
        late, _late = await connect(caller, HEAD + b"Content-Length: 9\r\n\r\n<xml>")
        endless, writer = await connect(caller, HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        writer.write((b"1000\r\n" + b"x" * 4096 + b"\r\n") * 3)
        announced, _announced = await connect(caller, HEAD + b"Content-Length: 10001\r\n\r\n")
        assert (await ended(late)).startswith(b"HTTP/1.1 408")
        assert (await ended(endless)).startswith(b"HTTP/1.1 413")
        assert (await ended(announced)).startswith(b"HTTP/1.1 413")
    reasons = [row.reason for row in caller.rows() if isinstance(row, RequestRow)]
    assert sorted(reasons, key=str) == [Reason.TOO_LARGE, Reason.TOO_LARGE, Reason.UNFINISHED]
