"""How an operation ended: loaded, empty, partial or failed, each a type of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class EmptyReason(StrEnum):
    """Why there is nothing, when nothing is the truth."""

    NO_CUSTOMERS = "no customers"
    NO_FOLLOWERS = "no followers"
    NO_CONTACTS = "no contacts"
    NOT_GIVEN = "not given to this kind of app"


@dataclass(frozen=True, slots=True)
class Reading:
    """A read that goes on: `read` of `total` so far (None while the total is unknown), after `page` pages."""

    read: int
    total: int | None
    page: int


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """A read that returned everything, at `read_at` (Unix seconds)."""

    value: T
    read_at: float


@dataclass(frozen=True, slots=True)
class Empty:
    """A read that succeeded and found nothing, and why that is so."""

    reason: EmptyReason
    read_at: float


@dataclass(frozen=True, slots=True)
class Missing:
    """What a partial read did not return: staff without a licence, a number of customers, the failure behind it."""

    userids: tuple[str, ...] = ()
    count: int = 0
    failure: Exception | None = None


@dataclass(frozen=True, slots=True)
class Partial(Generic[T]):
    """A read that returned a part; what is missing is named."""

    value: T
    read_at: float
    missing: Missing


@dataclass(frozen=True, slots=True)
class Failed:
    """A read that returned nothing, and why; what was known before is untouched."""

    failure: Exception


class Stopped(Exception):
    """The operator stopped a read before it was done."""
