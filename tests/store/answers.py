"""What WeCom answers, as plain JSON documents."""

from __future__ import annotations

from collections.abc import Sequence

from console.store import Records
from console.store.relations import RelationQuery, RelationRow

Document = dict[str, object]


def listed(external_userid: str, userid: str = "zhangwei", name: str | None = "李建国", **info: object) -> Document:
    """A C3 row."""
    contact: Document = {"external_userid": external_userid, "type": 1}
    if name is not None:
        contact["name"] = name
    return {"external_contact": contact, "follow_info": {"userid": userid, "createtime": 1_700_000_000, **info}}


def follow_user(userid: str, **fields: object) -> Document:
    """One follower of a C2 answer."""
    return {"userid": userid, "createtime": 1_700_000_000, **fields}


def found(records: Records, contains: str, follower: str | None = None) -> list[str]:
    """The external_userids that a search finds, sorted."""
    ids = records.relations.select_now(RelationQuery(follower=follower, contains=contains, gone="include"))
    return sorted(row.external_userid for row in records.relations.window(ids))


def one(records: Records, external_userid: str, userid: str = "zhangwei") -> RelationRow:
    """A relation that must be there."""
    row = records.relations.find(userid, external_userid)
    assert row is not None
    return row


def shown(rows: Sequence[RelationRow]) -> list[tuple[str, str, str]]:
    """Who follows whom, and whether still."""
    return sorted((row.userid, row.external_userid, row.state.name) for row in rows)
