"""What has come at the callback address so far, for the steps of a new app: each try of the console, as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from console.language import _
from console.operations.event_words import reject_words
from console.operations.setup_steps import Receiver
from console.store import Records
from console.store.event_query import EventQuery
from console.store.event_rows import RequestRow, RowKind
from console.text import safe_text
from console.wecom.callback.events import Kind
from console.wecom.callback.rejection import Reason

SHOWN = 5
"""How many tries are told of, the newest last."""

_REQUESTS = frozenset({RowKind.REJECTED.value, RowKind.VERIFIED.value})
_EVENTS = frozenset(kind.value for kind in Kind)


def receiver_so_far(records: Records, address: str, zone: tzinfo | None) -> Receiver:
    """What the store knows; `address` is where this profile's receiver listens, or would."""
    events = records.events
    listening = records.receivers.state().listening
    verified = any(
        events.select_now(EventQuery(kinds=kinds)) for kinds in (frozenset({RowKind.VERIFIED.value}), _EVENTS)
    )
    return Receiver(
        bool(listening), verified, tuple(_arrivals(records, zone)), listening[0].address if listening else address
    )


def _arrivals(records: Records, zone: tzinfo | None) -> Iterator[str]:
    newest = records.events.select_now(EventQuery(kinds=_REQUESTS))[:SHOWN]
    for row in records.events.window(newest[::-1]):
        if isinstance(row, RequestRow):
            stored = records.events.request(row.id)
            yield _("{time} {method} from {peer}: {what}").format(
                time=f"{datetime.fromtimestamp(row.received_at, zone):%H:%M:%S}",
                method=safe_text(stored.request.method) if stored else "?",
                peer=safe_text(row.peer) or "?",
                what=_what(row),
            )


def _what(row: RequestRow) -> str:
    if row.reason is None:
        return _("right, answered with the plaintext")
    words = reject_words(row.reason, row.detail)
    if row.reason is Reason.SIGNATURE:
        words += " " + _("(the Token entered there is not the one kept here)")
    elif row.reason in (Reason.DECRYPTION, Reason.BUFFER):
        words += " " + _("(the EncodingAESKey entered there is not the one kept here)")
    return words
