"""Who an event is about: names in place of ids, as far as the store knows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.store import Records
from console.store.relations import RelationRow, RelationState
from console.text import safe_text
from console.wecom.callback.events import Event


@dataclass(frozen=True, slots=True)
class EventPeople:
    """The follower and the customer of an event in safe text, "" where it names none; never masked.

    `relation` is what is known of the two, gone or not, and `add_way` how they met; `others` are the followers who
    have the customer now, besides the event's own.
    """

    follower: str = ""
    customer: str = ""
    relation: RelationRow | None = None
    others: tuple[str, ...] = ()
    add_way: int | None = None


NOBODY = EventPeople()
"""For what is about nobody."""


def people_of(
    event: Event, records: Records, name_of: Callable[[str], str], following: Sequence[str] = ()
) -> EventPeople:
    """Look them up; `name_of` gives a follower's name, or "", and `following` are userids known to follow now.

    A customer is called as the event's follower notes them, else by their own name, else by the id.
    """
    follower = safe_text(name_of(event.userid) or event.userid) if event.userid else ""
    if not event.external_userid:
        return EventPeople(follower)
    known = records.relations.of_customer(event.external_userid)
    own = (event.userid or "").casefold()
    relation = next((row for row in known if row.userid.casefold() == own), None)
    named = relation or next(iter(known), None)
    customer = (relation.remark if relation else "") or (named.name if named else "") or event.external_userid
    active = following or [row.userid for row in known if row.state is not RelationState.GONE]
    others = tuple(safe_text(name_of(userid) or userid) for userid in active if userid.casefold() != own)
    return EventPeople(follower, safe_text(customer), relation, others, relation.add_way if relation else None)
