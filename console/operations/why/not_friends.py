"""Why 84061: four situations look the same to WeCom's API, and the events of a relation tell them apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from console.language import _, ngettext
from console.operations.listening import Silence, silences
from console.operations.why.causes import Cause, Verdict, Why, unheard_words
from console.operations.wording import count_words, time_words
from console.store import Records
from console.store.event_query import EventQuery
from console.store.event_rows import EventRow
from console.store.followers import CountState
from console.store.relations import RelationRow, RelationState
from console.text import safe_text
from console.wecom.callback.events import Kind

_ABOUT_THE_RELATION = frozenset({Kind.ADDED, Kind.ADDED_HALF, Kind.EDITED, Kind.REMOVED, Kind.HANDED_OVER, Kind.LEFT})


def why_not_friends(
    records: Records,
    external_userid: str,
    userid: str,
    *,
    name_of: Callable[[str], str],
    zone: tzinfo | None,
    now: float | None = None,
) -> Why:
    """Why WeCom says that a follower and a customer are not friends (84061)."""
    now = records.clock() if now is None else now
    name = safe_text(name_of(userid) or userid)
    relation = records.relations.find(userid, external_userid)
    newest = _newest(records, external_userid, userid)
    missing = silences(records, relation.seen_at if relation else 0.0, now)
    others = tuple(
        row.userid
        for row in records.relations.of_customer(external_userid)
        if row.state is not RelationState.GONE and row.userid.casefold() != userid.casefold()
    )
    return Why(
        title=_("84061 not friends: {name}").format(name=name),
        said=_("WeCom says: {name} and this customer are not friends now, so {name}'s remark can't be edited.").format(
            name=name
        ),
        causes=(
            _removed(newest, name, missing, zone, now),
            _half_added(newest, missing, zone, now),
            _group_only(relation, newest, zone, now),
            _nobody(records, userid, name),
        ),
        todo=_(
            "Have {name} add the customer again; this page is right again by itself then. Trying again does not help."
        ).format(name=name),
        others=others,
    )


def _newest(records: Records, external_userid: str, userid: str) -> EventRow | None:
    query = EventQuery(
        kinds=frozenset(kind.value for kind in _ABOUT_THE_RELATION), customer=external_userid, follower=userid
    )
    [*ids] = records.events.select_now(query)[:1]
    row = records.events.row(ids[0]) if ids else None
    return row if isinstance(row, EventRow) else None


def _removed(newest: EventRow | None, name: str, missing: list[Silence], zone: tzinfo | None, now: float) -> Cause:
    text = _("the staff member removed the customer, or the customer was handed over")
    if newest is not None and newest.event.kind in (Kind.REMOVED, Kind.HANDED_OVER):
        said = (
            _("event {time}: {name} removed the customer")
            if newest.event.kind is Kind.REMOVED
            else _("event {time}: {name}'s customer was handed over")
        )
        return Cause(text, Verdict.YES, said.format(time=_time(newest, zone, now), name=name))
    if newest is not None and newest.event.kind is Kind.ADDED_HALF:
        return Cause(text, Verdict.NO, _("the last event is another one"))
    return Cause(text, Verdict.UNKNOWN if missing else Verdict.NO, _none_or_unheard(missing))


def _half_added(newest: EventRow | None, missing: list[Silence], zone: tzinfo | None, now: float) -> Cause:
    text = _("added without verification, and the staff member has not accepted")
    if newest is not None and newest.event.kind is Kind.ADDED_HALF:
        evidence = _("event {time}: half-added, and nothing since").format(time=_time(newest, zone, now))
        return Cause(text, Verdict.YES, evidence)
    if newest is not None:
        return Cause(text, Verdict.NO, _("the last event is another one"))
    return Cause(text, Verdict.UNKNOWN if missing else Verdict.NO, _none_or_unheard(missing))


def _group_only(relation: RelationRow | None, newest: EventRow | None, zone: tzinfo | None, now: float) -> Cause:
    text = _("they only share a group chat and never added each other")
    if relation is not None and relation.createtime is not None:
        since = time_words(relation.createtime, zone, now)
        return Cause(text, Verdict.NO, _("they were friends since {time}").format(time=since))
    if newest is not None and newest.event.kind is not Kind.ADDED_HALF:
        return Cause(text, Verdict.NO, _("there are events of the two as friends"))
    return Cause(text, Verdict.UNKNOWN, _("nothing here shows that they ever were friends"))


def _nobody(records: Records, userid: str, name: str) -> Cause:
    text = _("the staff member has no customers at all")
    follower = records.followers.row(userid)
    if follower is None or follower.count is None or follower.count_state is CountState.FAILED:
        return Cause(text, Verdict.UNKNOWN, _("how many customers {name} has is not known").format(name=name))
    n = follower.count
    evidence = ngettext("{name} has {n} customer", "{name} has {n} customers", n).format(name=name, n=count_words(n))
    return Cause(text, Verdict.YES if n == 0 else Verdict.NO, evidence)


def _time(row: EventRow, zone: tzinfo | None, now: float) -> str:
    return time_words(row.event.occurred_at or row.received_at, zone, now)


def _none_or_unheard(missing: list[Silence]) -> str:
    return unheard_words(missing) if missing else _("no such event, and somebody listened all the time")
