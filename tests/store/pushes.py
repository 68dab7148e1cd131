"""Events and requests as a receiver would hand them to the store."""

from __future__ import annotations

from dataclasses import replace

from console.store import Records
from console.store.event_rows import EventRow, RawRequest
from console.store.events import Duplicate, New
from console.wecom.callback.events import Event, event_of
from tests.wecom.callback.samples import change

REQUEST = RawRequest(
    "POST",
    "203.0.113.7",
    "msg_signature=ab&timestamp=1&nonce=2",
    (("content-type", "text/xml"),),
    b"<xml><Encrypt>x</Encrypt></xml>",
)


def event(
    name: str = "edit_external_contact", userid: str = "zhangsan", customer: str = "wm1", state: str = "expo2024"
) -> Event:
    """One change of a customer."""
    fields = f"<UserID>{userid}</UserID><ExternalUserID>{customer}</ExternalUserID><State>{state}</State>"
    return event_of(change(name, fields=fields))


def welcoming(code: str = "CODE") -> Event:
    """A customer added, with a welcome code."""
    return event_of(change("add_external_contact").replace(b"WELCOMECODE", code.encode()))


def put(records: Records, one: Event, request: RawRequest = REQUEST) -> New | Duplicate:
    """Store it, and wait until it may be acknowledged."""
    return records.events.put(one, request, receiver="app").wait(5)


def put_new(records: Records, one: Event) -> int:
    """Store an event that must be new; its id."""
    stored = put(records, one)
    assert isinstance(stored, New)
    return stored.id


def event_row(records: Records, row_id: int) -> EventRow:
    """A row that must be there and be an event."""
    row = records.events.row(row_id)
    assert isinstance(row, EventRow)
    return row


def with_body(body: bytes) -> RawRequest:
    """A request of that body."""
    return replace(REQUEST, body=body)
