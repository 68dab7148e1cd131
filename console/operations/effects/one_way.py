"""Customers who removed a staff member: WeCom may still answer for the relation, which is one-way from then on."""

from __future__ import annotations

from console.store import Records
from console.store.event_query import EventQuery
from console.store.event_rows import EventRow
from console.wecom.callback.events import Kind

_SAY_SO = frozenset({Kind.LEFT, Kind.ADDED, Kind.ADDED_HALF, Kind.REMOVED, Kind.HANDED_OVER})


def customers_who_left(records: Records, external_userid: str) -> dict[str, EventRow]:
    """By the userid in lower case, the event that tells that the customer removed that follower.

    Only where nothing came after it that says otherwise: the customer added again, or the relation gone.
    """
    query = EventQuery(kinds=frozenset(kind.value for kind in _SAY_SO), customer=external_userid)
    newest: dict[str, EventRow] = {}
    for row in records.events.window(records.events.select_now(query)):
        if isinstance(row, EventRow) and row.event.userid:
            newest.setdefault(row.event.userid.casefold(), row)
    return {userid: row for userid, row in newest.items() if row.event.kind is Kind.LEFT}
