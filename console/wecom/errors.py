"""What can go wrong between this program and WeCom, as types; no message here is meant for the operator.

Every failure can be pickled, and neither its repr nor its str holds a token, a secret or a full URL.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, Self

from console.wecom.codes import Reaction, reaction_to
from console.wecom.redact import redact

_HINT: Final = re.compile(r"\bhint:\s*\[([^\]]*)\]")
_FROM_IP: Final = re.compile(r"\bfrom ip:\s*([0-9A-Fa-f.:]+)(?=[,\s]|$)")
_TRAILER: Final = re.compile(r",?\s*(?:hint:\s*\[|from ip:|more info at ).*", re.DOTALL)


class WeComFailure(Exception):
    """Any failed exchange with WeCom; `endpoint` is the path below /cgi-bin, without its query.

    `may_have_arrived` is False only when nothing of the request can have reached WeCom: a write that failed so
    was surely not carried out. When it is True and the failure is no WeComError, nobody knows what became of it.
    """

    endpoint: str = ""
    may_have_arrived: bool = True


class WeComError(WeComFailure):
    """WeCom answered with an errcode that is not 0.

    `errmsg` is the server's whole text; `hint` and `from_ip` are its parts, "" where the text has none.
    """

    def __init__(self, errcode: int, errmsg: str = "", hint: str = "", endpoint: str = "", from_ip: str = "") -> None:
        super().__init__(errcode, errmsg, hint, endpoint, from_ip)
        self.errcode = errcode
        self.errmsg = errmsg
        self.hint = hint
        self.endpoint = endpoint
        self.from_ip = from_ip

    @classmethod
    def from_answer(cls, errcode: int, errmsg: str, endpoint: str) -> Self:
        """Take the errmsg of an answer apart; any secret that the server echoes is blanked out."""
        errmsg = redact(errmsg)
        hint = _HINT.search(errmsg)
        address = _FROM_IP.search(errmsg)
        return cls(errcode, errmsg, hint.group(1) if hint else "", endpoint, address.group(1) if address else "")

    @property
    def summary(self) -> str:
        """The errmsg without hint, address and link."""
        return _TRAILER.sub("", self.errmsg).strip()

    @property
    def reaction(self) -> Reaction:
        """What this code asks for."""
        return reaction_to(self.errcode)

    def __str__(self) -> str:
        return f"{self.endpoint or 'WeCom'}: errcode {self.errcode}: {self.errmsg}"


class WhyUnreachable(StrEnum):
    """At which step no connection came about."""

    NAME = "the host name was not found"
    REFUSED = "nothing listens there"
    TLS = "the TLS certificate or handshake was refused"
    PROXY = "the proxy refused or cannot be used"
    CLOSED = "the client is closed"
    OTHER = "no connection"


class Unreachable(WeComFailure):
    """No connection to the host; `why` names the step, `detail` is the system's own text."""

    may_have_arrived = False

    def __init__(self, endpoint: str, host: str, why: WhyUnreachable = WhyUnreachable.OTHER, detail: str = "") -> None:
        super().__init__(endpoint, host, why, detail)
        self.endpoint = endpoint
        self.host = host
        self.why = why
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.endpoint}: {self.host}: {self.why.value} {self.detail}".rstrip()


class TimeoutName(StrEnum):
    """The waits that have an end."""

    CONNECT = "connect"
    SEND = "send"
    READ = "read"
    POOL = "pool"
    WHOLE = "whole answer"


class TimedOut(WeComFailure):
    """A wait reached its end: `what` names the wait, `seconds` is how long it was allowed."""

    def __init__(self, what: TimeoutName, seconds: float, endpoint: str = "") -> None:
        super().__init__(what, seconds, endpoint)
        self.what = what
        self.seconds = seconds
        self.endpoint = endpoint
        self.may_have_arrived = what not in (TimeoutName.CONNECT, TimeoutName.POOL)

    def __str__(self) -> str:
        return f"{self.endpoint}: no end of '{self.what.value}' after {self.seconds:g} s"


class ConnectionReset_(WeComFailure):
    """The connection broke off before an answer began."""

    def __init__(self, endpoint: str, detail: str = "") -> None:
        super().__init__(endpoint, detail)
        self.endpoint = endpoint
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.endpoint}: the connection broke off {self.detail}".rstrip()


class CutShort(WeComFailure):
    """The answer ended in the middle; `received` is the number of bytes that came, None when not known."""

    def __init__(self, endpoint: str, received: int | None = None) -> None:
        super().__init__(endpoint, received)
        self.endpoint = endpoint
        self.received = received

    def __str__(self) -> str:
        return f"{self.endpoint}: the answer was cut short"


class NotJson(WeComFailure):
    """The answer is no JSON (a login page, a gateway's error page); `status` 0: not even HTTP."""

    def __init__(self, status: int, content_type: str, endpoint: str = "") -> None:
        super().__init__(status, content_type, endpoint)
        self.status = status
        self.content_type = content_type
        self.endpoint = endpoint

    def __str__(self) -> str:
        return f"{self.endpoint}: HTTP {self.status} {self.content_type or 'without a content type'}, no JSON"


class UnexpectedShape(WeComFailure):
    """The answer is JSON but not of the documented outer shape; `detail` names the part."""

    def __init__(self, endpoint: str, detail: str = "") -> None:
        super().__init__(endpoint, detail)
        self.endpoint = endpoint
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.endpoint}: unexpected shape: {self.detail}"


class TooManyUserids(WeComFailure):
    """More userids than one C3 request takes; nothing was sent."""

    may_have_arrived = False

    def __init__(self, count: int, limit: int) -> None:
        super().__init__(count, limit)
        self.count = count
        self.limit = limit

    def __str__(self) -> str:
        return f"{self.count} userids, at most {self.limit} in one request"


class RepeatedCursor(WeComFailure):
    """The server gave a cursor that it had given before: going on would never end."""

    def __init__(self, endpoint: str, pages: int) -> None:
        super().__init__(endpoint, pages)
        self.endpoint = endpoint
        self.pages = pages

    def __str__(self) -> str:
        return f"{self.endpoint}: the cursor of page {self.pages} was given before"


class InsecureAddress(WeComFailure):
    """A base URL that would send the secret in clear over a network; http is for loopback only."""

    may_have_arrived = False

    def __init__(self, base_url: str) -> None:
        super().__init__(base_url)
        self.base_url = base_url

    def __str__(self) -> str:
        return f"not https and not loopback: {redact(self.base_url)}"
