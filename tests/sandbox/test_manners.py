"""How it speaks HTTP: one connection, one write an answer, WeCom's headers, its limits, and the latency asked for."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from console.sandbox import Options, Sandbox
from console.sandbox.http import Connection, Incoming, Outgoing, http_date
from tests.sandbox.caller import BATCH, Caller, calling

FOLLOWERS = "/externalcontact/get_follow_user_list"


def test_answers_carry_a_date_and_the_error_code(corp: Caller) -> None:
    good = corp.http.get(FOLLOWERS, params={"access_token": corp.token})
    bad = corp.http.get(FOLLOWERS, params={"access_token": "no"})
    assert (good.headers["error-code"], good.headers["error-msg"]) == ("0", "ok")
    assert bad.headers["error-code"] == "40014"
    assert bad.headers["error-msg"] == bad.json()["errmsg"]
    assert abs(parsedate_to_datetime(good.headers["date"]).timestamp() - time.time()) < 60


def test_the_date_is_english_and_greenwich_time() -> None:
    assert http_date(1_795_312_800) == "Sun, 22 Nov 2026 02:00:00 GMT"


def test_many_requests_share_one_connection(sandbox: Sandbox) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(sandbox.base_url).port or 0)) as wire:
        for _ in range(3):
            wire.sendall(b"GET /cgi-bin/gettoken HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = wire.recv(65_536)
            head, _, body = answer.partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200 ")
            assert f"content-length: {len(body)}".encode() in head.lower()
            assert b'"errcode":41002' in body


class RecordingTransport(asyncio.Transport):
    """Notes what is written, and the options set on its socket."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: asyncio.Queue[bytes] = asyncio.Queue()
        self.socket = socket.socket()

    def get_extra_info(self, name: str, default: object = None) -> object:
        return self.socket if name == "socket" else default

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.writes.put_nowait(bytes(data))


async def test_an_answer_is_one_write_and_nagles_algorithm_is_off() -> None:
    async def handle(incoming: Incoming) -> Outgoing:
        return Outgoing(200, (("Content-Type", "application/json"),), b"{}")

    transport = RecordingTransport()
    connection = Connection(handle, time.time, set())
    connection.connection_made(transport)
    with transport.socket as own_socket:
        assert own_socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        for _ in range(2):
            connection.data_received(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = await transport.writes.get()
            assert answer.startswith(b"HTTP/1.1 200 ")
            assert answer.endswith(b"\r\n\r\n{}")
    assert transport.writes.empty()


def test_a_body_in_pieces_and_one_that_is_too_large(sandbox: Sandbox) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(sandbox.base_url).port or 0)) as wire:
        wire.sendall(b"POST /cgi-bin/externalcontact/list HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{")
        wire.sendall(b"}")
        assert b'"errcode":41001' in wire.recv(65_536)
        wire.sendall(b"POST /cgi-bin/externalcontact/list HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n")
        wire.sendall(b"x" * 1_100_000)
        assert wire.recv(65_536).startswith(b"HTTP/1.1 413 ")


def test_what_is_no_http_is_answered_400(sandbox: Sandbox) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(sandbox.base_url).port or 0)) as wire:
        wire.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert wire.recv(65_536).startswith(b"HTTP/1.1 400 ")


def test_a_path_that_wecom_does_not_have_is_404(sandbox: Sandbox) -> None:
    assert httpx.get(f"{sandbox.base_url}/cgi-bin/no/such", trust_env=False).status_code == 404
    assert httpx.get(sandbox.base_url, trust_env=False).status_code == 404


def test_requests_bodies_and_queries_are_counted_by_path(corp: Caller, sandbox: Sandbox) -> None:
    corp.post(BATCH, {"userid_list": ["wuqian"]})
    corp.get("/externalcontact/list", userid="wuqian")
    assert sandbox.requests == {"/gettoken": 1, BATCH: 1, "/externalcontact/list": 1}
    assert sandbox.bodies[BATCH] == b'{"userid_list":["wuqian"]}'
    assert sandbox.queries["/externalcontact/list"]["userid"] == "wuqian"


async def test_the_eleventh_request_at_once_for_one_api_is_45033(
    start_sandbox: Callable[[Options], Sandbox],
) -> None:
    sandbox = start_sandbox(Options(max_in_flight=10))
    hold = sandbox.faults.hang(FOLLOWERS, times=10)
    with calling(sandbox) as caller:
        token = caller.token
    async with httpx.AsyncClient(base_url=f"{sandbox.base_url}/cgi-bin", trust_env=False) as http:

        async def ask(path: str) -> int:
            return int((await http.get(path, params={"access_token": token})).json()["errcode"])

        hanging = [asyncio.create_task(ask(FOLLOWERS)) for _ in range(10)]
        assert await asyncio.to_thread(hold.reached_by, 10, timeout=10)
        assert await ask(FOLLOWERS) == 45033
        assert await ask("/user/get") == 41009
        hold.release()
        assert await asyncio.gather(*hanging) == [0] * 10
        assert await ask(FOLLOWERS) == 0
    assert sandbox.most_in_flight == 11


async def test_an_answer_leaves_when_its_latency_is_over_and_not_before() -> None:
    sandbox = Sandbox(Options(latency_ms=40))
    async with sandbox.serving() as base_url, httpx.AsyncClient(base_url=base_url, trust_env=False) as http:

        async def seconds(headers: dict[str, str]) -> float:
            started = time.perf_counter()
            await http.get("/cgi-bin/gettoken", headers=headers)
            return time.perf_counter() - started

        assert await seconds({}) >= 0.040
        assert min([await seconds({"x-sandbox-latency": "0"}) for _ in range(5)]) < 0.040
        sandbox.faults.slow("/gettoken", 80)
        assert await seconds({}) >= 0.080


async def test_it_serves_in_the_loop_it_is_given_and_stops_with_it() -> None:
    sandbox = Sandbox()
    async with sandbox.serving() as base_url, httpx.AsyncClient(trust_env=False) as http:
        assert (await http.get(f"{base_url}/cgi-bin/gettoken")).json()["errcode"] == 41002
    async with httpx.AsyncClient(trust_env=False) as http:
        try:
            await http.get(f"{base_url}/cgi-bin/gettoken")
        except httpx.ConnectError:
            return
    raise AssertionError("it still listens")
