"""The unionid conversion (C6) and the way back from a customer: what is sent, and what an answer may hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from console.wecom.answer import JSON
from console.wecom.errors import UnexpectedShape, WeComFailure
from console.wecom.ids import ExternalUserId, PendingId, SubjectType, as_external_userid
from console.wecom.pages import objects

CONVERT: Final = "/idconvert/unionid_to_external_userid"
CONVERT_OLD: Final = "/externalcontact/unionid_to_external_userid"
"""The address before: it takes no subject_type and gives no pending id."""
PENDING_IDS: Final = "/idconvert/batch/external_userid_to_pending_id"
MOST_EXTERNAL_USERIDS: Final = 100


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a unionid was converted to: a customer, a pending id, both, or neither (None: not given)."""

    external_userid: ExternalUserId | None
    pending_id: PendingId | None


class TooManyExternalUserids(WeComFailure):
    """More customers than one request for pending ids takes; nothing was sent."""

    endpoint = PENDING_IDS
    may_have_arrived = False

    def __init__(self, count: int, limit: int = MOST_EXTERNAL_USERIDS) -> None:
        super().__init__(count, limit)
        self.count = count
        self.limit = limit

    def __str__(self) -> str:
        return f"{self.endpoint}: {self.count} external_userids, at most {self.limit} in one request"


def conversion_body(unionid: str, openid: str, subject_type: SubjectType, path: str) -> JSON:
    """The body of C6; the old address knows no subject."""
    body: JSON = {"unionid": unionid, "openid": openid}
    return body if path == CONVERT_OLD else body | {"subject_type": int(subject_type)}


def read_conversion(answer: JSON, path: str) -> Conversion:
    """Read C6's answer, in which an id that is absent, null or empty was not given. Raises UnexpectedShape."""
    external_userid, pending_id = (_id(answer, name, path) for name in ("external_userid", "pending_id"))
    return Conversion(
        ExternalUserId(external_userid) if external_userid else None, PendingId(pending_id) if pending_id else None
    )


def pending_ids_body(external_userids: Sequence[str]) -> JSON:
    """The body of the way back. Raises TooManyExternalUserids, and NotAnExternalUserid for a pending id among them."""
    if len(external_userids) > MOST_EXTERNAL_USERIDS:
        raise TooManyExternalUserids(len(external_userids))
    return {"external_userid": [as_external_userid(one) for one in external_userids]}


def read_pending_ids(answer: JSON) -> dict[ExternalUserId, PendingId]:
    """The customers that have a pending id, with it; the others are left out. Raises UnexpectedShape."""
    found: dict[ExternalUserId, PendingId] = {}
    for row in objects(answer, "result", PENDING_IDS):
        external_userid, pending_id = (_id(row, name, PENDING_IDS) for name in ("external_userid", "pending_id"))
        if external_userid and pending_id:
            found[ExternalUserId(external_userid)] = PendingId(pending_id)
    return found


def _id(answer: JSON, name: str, endpoint: str) -> str:
    value = answer.get(name)
    if value is not None and not isinstance(value, str):
        raise UnexpectedShape(endpoint, f"{name} is no text")
    return value or ""
