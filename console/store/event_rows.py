"""What the feed is made of: events, requests that brought none, and gaps in receiving; and how rows become them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from console.store.payloads import text
from console.store.words import folded, id_words
from console.wecom.callback.events import Event, Kind, event_of
from console.wecom.callback.rejection import Reason


class RowKind(StrEnum):
    """What a row is when it is no event; an event's row has the `Kind` of the event."""

    REJECTED = "rejected"
    VERIFIED = "verified"
    """WeCom asked whether the address is ours, and was answered."""
    GAP = "gap"


class WhyGap(StrEnum):
    """How a time came about in which nobody listened."""

    STOPPED = "stopped"
    CRASHED = "crashed"
    ASLEEP = "asleep"
    """The receiver ran on, but stood still: a machine asleep, a store that could not be written."""


class WelcomeState(StrEnum):
    """How far the welcome message of an event is; it goes from OPEN to SENDING once, and on to one of the others."""

    NONE = "none"
    """The event has no code."""
    OPEN = "open"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCLEAR = "unclear"
    """It left, and what became of it is not known."""


@dataclass(frozen=True, slots=True)
class RawRequest:
    """A request as it came; `peer` is the address it came from, `query` still percent-encoded."""

    method: str
    peer: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class StoredRequest:
    """A request as it was kept: of a rejected one only the beginning, of `size` bytes of body."""

    request: RawRequest
    size: int


@dataclass(frozen=True, slots=True)
class EffectState:
    """How far the effects of an event are: `outcome` and `note` are theirs; times in seconds since the epoch."""

    tries: int
    due_at: float
    claimed_by: str | None
    claimed_at: float | None
    done_at: float | None
    outcome: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """How far the welcome message is, who sends or sent it, and since when."""

    state: WelcomeState
    by: str | None
    at: float | None
    note: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in the order of arrival (`id`), delivered `times` times between `received_at` and `last_at`."""

    id: int
    event: Event
    received_at: float
    last_at: float
    times: int
    receiver: str
    bookmarked: bool
    seen_at: float | None
    effect: EffectState
    welcome: Welcome


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request that brought no event: rejected for `reason`, or None for the verification of the address."""

    id: int
    received_at: float
    receiver: str
    peer: str
    reason: Reason | None
    detail: str
    bookmarked: bool


@dataclass(frozen=True, slots=True)
class GapRow:
    """A time in which nobody listened; the row came when `receiver` went on, at `received_at`."""

    id: int
    since: float
    received_at: float
    receiver: str
    why: WhyGap
    bookmarked: bool


FeedRow = EventRow | RequestRow | GapRow

SELECT_ROWS = """
    SELECT e.id, e.kind, e.received_at, e.last_at, e.times, e.receiver, lower(hex(e.fingerprint)), e.reason, e.detail,
           e.since, e.bookmarked, e.seen_at, e.tries, e.due_at, e.claimed_by, e.claimed_at, e.done_at, e.outcome,
           e.note, e.welcome, e.welcome_by, e.welcome_at, e.welcome_note, d.message, d.peer
    FROM events e LEFT JOIN event_documents d ON d.event_id = e.id"""


def feed_row(
    row_id: int,
    kind: str,
    received_at: float,
    last_at: float,
    times: int,
    receiver: str,
    fingerprint: str,
    reason: str | None,
    detail: str,
    since: float | None,
    bookmarked: int,
    seen_at: float | None,
    tries: int,
    due_at: float,
    claimed_by: str | None,
    claimed_at: float | None,
    done_at: float | None,
    outcome: str | None,
    note: str,
    welcome: str,
    welcome_by: str | None,
    welcome_at: float | None,
    welcome_note: str,
    message: str | None,
    peer: str | None,
) -> FeedRow:
    """The row that a line of `SELECT_ROWS` holds; an event is read again from its message."""
    if kind == RowKind.GAP:
        return GapRow(row_id, since or received_at, received_at, receiver, WhyGap(reason or ""), bool(bookmarked))
    if kind in (RowKind.REJECTED, RowKind.VERIFIED):
        why = Reason(reason) if reason else None
        return RequestRow(row_id, received_at, receiver, peer or "", why, detail, bool(bookmarked))
    event = replace(event_of((message or "").encode()), kind=Kind(kind), fingerprint=fingerprint)
    return EventRow(
        row_id,
        event,
        received_at,
        last_at,
        times,
        receiver,
        bool(bookmarked),
        seen_at,
        EffectState(tries, due_at, claimed_by, claimed_at, done_at, outcome, note),
        Welcome(WelcomeState(welcome), welcome_by, welcome_at, welcome_note),
    )


def event_words(event: Event) -> str:
    """What a filter looks into: what a change is about, and all that an event of another kind says."""
    said = [event.name, event.userid, event.state, event.source, event.fail_reason]
    if event.kind is Kind.OTHER:
        said.extend(event.fields.values())
    line = folded(text(" ".join(value for value in said if value)) or "")
    return f"{line}\n{id_words(text(event.external_userid) or '')}"


def headers_to_json(headers: Iterable[tuple[str, str]]) -> str:
    """Headers as they are stored."""
    return json.dumps([list(pair) for pair in headers])


def headers_from_json(written: str) -> tuple[tuple[str, str], ...]:
    """Headers as they were stored."""
    return tuple((str(name), str(value)) for name, value in json.loads(written))
