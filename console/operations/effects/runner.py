"""Runs the effects of events, whichever process received them: claimed, carried out, tried again, noted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from itertools import groupby

from console.operations.effects.handling import Carried, Done, EffectDesk, Later, carry_out
from console.operations.effects.outcome import Outcome, note_of, written
from console.operations.explain import explain, is_expected
from console.store import StoreFailure
from console.store.effects import LEASE
from console.store.event_rows import EventRow
from console.wecom.errors import WeComError
from console.wecom.ids import NotAnExternalUserid

AGAIN_AFTER = (5.0, 20.0, 60.0, 300.0, 900.0, 3600.0)
"""Seconds between the tries of what may succeed when it is tried again; after the last one it is given up."""

AT_ONCE = 8
LOOK_EVERY = 1.0
"""Seconds between looks for events that another process received."""

_log = logging.getLogger("console")


class EffectRunner:
    """Runs what is due and nobody's; several of them on one store share the work and do nothing twice."""

    def __init__(self, desk: EffectDesk) -> None:
        self._desk = desk
        self._woken = asyncio.Event()
        self._looked_for_left_behind = float("-inf")

    def wake(self) -> None:
        """An event has just been stored."""
        self._woken.set()

    async def run(self) -> None:
        """Run effects as they become due, until cancelled."""
        await self._desk.load()
        while True:
            self._woken.clear()
            try:
                ran = await self.run_due()
            except StoreFailure:
                ran = 0
            if not ran:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), LOOK_EVERY)

    async def run_due(self) -> int:
        """Run the oldest effects that are due; how many events they were of. Raises StoreFailure."""
        if not self._is_due():
            return 0
        rows = await self._desk.records.effects.claim(self._desk.owner, most=AT_ONCE)
        # One customer's events one after the other: each is compared with what the one before has read.
        by_customer = groupby(sorted(rows, key=_customer), key=_customer)
        try:
            await asyncio.gather(*(self._run_all(list(group)) for _customer_id, group in by_customer))
        except asyncio.CancelledError:
            for row in rows:  # whoever comes next need not wait for the lease to end; what is done stays done
                self._desk.records.effects.put_back(row.id, self._desk.owner, due_at=0, note=row.effect.note)
            raise
        return len(rows)

    def _is_due(self) -> bool:
        """Whether a claim could find anything: it takes the store's one pen, so it is not tried in vain.

        What a process left behind when it died is looked for now and then.
        """
        effects, now = self._desk.records.effects, self._desk.records.clock()
        due_at = effects.next_due_at()
        if due_at is not None and due_at <= now:
            return True
        if now - self._looked_for_left_behind < LEASE / 4:
            return False
        self._looked_for_left_behind = now
        return True

    async def _run_all(self, rows: Iterable[EventRow]) -> None:
        for row in rows:
            await self._run_one(row)

    async def _run_one(self, row: EventRow) -> None:
        effects, owner = self._desk.records.effects, self._desk.owner
        try:
            carried = await carry_out(self._desk, row)
        except Exception as failure:
            carried = _after(failure, row)
        if isinstance(carried, Done):
            await effects.finish(row.id, owner, carried.outcome.value, written(carried.note))
        else:
            due_at = self._desk.records.clock() + carried.seconds
            await effects.put_back(row.id, owner, due_at=due_at, note=written(carried.note))


def _after(failure: Exception, row: EventRow) -> Carried:
    """Give up, or when to try again; either way the row says why."""
    expected = is_expected(failure)
    if not expected:
        _log.error("%s", type(failure).__name__, exc_info=failure)
    explained = explain(failure)
    errcode = failure.errcode if isinstance(failure, WeComError) else None
    note = replace(note_of(row), errcode=errcode, why=explained.support or str(failure))
    # What WeCom refuses it refuses again; a secret that is missing may be there soon.
    final = errcode is not None or not expected or isinstance(failure, NotAnExternalUserid)
    may_pass = explained.again or not final
    if may_pass and row.effect.tries <= len(AGAIN_AFTER):
        return Later(AGAIN_AFTER[max(0, row.effect.tries - 1)], note)
    return Done(Outcome.UNREAD, note)


def _customer(row: EventRow) -> str:
    return row.event.external_userid or ""
