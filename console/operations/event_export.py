"""The feed as data: one document a row, for `--json`, and the listed rows as a file."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Final

from console.language import _
from console.operations.effects.outcome import note_of
from console.operations.effects.words import outcome_words
from console.operations.event_people import people_of
from console.operations.event_words import changes_found, event_line, gap_words, kind_of, kind_words, request_line
from console.operations.export_file import Form, exporting
from console.operations.wording import moment_words
from console.store import Records
from console.store.event_rows import EventRow, FeedRow, GapRow

_AT_ONCE: Final = 500


def event_document(row: FeedRow) -> dict[str, object]:
    """One row of the feed, in WeCom's own field names under `fields`; times in Unix seconds."""
    found: dict[str, object] = {"id": row.id, "at": row.received_at, "kind": kind_of(row).value}
    found["receiver"] = row.receiver
    match row:
        case GapRow():
            return found | {"since": row.since, "why": row.why.value}
        case EventRow():
            event = row.event
            return found | {
                "type": event.name,
                "occurred_at": event.occurred_at,
                "userid": event.userid,
                "external_userid": event.external_userid,
                "times": row.times,
                "outcome": row.effect.outcome,
                "welcome": row.welcome.state.value,
                "seen_at": row.seen_at,
                "bookmarked": row.bookmarked,
                "fields": dict(event.fields),
            }
    return found | {"peer": row.peer, "reason": row.reason and row.reason.value, "detail": row.detail}


def exporting_events(
    records: Records,
    name_of: Callable[[str], str],
    ids: Sequence[int],
    file: Path,
    form: Form,
    zone: tzinfo | None = None,
) -> Generator[int, None, None]:
    """Write these rows into a new file, as `exporting` does.

    Values are whole, never masked. A table's times are in `zone` (None: the machine's).
    """
    chunks = (records.events.window(ids[start : start + _AT_ONCE]) for start in range(0, len(ids), _AT_ONCE))

    def cells(row: FeedRow) -> list[str]:
        return event_cells(row, records, name_of, zone)

    return exporting(file, form, _headings(), chunks, cells, event_document)


def event_cells(row: FeedRow, records: Records, name_of: Callable[[str], str], zone: tzinfo | None) -> list[str]:
    """One row in words: time, kind, follower, customer, what it says, what was done, and the two ids."""
    at, kind = moment_words(row.received_at, zone), kind_words(kind_of(row))
    if isinstance(row, GapRow):
        return [at, kind, "", "", gap_words(row, zone), "", "", ""]
    if not isinstance(row, EventRow):
        return [at, kind, "", "", request_line(row), "", "", ""]
    people = people_of(row.event, records, name_of, note_of(row).others)
    said = event_line(row.event, people, changes_found(row))
    ids = (row.event.userid or "", row.event.external_userid or "")
    return [at, kind, people.follower, people.customer, said, outcome_words(row), *ids]


def _headings() -> list[str]:
    return [
        _("time"),
        _("type"),
        _("follower"),
        _("customer"),
        _("what happened"),
        _("effect"),
        _("account"),
        _("customer ID"),
    ]
