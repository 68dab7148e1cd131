"""What a receiver is doing, each state a type of its own: it never says that it listens when it does not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from console.address import Address


class WhyStopped(StrEnum):
    """Why nothing listens."""

    NOT_STARTED = "not started"
    STOPPED = "stopped by the operator"
    SECRETS = "the callback secrets could not be had"
    KEY = "token or AES key have not the documented form"
    STORE = "the store can't be written"
    ADDRESS = "the address can't be listened at"
    CRASHED = "the server ended by itself"


@dataclass(frozen=True, slots=True)
class Stopped:
    """Nothing listens; `failure` is what went wrong, None where nothing did."""

    why: WhyStopped
    failure: Exception | None = None


@dataclass(frozen=True, slots=True)
class Starting:
    """It is about to listen."""

    at: Address


@dataclass(frozen=True, slots=True)
class Listening:
    """It listens at this address (with the port that a 0 became), since then (Unix seconds)."""

    at: Address
    since: float


@dataclass(frozen=True, slots=True)
class PortTaken:
    """Somebody else listens there: `program` and `pid` as far as this system tells ("" and 0 where not)."""

    at: Address
    program: str = ""
    pid: int = 0


State: TypeAlias = "Stopped | Starting | Listening | PortTaken"
