"""The pages that paged reads give, and the outer shape that makes an answer one of them.

The models are loaded when a payload is first looked into: a list can be on the screen before that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from console.wecom.answer import JSON
from console.wecom.errors import UnexpectedShape
from console.wecom.ids import UserId
from console.wecom.paging import next_cursor

if TYPE_CHECKING:
    from console.wecom.models import BatchRow, ExternalContact, FollowUser, Payload, ServedContact

P = TypeVar("P", bound="Payload")


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """One C2 page: the customer and up to 500 followers; `raw` is the answer as received."""

    external_contact: ExternalContact
    follow_users: list[FollowUser]
    raw_contact: JSON
    raw_followers: list[JSON]
    raw: JSON
    has_more: bool


@dataclass(frozen=True, slots=True)
class CustomerDetail:
    """A customer with the followers of all C2 pages merged by userid; `pages` is how many there were."""

    external_contact: ExternalContact
    follow_users: list[FollowUser]
    pages: int
    raw_contact: JSON
    raw_followers: list[JSON]


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One C3 page: a row for each relation, and the userids that lack the interoperability licence.

    `next_cursor` asks for the next page; "" at the end.
    """

    raw_rows: list[JSON]
    unlicensed: list[UserId]
    next_cursor: str

    @property
    def has_more(self) -> bool:
        """Whether there is a next page."""
        return bool(self.next_cursor)

    @property
    def rows(self) -> list[BatchRow]:
        """The rows as models, read when asked for."""
        from console.wecom.models import BatchRow

        return validated(BatchRow, self.raw_rows)


@dataclass(frozen=True, slots=True)
class ContactPage:
    """One page of served contacts; `restarted` means: forget the pages before."""

    raw_rows: list[JSON]
    restarted: bool
    has_more: bool

    @property
    def rows(self) -> list[ServedContact]:
        """The rows as models, read when asked for."""
        from console.wecom.models import ServedContact

        return validated(ServedContact, self.raw_rows)


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page of the guide's own path, rows as they came; `next_cursor` is "" at the end."""

    rows: list[JSON]
    next_cursor: str


def customer_page(raw: JSON, endpoint: str, contact: JSON | None, *, has_more: bool) -> CustomerPage:
    """Read a C2 page; a later page may leave out the customer, given as `contact` then.

    The follower list must be there: taking a missing one for "no followers" would end relations that still
    exist.
    """
    from console.wecom.models import ExternalContact, FollowUser

    given = raw.get("external_contact")
    if given is None and contact is not None:
        given = contact
    if not isinstance(given, dict):
        raise UnexpectedShape(endpoint, "external_contact is missing")
    followers = objects(raw, "follow_user", endpoint, required=True)
    return CustomerPage(
        external_contact=ExternalContact.model_validate(given),
        follow_users=[FollowUser.model_validate(follower) for follower in followers],
        raw_contact=given,
        raw_followers=followers,
        raw=raw,
        has_more=has_more,
    )


def batch_page(raw: JSON, endpoint: str) -> BatchPage:
    """Read a C3 page; a missing list is an empty page."""
    rows = objects(raw, "external_contact_list", endpoint)
    fail_info = raw.get("fail_info")
    unlicensed = fail_info.get("unlicensed_userid_list") if isinstance(fail_info, dict) else None
    return BatchPage(
        raw_rows=rows,
        unlicensed=[UserId(userid) for userid in unlicensed if isinstance(userid, str)]
        if isinstance(unlicensed, list)
        else [],
        next_cursor=next_cursor(raw, endpoint),
    )


def contact_page(raw: JSON, endpoint: str, *, restarted: bool, has_more: bool) -> ContactPage:
    """Read a page of served contacts; a missing list is an empty page."""
    rows = objects(raw, "info_list", endpoint)
    return ContactPage(rows, restarted, has_more)


def merge_pages(pages: Iterable[CustomerPage]) -> CustomerDetail:
    """Merge C2 pages by the follower's userid, without case: the later page wins, the first place is kept.

    Followers without a userid can't be told apart and all stay. Raises ValueError when there is no page.
    """
    merged: dict[str | int, tuple[FollowUser, JSON]] = {}
    count = 0
    last: CustomerPage | None = None
    for last in pages:
        count += 1
        for follower, raw in zip(last.follow_users, last.raw_followers, strict=True):
            key = follower.userid.lower() if follower.userid else len(merged)
            merged[key] = (follower, raw)
    if last is None:
        raise ValueError("no pages to merge")
    return CustomerDetail(
        external_contact=last.external_contact,
        follow_users=[follower for follower, _ in merged.values()],
        pages=count,
        raw_contact=last.raw_contact,
        raw_followers=[raw for _, raw in merged.values()],
    )


def objects(raw: JSON, name: str, endpoint: str, *, required: bool = False) -> list[JSON]:
    """The objects of a list in an answer; missing or null is empty unless `required`; no null items.

    Raises UnexpectedShape when it is no list, or holds anything but objects.
    """
    found = items(raw, name, endpoint, required=required)
    if any(not isinstance(item, dict) for item in found):
        raise UnexpectedShape(endpoint, f"{name} holds something else than objects")
    return cast(list[JSON], found)


def texts(raw: JSON, name: str, endpoint: str) -> list[str]:
    """The texts of a list that must be there; null and empty items are left out. Raises UnexpectedShape."""
    found = [item for item in items(raw, name, endpoint, required=True) if item != ""]
    if any(not isinstance(item, str) for item in found):
        raise UnexpectedShape(endpoint, f"{name} holds something else than texts")
    return cast(list[str], found)


def items(raw: JSON, name: str, endpoint: str, *, required: bool) -> list[object]:
    """The items of a list, without nulls. Raises UnexpectedShape."""
    found = raw.get(name)
    if found is None and not required:
        return []
    if not isinstance(found, list):
        raise UnexpectedShape(endpoint, f"{name} is no list")
    return [item for item in found if item is not None]


def validated(model: type[P], rows: Iterable[JSON]) -> list[P]:
    """Each row as a model, in order."""
    return [model.model_validate(row) for row in rows]
