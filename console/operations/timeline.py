"""What is known of a customer by the time it happened: events, own writes, what reads found, and the silences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from console.operations.effects.outcome import ChangedField, FieldChange
from console.operations.listening import Silence, silences
from console.store import Records
from console.store.audit import AuditEntry, AuditQuery
from console.store.event_query import EventQuery
from console.store.event_rows import EventRow
from console.store.relations import RelationRow, RelationState
from console.store.sync_changes import Kind as SyncKind
from console.store.welcomes import WelcomeEntry
from console.wecom.callback.events import Kind

MOST = 1000
"""How many of each kind are looked at, the newest ones."""

_SAME_MOMENT = 3600.0  # a read that shows a relation gone within this time of the event adds nothing to it


@dataclass(frozen=True, slots=True)
class Happened:
    """An event came."""

    at: float
    userid: str
    row: EventRow


@dataclass(frozen=True, slots=True)
class Written:
    """Somebody wrote a remark from here."""

    at: float
    userid: str
    entry: AuditEntry


@dataclass(frozen=True, slots=True)
class Welcomed:
    """A welcome message was sent from here, or was to be."""

    at: float
    userid: str
    entry: WelcomeEntry


@dataclass(frozen=True, slots=True)
class Added:
    """WeCom dates the relation from then (createtime); `add_way` as it says."""

    at: float
    userid: str
    add_way: int | None
    state: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A read no longer showed the relation, and no event had told of it."""

    at: float
    userid: str


@dataclass(frozen=True, slots=True)
class Different:
    """A sync found the relation to be otherwise than it was known; `id` is its number for it.

    `from_userid`: the customer was that follower's before, "" where nobody moved. Without `changes`: `kind` says all.
    """

    at: float
    userid: str
    id: int
    changes: tuple[FieldChange, ...]
    from_userid: str = ""
    kind: SyncKind = SyncKind.CHANGED


@dataclass(frozen=True, slots=True)
class Silent:
    """Nobody listened, once or (`times`) several times with nothing else in between; `until` None: nobody does now."""

    at: float
    until: float | None
    times: int = 1
    userid: str = ""


Entry: TypeAlias = "Happened | Written | Welcomed | Added | Missed | Different | Silent"


@dataclass(frozen=True, slots=True)
class Timeline:
    """A customer's timeline, newest first. `listened_since`: before it no event could come; None: none ever could."""

    external_userid: str
    entries: tuple[Entry, ...]
    listened_since: float | None

    def of(self, userid: str) -> tuple[Entry, ...]:
        """What is about one follower's relation, and the silences."""
        wanted = userid.casefold()
        return tuple(entry for entry in self.entries if entry.userid.casefold() in (wanted, ""))


def timeline(records: Records, external_userid: str, *, now: float | None = None) -> Timeline:
    """All that is known of a customer, from the store alone."""
    now = records.clock() if now is None else now
    happened = _happened(records, external_userid)
    relations = records.relations.of_customer(external_userid)
    different = list(_different(records, external_userid))
    entries: list[Entry] = [
        *happened,
        *_written(records, external_userid),
        *(Welcomed(one.at, one.draft.userid, one) for one in records.welcomes.of_customer(external_userid)[:MOST]),
        *different,
        *_read(records, relations, happened, different),
    ]
    if entries:
        oldest = min(entry.at for entry in entries)
        entries += [Silent(one.since, one.until) for one in silences(records, oldest, now) if _is_told(one, oldest)]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return Timeline(external_userid, tuple(_merged(entries)), records.receivers.first_start())


def _happened(records: Records, external_userid: str) -> list[Happened]:
    ids = records.events.select_now(EventQuery(customer=external_userid))[:MOST]
    rows = [row for row in records.events.window(ids) if isinstance(row, EventRow)]
    return [Happened(row.event.occurred_at or row.received_at, row.event.userid or "", row) for row in rows]


def _written(records: Records, external_userid: str) -> list[Written]:
    ids = records.audit.select(AuditQuery(external_userid=external_userid))[:MOST]
    return [Written(entry.at, entry.draft.userid, entry) for entry in records.audit.window(ids)]


def _different(records: Records, external_userid: str) -> Iterable[Different]:
    """What syncs have found."""
    for change in records.sync_changes.of_customer(external_userid):
        if change.kind is not SyncKind.CHANGED:
            yield Different(change.at, change.userid, change.id, (), change.from_userid or "", change.kind)
        elif fields := [one for name, both in change.fields.items() if (one := _field_change(records, name, *both))]:
            yield Different(change.at, change.userid, change.id, tuple(fields))


def _field_change(records: Records, name: str, before: str | None, after: str | None) -> FieldChange | None:
    if name == "tag_id":
        tags = [tuple(_tag_name(records, one) for one in (side or "").split()) for side in (before, after)]
        return FieldChange(ChangedField.COMPANY_TAGS, tags[0], tags[1])
    field = next((one for one in ChangedField if one == name), None)
    if field is None:
        return None
    sides = [tuple(filter(None, (side or "").split("\n"))) for side in (before, after)]
    return FieldChange(field, sides[0], sides[1])


def _tag_name(records: Records, tag_id: str) -> str:
    known = records.tags.name_of(tag_id)
    return known.name if known else tag_id


def _read(
    records: Records, relations: Sequence[RelationRow], happened: Sequence[Happened], different: Sequence[Different]
) -> list[Added | Missed]:
    """When each relation began by WeCom's own word, and when one was gone without a word."""
    documents = records.relations.documents([relation.id for relation in relations])
    found: list[Added | Missed] = []
    for relation in relations:
        key = relation.userid.casefold()
        own = [one for one in happened if one.userid.casefold() == key]
        if relation.createtime is not None and not any(_tells_of_adding(one, relation.createtime) for one in own):
            document = documents.get(relation.id)
            said = (document.follow_user or document.follow_info or {}) if document else {}
            state = said.get("state")
            found.append(
                Added(relation.createtime, relation.userid, relation.add_way, state if isinstance(state, str) else "")
            )
        gone_at = relation.gone_at
        if relation.state is not RelationState.GONE or gone_at is None:
            continue
        if not any(map(_tells_of_end, own)) and not any(_found_gone(one, key, gone_at) for one in different):
            found.append(Missed(gone_at, relation.userid))
    return found


def _tells_of_adding(one: Happened, createtime: int) -> bool:
    return one.row.event.kind is Kind.ADDED and abs(one.at - createtime) < _SAME_MOMENT


def _tells_of_end(one: Happened) -> bool:
    return one.row.event.kind in (Kind.REMOVED, Kind.HANDED_OVER)


def _found_gone(one: Different, follower: str, gone_at: float) -> bool:
    left = one.from_userid if one.kind is SyncKind.MOVED else one.userid if one.kind is SyncKind.GONE else ""
    return left.casefold() == follower and one.at >= gone_at


def _is_told(silence: Silence, oldest: float) -> bool:
    """The time before anybody listened is told once, at the end, and not as a silence."""
    return silence.since > oldest


def _merged(entries: Sequence[Entry]) -> Iterable[Entry]:
    """Silences one after the other as one: nights would fill the page."""
    last: Silent | None = None
    for entry in entries:
        if isinstance(entry, Silent) and last is not None:
            last = replace(last, at=entry.at, times=last.times + entry.times)
            continue
        if last is not None:
            yield last
            last = None
        if isinstance(entry, Silent):
            last = entry
        else:
            yield entry
    if last is not None:
        yield last
