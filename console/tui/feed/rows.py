"""What the rows of the feed look like: time, kind, follower, customer, what it says, and how far its effects are."""

from __future__ import annotations

from datetime import datetime, tzinfo

from console.language import _
from console.operations.effects.outcome import note_of
from console.operations.event_people import NOBODY, EventPeople, people_of
from console.operations.event_words import (
    all_kinds,
    changes_found,
    event_line,
    gap_words,
    kind_of,
    kind_words,
    request_line,
)
from console.operations.wording import day_words
from console.session import Session
from console.store.event_rows import EventRow, FeedRow, GapRow, RequestRow, RowKind
from console.text import cell_width, mask_text
from console.tui.columns import Column
from console.tui.feed.effect_cells import effect_cell, effect_width
from console.tui.rows import Cell, Row, Tone, Toned
from console.wecom.callback.events import Kind

TIME, TIME_AND_DAY = 8, 11

_TONES: dict[Kind | RowKind, Tone] = {
    Kind.ADDED: "added",
    Kind.ADDED_HALF: "muted",
    Kind.HANDED_OVER: "info",
    Kind.REMOVED: "removed",
    Kind.LEFT: "removed",
    Kind.OTHER: "changed",
    Kind.UNREADABLE: "changed",
    RowKind.REJECTED: "changed",
    RowKind.VERIFIED: "info",
}


def feed_columns(width: int, *, days: bool) -> tuple[Column, ...]:
    """The columns; `days` where some rows are not of today."""
    kind = max(cell_width(kind_words(kind)) for kind in all_kinds())
    return (
        Column("time", _("time"), TIME_AND_DAY if days else TIME),
        Column("kind", _("type"), kind),
        Column("follower", _("follower"), 8, leave=2),
        Column("customer", _("customer"), 12, grow=int(width > 84)),
        Column("said", _("what happened"), 16, grow=4),
        Column("effect", _("effect"), effect_width(), leave=1),
    )


def feed_row(session: Session, row: FeedRow, *, now: float, masked: bool) -> Row:
    """One row; a time in which nobody listened goes over the whole line, as a rule would."""
    at = moment_in_column(row.received_at, session.zone, now)
    kind = kind_of(row)
    mark = _("[mark]") + " " if row.bookmarked else ""
    match row:
        case GapRow():
            return Row(row.id, (f"---- {mark}{gap_words(row, session.zone)}",), muted=True, spans=True)
        case RequestRow():
            said = mark + request_line(row)
            return Row(row.id, (at, Toned(kind_words(kind), _TONES[kind]), "-", "-", _shown(said, masked), "-"))
    people = _people(session, row)
    effect = effect_cell(row, now, session.clock_skew)
    times = f"x{row.times} " if row.times > 1 else ""
    if times and effect == "-":
        effect, times = times.strip(), ""
    said = mark + times + event_line(row.event, people, changes_found(row))
    return Row(
        row.id,
        (
            at,
            _kind_cell(row, kind),
            _shown(people.follower, masked) or "-",
            _shown(people.customer, masked) or "-",
            _shown(said, masked),
            effect,
        ),
    )


def _people(session: Session, row: EventRow) -> EventPeople:
    if not row.event.external_userid:
        return NOBODY
    return people_of(row.event, session.records, session.name_of, note_of(row).others)


def moment_in_column(at: float, zone: tzinfo | None, now: float) -> str:
    """`09:46:10` today, `11-21 09:46` before."""
    moment, today = datetime.fromtimestamp(at, zone), datetime.fromtimestamp(now, zone)
    if moment.date() == today.date():
        return f"{moment:%H:%M:%S}"
    return f"{day_words(at, zone, now)} {moment:%H:%M}"


def is_of_today(at: float, zone: tzinfo | None, now: float) -> bool:
    """Whether a moment is of the same day as now."""
    return datetime.fromtimestamp(at, zone).date() == datetime.fromtimestamp(now, zone).date()


def _kind_cell(row: EventRow, kind: Kind | RowKind) -> Cell:
    words = kind_words(kind)
    if kind is Kind.TRANSFER_FAILED:
        return Toned(words, "error" if row.seen_at is None else "muted")
    return Toned(words, _TONES[kind]) if kind in _TONES else words


def _shown(text: str, masked: bool) -> str:
    return mask_text(text) if masked else text
