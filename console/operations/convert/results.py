"""How a conversion ended, each ending a type of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from console.operations.convert.given import Doubt, Mistake
from console.operations.results import Failed
from console.store.mappings import IdMapping
from console.store.quota import QuotaExhausted, TooFast
from console.wecom.errors import WeComError

__all__ = [
    "Both",
    "Doubtful",
    "Found",
    "Neither",
    "NotForThisApp",
    "Pending",
    "QuotaExhausted",
    "Refused",
    "Result",
    "TooFast",
    "Wrong",
]


@dataclass(frozen=True, slots=True)
class Found:
    """It is a customer; `asked`: WeCom said so just now, and not some time before."""

    mapping: IdMapping
    asked: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """It is no customer yet, or one whose followers this app cannot see: a pending id stands for them."""

    mapping: IdMapping
    asked: bool


@dataclass(frozen=True, slots=True)
class Both:
    """WeCom gave a customer and a pending id; the customer is what counts."""

    mapping: IdMapping


@dataclass(frozen=True, slots=True)
class Neither:
    """WeCom gave no id at all: the `old_address` knows no pending ids, so there it means no customer."""

    old_address: bool


@dataclass(frozen=True, slots=True)
class NotForThisApp:
    """A self-built app cannot convert; what it knows of the unionid by itself, None when that is nothing."""

    mapping: IdMapping | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """The ids cannot be such; nothing was sent."""

    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The ids look odd; nothing was sent, and it may be asked again with `sure`."""

    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """WeCom answered with an error code, which says what is wrong with which id, or whose setting it is."""

    failure: WeComError


Result: TypeAlias = (
    Found | Pending | Both | Neither | NotForThisApp | Wrong | Doubtful | Refused | QuotaExhausted | TooFast | Failed
)
