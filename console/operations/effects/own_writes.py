"""Is a change that a callback tells of one that was written from here? WeCom does not say, so it is told by the time.

WeCom's documents contradict each other about callbacks of what was done through the API (the guide's G5, G6); what
really comes is counted by `callback_tally`.
"""

from __future__ import annotations

from console.store import Records
from console.store.audit import OwnWrite
from console.store.event_rows import EventRow

NEAR = 60.0
"""Seconds after a write in which a callback about the same relation is taken for its own."""

_CLOCKS_DIFFER = 3.0
_LONGEST_WRITE = 300.0


def probably_ours(records: Records, row: EventRow, skew: float | None) -> tuple[OwnWrite, ...]:
    """The writes that an event about a relation may be the callback of, oldest first.

    `skew`: seconds by which WeCom's clock is ahead, None where that is not known; then the time of receipt counts.
    """
    event = row.event
    if not event.userid or not event.external_userid:
        return ()
    at = row.received_at if event.occurred_at is None or skew is None else event.occurred_at - skew
    writes = records.audit.own_writes(event.external_userid, event.userid, since=at - NEAR - _LONGEST_WRITE)
    return tuple(write for write in writes if write.accepted is not False and _is_near(write, at))


def _is_near(write: OwnWrite, at: float) -> bool:
    return write.sent_at - _CLOCKS_DIFFER <= at <= (write.answered_at or write.sent_at) + NEAR
