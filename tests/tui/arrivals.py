"""Events as they arrive in the store of a running app, without a receiver."""

from __future__ import annotations

from dataclasses import replace

from console.store.event_rows import RawRequest
from console.store.events import New
from console.store.relations import RelationRow
from console.wecom.callback.events import event_of
from tests.store.pushes import REQUEST
from tests.tui.conftest import Walk
from tests.wecom.callback.samples import AT, change

RECEIVER = "jump01 4242"


def arrive(
    walk: Walk,
    name: str = "edit_external_contact",
    userid: str = "zhangwei",
    customer: str = "wmNOBODY00000000000000000000",
    **fields: str,
) -> int:
    """One change of a customer comes in now; its row's id."""
    said = {"UserID": userid, "ExternalUserID": customer, **fields}
    inside = "".join(f"<{field}><![CDATA[{value}]]></{field}>" for field, value in said.items())
    message = change(name, fields=inside).replace(str(AT).encode(), str(int(walk.clock())).encode())
    stored = walk.app.session.records.events.put(event_of(message), REQUEST, receiver=RECEIVER).wait(5)
    assert isinstance(stored, New), "the same message was there already"
    return stored.id


def arrive_for(walk: Walk, relation: RelationRow, name: str = "edit_external_contact", **fields: str) -> int:
    """One change of a customer that is known."""
    return arrive(walk, name, relation.userid, relation.external_userid, **fields)


def from_peer(peer: str, method: str = "POST") -> RawRequest:
    """A request that came from there."""
    return replace(REQUEST, peer=peer, method=method)
