"""The first tab of an event: what happened, to whom, when, and what it means for the agent."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from console.language import _, labelled, listed
from console.operations.effects.outcome import note_of
from console.operations.effects.words import change_lines
from console.operations.event_people import EventPeople, people_of
from console.operations.event_words import (
    event_line,
    fail_words,
    gap_words,
    kind_words,
    length_words,
    reject_words,
)
from console.operations.wording import add_way_words, customer_type_words, moment_words
from console.session import Session
from console.store.event_query import EventQuery
from console.store.event_rows import EventRow, FeedRow, GapRow, RequestRow
from console.text import mask_text, safe_text
from console.tui.feed.rows import moment_in_column
from console.tui.feed.told import Told
from console.tui.feed.welcome_told import welcome_told
from console.tui.rows import Toned
from console.wecom.callback.events import Event, Kind


def in_words(session: Session, row: FeedRow, *, masked: bool) -> Iterator[Told]:
    """Its lines."""
    match row:
        case GapRow():
            yield Told(value=gap_words(row, session.zone))
            yield Told(value=_("WeCom sends an event three times within seconds, then never again."))
        case RequestRow():
            yield from _of_request(session, row)
        case EventRow():
            yield from _of_event(session, row, masked=masked)
    if row.bookmarked:
        yield Told(_("bookmark"), _("yes; b takes it away"))


def _of_request(session: Session, row: RequestRow) -> Iterator[Told]:
    if row.reason is None:
        yield Told(value=_("WeCom asked whether the callback address is ours, and got the right answer."))
    else:
        yield Told(value=Toned(_("Rejected: {why}").format(why=reject_words(row.reason, row.detail)), "changed"))
        yield Told(value=_("Nothing of it was taken for an event."))
    yield Told(_("time"), moment_words(row.received_at, session.zone))
    yield Told(_("sender"), safe_text(row.peer) or "?")
    yield Told(_("receiver"), safe_text(row.receiver))


def _of_event(session: Session, row: EventRow, *, masked: bool) -> Iterator[Told]:
    event = row.event
    people = people_of(event, session.records, session.name_of)

    def shown(text: str) -> str:
        return mask_text(text) if masked else text

    yield Told(value=shown(sentence(event, people)))
    yield Told(_("time"), _times(session, row))
    if event.external_userid and event.kind in (Kind.ADDED, Kind.ADDED_HALF):
        yield from _source(event, people, shown=shown)
    if before := _before(session, row):
        yield Told(_("before"), before)
    yield from welcome_told(session, row)
    yield from _changes(row, masked=masked)
    yield Told(_("numbers"), is_title=True)
    yield Told(_("event"), f"#{row.id}")
    if event.userid:
        yield Told(_("account"), shown(safe_text(event.userid)))
    if event.external_userid:
        yield Told(_("customer ID"), safe_text(event.external_userid))
    if event.suite_id:
        yield Told(_("suite ID"), safe_text(event.suite_id))


def _changes(row: EventRow, *, masked: bool) -> Iterator[Told]:
    """What reading the customer again has found."""
    note = note_of(row)
    if note.own_writes:
        entries = listed(f"#{number}" for number in note.own_writes)
        yield Told(_("maybe ours"), _("written from here at about that time: {entries}").format(entries=entries))
    lines = change_lines(note, masked=masked)
    if lines:
        yield Told(_("all of it is new here") if note.first else _("different from before"), is_title=True)
        for line in lines:
            yield Told(value=line)


def sentence(event: Event, people: EventPeople) -> str:
    """What happened, as one sentence; never masked."""
    names = {"follower": people.follower or "?", "customer": people.customer or "?"}
    match event.kind:
        case Kind.ADDED:
            return _("{follower} has a new customer: {customer}.").format(**names)
        case Kind.ADDED_HALF:
            return _(
                "{customer} added {follower} without being accepted yet; until then WeCom may answer 84061 for them."
            ).format(**names)
        case Kind.EDITED:
            return _(
                "{follower}'s remark or tags for {customer} were changed, in WeCom's own client or by a program."
            ).format(**names)
        case Kind.REMOVED:
            return _("{follower} removed {customer}.").format(**names)
        case Kind.HANDED_OVER:
            return _("{customer} was handed over: {follower} has them no longer. The customer is not lost.").format(
                **names
            )
        case Kind.LEFT:
            return _(
                "{customer} removed {follower}. The relation is one-way now: it may still be read and edited, but "
                "messages no longer arrive."
            ).format(**names)
        case Kind.TRANSFER_FAILED:
            return _("{customer} could not be handed over to {follower}: {why}.").format(
                why=fail_words(event.fail_reason), **names
            )
        case Kind.CONSENT:
            return _("{customer} agreed that the chat with {follower} is archived.").format(**names)
    return labelled(kind_words(event.kind), event_line(event, people))


def _times(session: Session, row: EventRow) -> str:
    event, zone = row.event, session.zone
    if event.occurred_at is None:
        return _("received {time}").format(time=moment_words(row.received_at, zone))
    at = moment_words(event.occurred_at, zone)
    late = row.received_at - event.occurred_at
    if not -1 < late < 3600:
        return _("{time}, received {later}").format(time=at, later=moment_words(row.received_at, zone))
    return _("{time}, received {later} later").format(time=at, later=length_words(max(0.0, late)))


def _source(event: Event, people: EventPeople, *, shown: Callable[[str], str]) -> Iterator[Told]:
    relation = people.relation
    if relation is not None and relation.add_way is not None:
        yield Told(_("source"), f"{relation.add_way} {add_way_words(relation.add_way)}")
    if event.state:
        yield Told(_("channel"), shown(safe_text(event.state)))
    if relation is not None and relation.name:
        kind = customer_type_words(relation.type)
        yield Told(_("name"), shown("  ".join(filter(None, (safe_text(relation.name), kind)))))


def _before(session: Session, row: EventRow) -> str:
    """The event of the same customer that came before this one."""
    if not row.event.external_userid:
        return ""
    events = session.records.events
    older = [row_id for row_id in events.select_now(EventQuery(customer=row.event.external_userid)) if row_id < row.id]
    found = events.row(older[0]) if older else None
    if not isinstance(found, EventRow):
        return ""
    at = moment_in_column(found.received_at, session.zone, session.clock())
    return _("{time} {kind}, the same customer").format(time=at, kind=kind_words(found.event.kind))
