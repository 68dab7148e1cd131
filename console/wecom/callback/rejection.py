"""Why a callback was not taken: a reason, the number WXBizMsgCrypt gives it, and the HTTP status to answer."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

LONGEST_DETAIL: Final = 200


class Reason(StrEnum):
    """What was wrong with it.

    Not WeCom's, or not for us, is 403; what can't be read 400; what takes too long 408; what is too large 413; and
    503 while our own key can't be used.
    """

    UNFINISHED = "unfinished"
    """The body did not come to its end in time."""
    INCOMPLETE = "incomplete"
    """A parameter of the query is missing; `detail` names it."""
    TOO_LARGE = "too large"
    MALFORMED = "malformed"
    """Neither XML nor JSON, or no Encrypt in it."""
    FORBIDDEN = "forbidden"
    """XML that WeCom never sends and that could do harm: a DTD, too deep, too many elements."""
    SIGNATURE = "signature"
    BASE64 = "base64"
    DECRYPTION = "decryption"
    """The padding is wrong: it was encrypted with another EncodingAESKey."""
    BUFFER = "buffer"
    """The length within is wrong, as another EncodingAESKey can make it too."""
    RECEIVE_ID = "receive id"
    """It was meant for another corp or suite; `detail` is the id found."""
    KEY = "key"
    """The EncodingAESKey or Token set here has not the documented form; `detail` says which."""

    @property
    def number(self) -> int:
        """WXBizMsgCrypt's number for it."""
        return _NUMBERS.get(self, -40002)

    @property
    def status(self) -> int:
        """The HTTP status to answer with."""
        return _STATUSES.get(self, 400)


_NUMBERS: Final = {
    Reason.SIGNATURE: -40001,
    Reason.KEY: -40004,
    Reason.RECEIVE_ID: -40005,
    Reason.DECRYPTION: -40007,
    Reason.BUFFER: -40008,
    Reason.BASE64: -40010,
}
_STATUSES: Final = {
    Reason.SIGNATURE: 403,
    Reason.DECRYPTION: 403,
    Reason.BUFFER: 403,
    Reason.RECEIVE_ID: 403,
    Reason.UNFINISHED: 408,
    Reason.TOO_LARGE: 413,
    Reason.KEY: 503,
}


class Rejected(Exception):
    """A callback that was not taken; `detail` says more in at most 200 characters, some of them from outside."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        detail = detail[:LONGEST_DETAIL]
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason.number} {self.reason}: {self.detail}".removesuffix(": ")
