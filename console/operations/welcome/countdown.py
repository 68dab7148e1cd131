"""How long a welcome code still lives, by WeCom's clock where that is known. Pure."""

from __future__ import annotations

from typing import Final

from console.store.event_rows import EventRow, WelcomeState
from console.wecom.welcome import CODE_LIFE

_WHOLE_SECONDS: Final = 1.0
"""CreateTime leaves out the fraction, so that a code may live this much longer than it says."""


def seconds_left(row: EventRow, now: float, skew: float | None) -> float | None:
    """Seconds in which the code of an event can still be used, never below 0; None for an event without a code.

    They count from CreateTime (a suite's TimeStamp), corrected by `skew`, the seconds by which WeCom's clock is
    ahead; where that is not known, or there is no such time, from the receipt.
    """
    if row.welcome.state is WelcomeState.NONE:
        return None
    return max(0.0, CODE_LIFE - (now - _began(row, skew)))


def may_be_tried(row: EventRow, now: float, skew: float | None) -> bool:
    """Whether it makes sense to send; WeCom decides about the second that nobody here can know."""
    return row.welcome.state is WelcomeState.OPEN and now - _began(row, skew) < CODE_LIFE + _WHOLE_SECONDS


def _began(row: EventRow, skew: float | None) -> float:
    if row.event.occurred_at is None or skew is None:
        return row.received_at
    return min(row.event.occurred_at - skew, row.received_at)
