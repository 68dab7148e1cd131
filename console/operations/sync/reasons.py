"""Whom a failed read concerns: one follower, the whole sync, or only this moment."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from console.wecom import codes
from console.wecom.codes import Reaction
from console.wecom.errors import (
    ConnectionReset_,
    CutShort,
    NotJson,
    RepeatedCursor,
    TimedOut,
    Unreachable,
    WeComError,
    WeComFailure,
)
from console.wecom.retry import window_of


class Concerns(Enum):
    """What a failure says something about."""

    FOLLOWER = auto()
    EVERYTHING = auto()
    THE_MOMENT = auto()
    THE_CURSOR = auto()


LONGEST_WAIT: Final = 3600.0
"""Seconds: a limit of an hour is waited for; one of a day or a month ends the sync."""
NOT_READ: Final = "not read"
"""The reason kept for a follower whose read failed without an errcode."""

_OF_A_FOLLOWER: Final = frozenset(
    {
        codes.INVALID_USERID,
        codes.INVALID_PARAMETER,
        codes.NO_PRIVILEGE_TO_MEMBER,
        codes.NO_PRIVILEGE_TO_CONTACT,
        codes.OUT_OF_APP_SCOPE,
        codes.USERID_NOT_FOUND,
        codes.NOT_EXTERNAL_CONTACT,
        codes.NO_EXTERNAL_CONTACT_RIGHT,
        codes.NOT_A_FOLLOWER,
        codes.NO_LICENSED_USER,
        codes.INVALID_EXTERNAL_USERID,
    }
)
_OF_THE_MOMENT: Final = frozenset({Reaction.RETRY, Reaction.SLOW_DOWN})
_OF_EVERYTHING: Final = frozenset(
    {
        Reaction.FIX_CREDENTIALS,
        Reaction.RENEW_TOKEN,
        Reaction.RENEW_SUITE_TOKEN,
        Reaction.TRUST_ADDRESS,
        Reaction.WAIT_FOR_WINDOW,
        Reaction.ASK_ADMIN,
        Reaction.OUR_MISTAKE,
        Reaction.STOP,
    }
)
_NETWORK: Final = (TimedOut, ConnectionReset_, CutShort, NotJson, Unreachable)


def concern_of(failure: WeComFailure) -> Concerns:
    """Whom it concerns; a code that nobody knows is taken to be about the followers that were asked for."""
    if isinstance(failure, RepeatedCursor):
        return Concerns.THE_CURSOR
    if not isinstance(failure, WeComError):
        return Concerns.THE_MOMENT if isinstance(failure, _NETWORK) else Concerns.FOLLOWER
    if failure.errcode == codes.INVALID_CURSOR:
        return Concerns.THE_CURSOR
    if failure.errcode in _OF_A_FOLLOWER:
        return Concerns.FOLLOWER
    if failure.reaction in _OF_THE_MOMENT:
        return Concerns.THE_MOMENT
    return Concerns.EVERYTHING if failure.reaction in _OF_EVERYTHING else Concerns.FOLLOWER


def kept_reason(failure: WeComFailure) -> tuple[int | None, str]:
    """The errcode and the words of a failure as the store keeps them: names, never texts from outside."""
    if isinstance(failure, WeComError):
        return failure.errcode, codes.OFFICIAL.get(failure.errcode, NOT_READ)
    return None, type(failure).__name__.rstrip("_")


def window_to_wait_for(failure: WeComFailure) -> float | None:
    """The seconds that a frequency limit (45009) lasts, when a sync can wait for its end: an hour at most."""
    if isinstance(failure, WeComError) and failure.reaction is Reaction.WAIT_FOR_WINDOW:
        seconds = window_of(failure.summary)
        return seconds if seconds <= LONGEST_WAIT else None
    return None
