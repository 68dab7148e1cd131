"""One HTTP request to WeCom and its answer; every way in which it can fail comes out as a WeComFailure."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

from console import __version__
from console.wecom.answer import JSON, read_answer
from console.wecom.errors import (
    ConnectionReset_,
    CutShort,
    InsecureAddress,
    NotJson,
    TimedOut,
    TimeoutName,
    UnexpectedShape,
    Unreachable,
    WeComFailure,
    WhyUnreachable,
)
from console.wecom.httpx_lean import httpx
from console.wecom.media import Form
from console.wecom.redact import Hidden, install_log_redaction, redact

PREFIX: Final = "/cgi-bin"
DEFAULT_BASE_URL: Final = "https://qyapi.weixin.qq.com"
_JSON_TYPE: Final = "application/json; charset=utf-8"
_MOST_CONNECTIONS: Final = 10
_IDLE_SECONDS: Final = 30.0
_HALF_A_SECOND: Final = 0.5  # a Date leaves out the fraction

Query: TypeAlias = "Mapping[str, str | Hidden]"
"""The query of a request; what must not show in a traceback's locals is `Hidden`."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long each wait may last, in seconds; `whole` bounds an answer that only trickles in.

    Sending a file takes `upload` more, since a line that is quick to read over may be slow to send over.
    """

    connect: float = 5.0
    send: float = 15.0
    read: float = 15.0
    pool: float = 15.0
    whole: float = 60.0
    upload: float = 120.0

    def for_upload(self) -> Timeouts:
        """The same with the time that a file takes."""
        return replace(self, send=self.send + self.upload, whole=self.whole + self.upload)

    def of(self, name: TimeoutName) -> float:
        """The seconds of a wait by its name."""
        return {
            TimeoutName.CONNECT: self.connect,
            TimeoutName.SEND: self.send,
            TimeoutName.READ: self.read,
            TimeoutName.POOL: self.pool,
            TimeoutName.WHOLE: self.whole,
        }[name]


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address can only be this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Exchange:
    """HTTP/1.1 keep-alive connections to one WeCom; nothing is opened before the first request.

    https always verifies, against `ca` (a PEM file) where given. Requests to loopback never use a proxy;
    for any other host the environment's proxy settings count. Raises InsecureAddress for http to anywhere
    but loopback.
    """

    def __init__(
        self,
        base_url: str = DEFAULT_BASE_URL,
        *,
        timeouts: Timeouts | None = None,
        ca: str | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._base = base_url.rstrip("/").removesuffix(PREFIX)
        parts = urlsplit(self._base)
        self._host = parts.hostname or ""
        self._local = is_loopback(self._host)
        self._tls = parts.scheme == "https"
        if not self._host or not (self._tls or (parts.scheme == "http" and self._local)):
            raise InsecureAddress(self._base)
        self._timeouts = timeouts or Timeouts()
        self._ca = ca
        self._clock = clock
        self._last_date = ("", 0.0)
        self._client: httpx.AsyncClient | None = None
        self._opening = asyncio.Lock()
        self._closed = False
        install_log_redaction()

    async def get(self, endpoint: str, params: Query) -> JSON:
        """GET an endpoint below /cgi-bin. Raises WeComFailure."""
        return await self._send("GET", endpoint, params, self._timeouts)

    async def post(self, endpoint: str, params: Query, body: Mapping[str, object]) -> JSON:
        """POST a JSON body as UTF-8, without \\u escapes; a `Hidden` in it is sent open. Raises WeComFailure."""
        form = Form(_JSON_TYPE, json.dumps(body, ensure_ascii=False, default=Hidden.reveal).encode())
        return await self._send("POST", endpoint, params, self._timeouts, form)

    async def upload(self, endpoint: str, params: Query, form: Form) -> JSON:
        """POST a form with a file. Raises WeComFailure."""
        return await self._send("POST", endpoint, params, self._timeouts.for_upload(), form)

    @property
    def server_clock_skew(self) -> float | None:
        """Seconds by which the server's clock was ahead of ours at its last answer; None while it named no Date."""
        from email.utils import mktime_tz, parsedate_tz  # here: only a check-up asks

        date, came_at = self._last_date
        said = parsedate_tz(date)
        return None if said is None else mktime_tz(said) + _HALF_A_SECOND - came_at

    async def aclose(self) -> None:
        """Close all connections; any later request raises Unreachable."""
        self._closed = True
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _send(self, method: str, endpoint: str, params: Query, times: Timeouts, form: Form | None = None) -> JSON:
        client = await self._opened(endpoint)
        failure: WeComFailure
        try:
            async with asyncio.timeout(times.whole):
                response = await client.request(
                    method,
                    f"{self._base}{PREFIX}{endpoint}?{_encoded(params)}",
                    content=form.content if form else None,
                    headers={"Content-Type": form.content_type} if form else None,
                    timeout=_patience(times),
                )
            self._last_date = (response.headers.get("date", ""), self._clock())
            return read_answer(
                response.status_code,
                response.headers.get("content-type", ""),
                response.content,
                endpoint,
                error_code_header=response.headers.get("error-code", ""),
            )
        except WeComFailure as error:
            failure = error.with_traceback(None)
        except TimeoutError:
            failure = TimedOut(TimeoutName.WHOLE, times.whole, endpoint)
        except httpx.TimeoutException as error:
            name = _TIMEOUT_NAMES[type(error)]
            failure = TimedOut(name, times.of(name), endpoint)
        except Exception as error:
            failure = self._failure_of(error, endpoint)
        # Raised outside of the handlers and without their frames: those hold the URL, and with it the token.
        raise failure

    async def _opened(self, endpoint: str) -> httpx.AsyncClient:
        if self._client is None and not self._closed:
            async with self._opening:
                await self._open(endpoint)
        if self._client is None or self._closed:
            raise Unreachable(endpoint, self._host, WhyUnreachable.CLOSED)
        return self._client

    async def _open(self, endpoint: str) -> None:
        if self._client is not None:
            return
        try:
            # Loading the public authorities takes 100 ms, in which the screen must not stand still.
            context = await asyncio.to_thread(self.tls_context) if self._tls else self.tls_context()
        except OSError as error:
            raise Unreachable(endpoint, self._host, WhyUnreachable.TLS, redact(str(error))) from None
        proxy = None if self._local else _proxy_for(self._base, self._host)
        if proxy is not None and not proxy.startswith(("http://", "https://")):
            raise Unreachable(endpoint, self._host, WhyUnreachable.PROXY, urlsplit(proxy).scheme)
        self._client = httpx.AsyncClient(
            headers={"User-Agent": f"wecom-console/{__version__}"},
            timeout=_patience(self._timeouts),
            limits=httpx.Limits(
                max_connections=_MOST_CONNECTIONS + 1,
                max_keepalive_connections=_MOST_CONNECTIONS,
                keepalive_expiry=_IDLE_SECONDS,
            ),
            verify=context,
            proxy=proxy,
            trust_env=False,
            follow_redirects=False,
        )

    def tls_context(self) -> ssl.SSLContext:
        """The context of every connection: it verifies, always."""
        if self._ca is not None:
            return ssl.create_default_context(cafile=self._ca)
        if self._tls:
            return httpx.create_ssl_context(trust_env=True)
        # Plain http to loopback never asks the authorities: none is loaded.
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    def _failure_of(self, error: Exception, endpoint: str) -> WeComFailure:
        detail = redact(str(error))
        match error:
            case httpx.ProxyError():
                return Unreachable(endpoint, self._host, WhyUnreachable.PROXY, detail)
            case httpx.ConnectError():
                return Unreachable(endpoint, self._host, _why_no_connection(error), detail)
            case httpx.RemoteProtocolError() if "without sending a response" in detail:
                return ConnectionReset_(endpoint, detail)
            case httpx.RemoteProtocolError() if "incomplete" in detail or "without sending complete" in detail:
                return CutShort(endpoint)
            case httpx.RemoteProtocolError():
                return NotJson(0, "", endpoint)
            case httpx.DecodingError():
                return CutShort(endpoint)
            case httpx.NetworkError():
                return ConnectionReset_(endpoint, detail)
            case httpx.InvalidURL() | httpx.UnsupportedProtocol():
                return Unreachable(endpoint, self._host, WhyUnreachable.OTHER, detail)
            case httpx.HTTPError():
                return UnexpectedShape(endpoint, type(error).__name__)
            case _:
                # Nobody knows at which step: for a write it must not look as if nothing had been sent.
                return ConnectionReset_(endpoint, type(error).__name__)


_TIMEOUT_NAMES: Final[Mapping[type[BaseException], TimeoutName]] = {
    httpx.ConnectTimeout: TimeoutName.CONNECT,
    httpx.WriteTimeout: TimeoutName.SEND,
    httpx.ReadTimeout: TimeoutName.READ,
    httpx.PoolTimeout: TimeoutName.POOL,
}


def _patience(times: Timeouts) -> httpx.Timeout:
    return httpx.Timeout(connect=times.connect, read=times.read, write=times.send, pool=times.pool)


def _encoded(query: Query) -> str:
    return urlencode({name: v.reveal() if isinstance(v, Hidden) else v for name, v in query.items()})


def _proxy_for(base_url: str, host: str) -> str | None:
    proxies = getproxies()
    proxy = proxies.get(urlsplit(base_url).scheme) or proxies.get("all")
    if not proxy or proxy_bypass(host):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _why_no_connection(error: BaseException) -> WhyUnreachable:
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        if isinstance(cause, socket.gaierror):
            return WhyUnreachable.NAME
        if isinstance(cause, ssl.SSLError):
            return WhyUnreachable.TLS
        if isinstance(cause, ConnectionRefusedError):
            return WhyUnreachable.REFUSED
        if isinstance(cause, BaseExceptionGroup):
            cause = cause.exceptions[0]
            continue
        cause = cause.__cause__ or cause.__context__
    return WhyUnreachable.OTHER
