"""Do our own writes come back as callbacks? WeCom's documents say both (the guide's G5 and G6), so it is counted."""

from __future__ import annotations

from dataclasses import dataclass

from console.operations.effects.own_writes import NEAR
from console.operations.listening import silences
from console.store import Records

MOBILES = ("remark_mobiles",)


@dataclass(frozen=True, slots=True)
class Count:
    """So many writes while somebody listened, and so many of them followed by a callback soon."""

    writes: int
    callbacks: int


@dataclass(frozen=True, slots=True)
class CallbackTally:
    """Writes of mobiles alone (G5), and those of anything else (G6)."""

    mobiles_alone: Count
    others: Count


def callback_tally(records: Records) -> CallbackTally:
    """Count the newest accepted writes that a receiver had the time to hear of."""
    writes = records.audit.accepted_writes()
    now = records.clock()
    silent = silences(records, min((write.sent_at for write in writes), default=now), now)
    heard = [
        write
        for write in writes
        if write.sent_at + NEAR <= now
        and not any(one.since < write.sent_at + NEAR and (one.until or now) > write.sent_at for one in silent)
    ]
    alone = [write for write in heard if write.fields == MOBILES]
    others = [write for write in heard if write.fields != MOBILES]
    return CallbackTally(
        Count(len(alone), sum(write.callback_at is not None for write in alone)),
        Count(len(others), sum(write.callback_at is not None for write in others)),
    )
