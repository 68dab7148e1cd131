"""An event again: its effects here, or the message itself to another receiver."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from secrets import randbelow
from typing import TYPE_CHECKING

from console.operations.effects.handling import EffectDesk
from console.operations.effects.runner import EffectRunner
from console.store.event_rows import EventRow
from console.wecom.callback.envelope import Envelope, Form, Sealed
from console.wecom.redact import HIDDEN

if TYPE_CHECKING:
    from console.wecom.push import Reply

_A_MOMENT = 0.2


class NoSecretsKept(Exception):
    """The message held a secret, which is kept nowhere, so that it can't be sent again as it came."""


async def run_again(
    desk: EffectDesk,
    row_id: int,
    *,
    patience: float = 30.0,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> EventRow | None:
    """Run the effects of an event once more; its row when they are done, or have to wait.

    Its welcome message stays what it is. None when there is no such event. Raises StoreFailure.
    """
    if not await desk.records.effects.reopen(row_id):
        return None
    runner = EffectRunner(desk)
    waited = 0.0
    while True:
        await runner.run_due()
        row = desk.records.events.row(row_id)
        assert isinstance(row, EventRow)
        # Another process may have claimed it first; that is as good.
        if row.effect.done_at is not None or row.effect.due_at or waited >= patience:
            return row
        await sleep(_A_MOMENT)
        waited += _A_MOMENT


async def send_again(url: str, row: EventRow, envelope: Envelope) -> Reply:
    """Send an event's message, sealed anew, to a receiver of the same token and key.

    Raises NoSecretsKept and NotDelivered.
    """
    event = row.event
    if HIDDEN in event.fields.values():
        raise NoSecretsKept
    receive_id = (event.suite_id if event.third_party else event.corp_id) or ""
    return await send_message(url, event.message.encode(), envelope, receive_id=receive_id)


async def send_message(
    url: str, message: bytes, envelope: Envelope, *, receive_id: str, form: Form = Form.XML
) -> Reply:
    """Push a message as WeCom does. Raises NotDelivered."""
    from console.wecom.push import push

    return await push(url, sealed_now(envelope, message, receive_id), to=receive_id, form=form)


async def verify_address(url: str, envelope: Envelope, *, receive_id: str) -> tuple[Reply, bool]:
    """Verify an address as WeCom does: the answer, and whether it is the right one. Raises NotDelivered."""
    from console.wecom.push import verify

    echo = str(10**18 + randbelow(10**18)).encode()
    reply = await verify(url, sealed_now(envelope, echo, receive_id))
    return reply, reply.status == 200 and reply.body == echo


def sealed_now(envelope: Envelope, message: bytes, receive_id: str) -> Sealed:
    """A message sealed at this moment."""
    return envelope.seal(message, receive_id=receive_id, timestamp=int(time.time()), nonce=str(randbelow(10**10)))
