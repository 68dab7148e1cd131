"""Pending ids that turn into customers: whoever is added may be somebody whose unionid was converted before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from console.store import Records, StoreFailure
from console.store.mappings import IdMapping, Source
from console.wecom.errors import WeComFailure
from console.wecom.ids import IdKind, kind_of

if TYPE_CHECKING:
    from console.wecom.client import WeComClient

AT_ONCE = 100
_DAY = 86_400.0
_MAY_BE_CUSTOMERS = (IdKind.EXTERNAL_USERID, IdKind.UNKNOWN)


async def resolve_added(
    client: WeComClient, records: Records, external_userids: Sequence[str], *, source: Source = Source.CALLBACK
) -> tuple[IdMapping, ...]:
    """Ask which pending ids these customers had, and join them; the mappings that were waiting for one of them.

    Nothing is asked while nothing waits, nor about a text that can be no customer. Raises WeComFailure and
    StoreFailure. Follows WeCom document 95900.
    """
    if records.mappings.waiting_since() is None:
        return ()
    asked = [one for one in dict.fromkeys(external_userids) if kind_of(one) in _MAY_BE_CUSTOMERS]
    joined: list[int] = []
    for start in range(0, len(asked), AT_ONCE):
        pending_ids = await client.pending_ids(asked[start : start + AT_ONCE])
        if pending_ids:
            joined += await records.mappings.join(pending_ids, source)
    return tuple(records.mappings.window(joined))


class Newcomers:
    """Whom one read of a follower's list shows for the first time, and who came after somebody began to wait.

    So a read costs one more request at most, and only while a pending id waits and somebody new is there.
    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._since = records.mappings.waiting_since()
        self._found: dict[str, float] = {}

    def see(self, userid: str | None, rows: Sequence[Mapping[str, object]]) -> None:
        """Look at a page of C3 before it is stored; without `userid` each row says whose it is."""
        if self._since is None:
            return
        for row in rows:
            contact, info = row.get("external_contact"), row.get("follow_info")
            if not isinstance(contact, Mapping) or not isinstance(info, Mapping):
                continue
            external_userid, added_at = contact.get("external_userid"), info.get("createtime")
            # Two clocks are compared: a day too early does no harm.
            if not isinstance(added_at, int) or added_at < self._since - _DAY:
                continue
            follower = userid or info.get("userid")
            if not isinstance(external_userid, str) or not isinstance(follower, str):
                continue
            if self._records.relations.find(follower, external_userid) is None:
                self._found[external_userid] = added_at

    async def resolve(self, client: WeComClient) -> None:
        """Ask about the newest of them. A failure leaves them pending: the list itself was read all the same."""
        newest = sorted(self._found, key=self._found.__getitem__, reverse=True)[:AT_ONCE]
        if not newest:
            return
        try:
            await resolve_added(client, self._records, newest, source=Source.REVERSE)
        except (WeComFailure, StoreFailure):
            return
