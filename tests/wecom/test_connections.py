"""How a connection comes about, or does not: addresses, TLS, proxies."""

from __future__ import annotations

import asyncio
import ssl

import pytest

from console.wecom.client import FOLLOW_USERS, WeComClient
from console.wecom.errors import InsecureAddress, Unreachable, WhyUnreachable
from console.wecom.exchange import Exchange
from tests.wecom.conftest import FakeTime, client_of
from tests.wecom.lying_server import LyingServer, says

GOOD = {"errcode": 0, "follow_user": ["zhangwei"]}


async def test_a_server_that_is_off_is_unreachable(server: LyingServer, fake_time: FakeTime) -> None:
    closed = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = closed.sockets[0].getsockname()[1]
    closed.close()
    await closed.wait_closed()
    async with client_of(f"http://127.0.0.1:{port}", fake_time) as client:
        with pytest.raises(Unreachable) as failed:
            await client.follow_users()
    assert failed.value.why is WhyUnreachable.REFUSED


async def test_a_server_without_tls_under_https_is_a_tls_failure(fake_time: FakeTime) -> None:
    def answer_at_once(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    plain = await asyncio.start_server(answer_at_once, "127.0.0.1", 0)
    port = plain.sockets[0].getsockname()[1]
    async with client_of(f"https://127.0.0.1:{port}", fake_time) as client:
        with pytest.raises(Unreachable) as failed:
            await client.follow_users()
    plain.close()
    assert failed.value.why is WhyUnreachable.TLS


@pytest.mark.parametrize("base_url", ["https://qyapi.weixin.qq.com", "http://127.0.0.1:1"])
def test_certificates_are_verified(base_url: str) -> None:
    context = Exchange(base_url).tls_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_http_is_for_loopback_only(fake_time: FakeTime) -> None:
    for base_url in ("http://qyapi.weixin.qq.com", "http://10.0.0.1:80", "ftp://localhost", "localhost:80"):
        with pytest.raises(InsecureAddress):
            client_of(base_url, fake_time)
    for base_url in ("http://localhost:1", "http://127.0.0.9:1", "http://[::1]:1", "https://10.0.0.1/"):
        client_of(base_url, fake_time)


async def test_loopback_goes_through_no_proxy(
    server: LyingServer, client: WeComClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    server.answers(FOLLOW_USERS, says(GOOD))
    assert await client.follow_users() == ["zhangwei"]


async def test_a_company_proxy_is_used_for_the_real_host(fake_time: FakeTime, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n"))
        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    listening = await asyncio.start_server(proxy, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    async with client_of("https://qyapi.weixin.qq.com", fake_time) as client:
        with pytest.raises(Unreachable) as failed:
            await client.follow_users()
    listening.close()
    assert asked == [b"CONNECT qyapi.weixin.qq.com:443 HTTP/1.1\r\n"]
    assert failed.value.why is WhyUnreachable.PROXY


async def test_an_authority_file_that_is_missing_is_a_tls_failure() -> None:
    exchange = Exchange("https://localhost:1", ca="/nowhere/ca.pem")
    with pytest.raises(Unreachable) as failed:
        await exchange.get("/x", {})
    assert failed.value.why is WhyUnreachable.TLS
