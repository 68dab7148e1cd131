"""What WeCom does to a callback address, done by hand: a push or a verification, to any receiver.

Follows WeCom documents 90930 and 90238.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.wecom.callback.envelope import Form, Sealed
from console.wecom.httpx_lean import httpx
from console.wecom.redact import redact

PUSH_WITHIN: Final = 5.0
"""Seconds in which WeCom wants a push to be answered."""

VERIFY_WITHIN: Final = 1.0
"""Seconds in which it wants an address to be verified."""

_AGENT = "1000002"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the receiver answered, after so many seconds."""

    status: int
    body: bytes
    seconds: float


class WhyNotDelivered(StrEnum):
    """Why no answer came."""

    NO_CONNECTION = "no connection"
    TOO_LATE = "no answer in time"
    NO_HTTP = "no HTTP answer"


class NotDelivered(Exception):
    """Nothing came that is an answer; `detail` is the system's own word, `seconds` how long was waited at most."""

    def __init__(self, why: WhyNotDelivered, detail: str, seconds: float) -> None:
        super().__init__(why, detail, seconds)
        self.why = why
        self.detail = detail
        self.seconds = seconds

    def __str__(self) -> str:
        return f"{self.why.value}: {self.detail}"


async def push(url: str, sealed: Sealed, *, to: str, form: Form = Form.XML) -> Reply:
    """POST a sealed message to a receiver; `to` is the corp or suite that it names. Raises NotDelivered."""
    kind = "text/xml" if form is Form.XML else "application/json"
    body = sealed.body(form, to=to, agent_id=_AGENT)
    return await _send("POST", _with(url, sealed.query()), PUSH_WITHIN, body, kind)


async def verify(url: str, sealed: Sealed) -> Reply:
    """GET an address with a sealed text, which it has to answer as it is. Raises NotDelivered."""
    return await _send("GET", _with(url, sealed.echo_query()), VERIFY_WITHIN)


async def _send(method: str, url: str, within: float, body: bytes = b"", kind: str = "") -> Reply:
    began = time.monotonic()
    try:
        async with httpx.AsyncClient(timeout=within, headers={"user-agent": "Mozilla/4.0"}) as http:
            answer = await http.request(method, url, content=body, headers={"content-type": kind} if kind else None)
    except httpx.TimeoutException as error:
        raise NotDelivered(WhyNotDelivered.TOO_LATE, type(error).__name__, within) from None
    except (httpx.NetworkError, httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise NotDelivered(WhyNotDelivered.NO_CONNECTION, redact(str(error)), within) from None
    except httpx.HTTPError as error:
        raise NotDelivered(WhyNotDelivered.NO_HTTP, type(error).__name__, within) from None
    return Reply(answer.status_code, answer.content, time.monotonic() - began)


def _with(url: str, query: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{query}"
