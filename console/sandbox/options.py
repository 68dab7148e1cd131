"""What a sandbox can be asked for, and the credentials that it invents."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from enum import StrEnum


class AppKind(StrEnum):
    """The kind of app that a token belongs to: it decides which ids and fields are given."""

    SELF_BUILT = "self-built"
    DELEGATED = "delegated"
    THIRD_PARTY = "third-party"
    SYSTEM = "system"
    """An app of the corp that is not among 客户联系's 可调用应用, such as 通讯录同步."""

    @property
    def sees_private_fields(self) -> bool:
        """Whether avatar, gender, unionid, mobiles and full company names are given."""
        return self is AppKind.SELF_BUILT


@dataclass(frozen=True, slots=True)
class Options:
    """Size and manners of a sandbox.

    `customers` counts relations (one follower with one customer). `largest` gives one follower (李娜, or the only
    one there is) that many of them and divides the rest evenly; `even` divides all of them evenly. `latency_ms` is
    the time from a request's arrival to its answer; `token_life` is in seconds. `now` is the moment (Unix seconds)
    that the customers' dates are counted back from; None is the moment the sandbox is made. `ambient` is how many
    things happen in a minute by themselves, once somebody wants to be told.
    """

    staff: int = 50
    customers: int = 4200
    seed: int = 7
    latency_ms: float = 0
    token_life: float = 7200
    port: int = 0
    host: str = "127.0.0.1"
    max_in_flight: int = 10
    largest: int = 0
    even: bool = False
    now: float | None = None
    ambient: float = 0

    def __post_init__(self) -> None:
        if self.staff < 1 or self.customers < 0:
            raise ValueError("a corp has at least one member of staff and no fewer than zero customers")
        if self.largest > self.customers:
            raise ValueError("one follower cannot hold more customers than there are")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Everything that a client of the sandbox needs to know; invented, and the same for the same seed."""

    corp_id: str
    secret: str = field(repr=False)
    callback_token: str = field(repr=False)
    encoding_aes_key: str = field(repr=False)
    permanent_code: str = field(repr=False)
    suite_id: str
    suite_secret: str = field(repr=False)
    suite_ticket: str = field(repr=False)
    system_secret: str = field(repr=False)


def invent_credentials(seed: int) -> Credentials:
    """Credentials of the lengths and alphabets that WeCom's own have."""
    return Credentials(
        corp_id="ww" + _hex(seed, "corp_id", 16),
        secret=_letters(seed, "secret", 43),
        callback_token=_letters(seed, "callback_token", 24),
        encoding_aes_key=_aes_key(seed),
        permanent_code=_letters(seed, "permanent_code", 43),
        suite_id="dk" + _hex(seed, "suite_id", 16),
        suite_secret=_letters(seed, "suite_secret", 43),
        suite_ticket="ticket@@@" + _letters(seed, "suite_ticket", 52),
        system_secret=_letters(seed, "system_secret", 43),
    )


def _digest(seed: int, what: str) -> bytes:
    return hashlib.blake2b(f"{seed}/{what}".encode(), digest_size=64).digest()


def _hex(seed: int, what: str, length: int) -> str:
    return _digest(seed, what).hex()[:length]


def _letters(seed: int, what: str, length: int) -> str:
    return base64.b64encode(_digest(seed, what), altchars=b"Qz").decode()[:length]


def _aes_key(seed: int) -> str:
    key = base64.b64encode(_digest(seed, "encoding_aes_key")[:32], altchars=b"Qz").decode()
    return key.rstrip("=")
