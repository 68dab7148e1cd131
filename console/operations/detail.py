"""The detail of a customer: every C2 page merged, with the relations that are gone beside those that are active."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from console.operations.results import Failed, Loaded, Reading
from console.store import Records, StoreFailure
from console.store.payloads import Document
from console.store.relations import RelationDocument, RelationRow, RelationState
from console.text import mask_id, mask_text
from console.wecom.errors import WeComFailure
from console.wecom.ids import ExternalUserId

if TYPE_CHECKING:
    from console.wecom.client import WeComClient
    from console.wecom.models import ExternalContact, FollowInfo, FollowUser


_NEVER_MASKED = frozenset({"external_userid", "oper_userid", "tag_id", "avatar"})


@dataclass(frozen=True, slots=True)
class RelationView:
    """One follower with this customer: the follower's own fields, as C2 gave them, or only C3, or as last known."""

    userid: str
    follow: FollowUser | FollowInfo | None
    state: RelationState = RelationState.ACTIVE
    gone_at: float | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """A customer and all known relations; active ones first in WeCom's order, gone ones at the end.

    `pages` is how many C2 pages it was read on, 0 when only lists (C3) have shown this customer so far.
    """

    external_userid: str
    contact: ExternalContact
    relations: tuple[RelationView, ...]
    pages: int
    read_at: float

    @property
    def active(self) -> int:
        """How many followers have this customer now."""
        return sum(1 for relation in self.relations if relation.state is not RelationState.GONE)

    def relation_of(self, userid: str) -> RelationView | None:
        """The relation of one follower; userids compare without case."""
        wanted = userid.casefold()
        return next((view for view in self.relations if view.userid.casefold() == wanted), None)


def detail_document(detail: Detail) -> dict[str, object]:
    """A detail in WeCom's own field names: the merged C2 object, with its `pages` and `read_at` (Unix seconds)."""
    return {
        "external_contact": detail.contact.model_dump(exclude_unset=True),
        "follow_user": [
            view.follow.model_dump(exclude_unset=True)
            for view in detail.relations
            if view.follow is not None and view.state is not RelationState.GONE
        ],
        "pages": detail.pages,
        "read_at": detail.read_at,
    }


def masked_document(document: object) -> object:
    """The same document with phone numbers and unionids hidden; ids and numbers stay as they are."""
    if isinstance(document, dict):
        return {
            key: mask_id(value) if key == "unionid" and isinstance(value, str) else _masked_field(key, value)
            for key, value in document.items()
        }
    if isinstance(document, list):
        return [masked_document(value) for value in document]
    return mask_text(document) if isinstance(document, str) else document


def _masked_field(key: object, value: object) -> object:
    return value if key in _NEVER_MASKED else masked_document(value)


def known_detail(records: Records, external_userid: str) -> Detail | None:
    """What the store knows about a customer, or None when it has never seen this id.

    The models are loaded here when nothing has loaded them before; a screen has `Session.load` do it in a thread.
    """
    relations = records.relations.of_customer(external_userid)
    stored = records.customers.detail(external_userid)
    if stored is None and not relations:
        return None
    from console.wecom.models import ExternalContact

    contact = stored.contact if stored else _contact_of(records, relations)
    return Detail(
        external_userid=external_userid,
        contact=ExternalContact.model_validate({"external_userid": external_userid} | contact),
        relations=tuple(_views(records, relations)),
        pages=stored.pages if stored else 0,
        read_at=stored.read_at if stored else max((r.seen_at or 0.0 for r in relations), default=0.0),
    )


async def read_detail(
    client: WeComClient, records: Records, external_userid: ExternalUserId
) -> AsyncGenerator[Reading | Loaded[Detail] | Failed]:
    """Read a customer through all C2 pages and keep the result: a `Reading` after each but the last, then the detail.

    The detail is yielded before it is on disk; when it cannot be stored a `Failed` follows it.
    Follows WeCom document 92114.
    """
    pages = 0
    raw_followers: dict[str, dict[str, object]] = {}
    followers: dict[str, FollowUser] = {}
    contact: ExternalContact | None = None
    raw_contact: dict[str, object] = {}
    try:
        async for page in client.customer_pages(external_userid):
            pages += 1
            contact, raw_contact = page.external_contact, page.raw_contact
            for raw, follower in zip(page.raw_followers, page.follow_users, strict=True):
                key = (follower.userid or "").casefold()
                raw_followers[key], followers[key] = raw, follower
            if page.has_more:
                yield Reading(len(followers), None, pages)
    except WeComFailure as failure:
        yield Failed(failure)
        return

    assert contact is not None  # every answer without a page is a failure
    read_at = records.clock()
    active = [RelationView(follower.userid or "", follower) for follower in followers.values()]
    gone = _gone(records, external_userid, set(followers), read_at)
    try:
        yield Loaded(Detail(external_userid, contact, (*active, *gone), pages, read_at), read_at)
    finally:  # what was read is kept even when whoever asked has moved on
        stored = records.customers.put_detail(external_userid, raw_contact, list(raw_followers.values()), pages)
    try:
        await stored
    except StoreFailure as failure:
        yield Failed(failure)


def _gone(records: Records, external_userid: str, active: set[str], read_at: float) -> list[RelationView]:
    """Relations that the store knows and a complete read no longer shows, as last known."""
    known = records.relations.of_customer(external_userid)
    views = _views(records, [relation for relation in known if relation.userid.casefold() not in active])
    return [replace(view, state=RelationState.GONE, gone_at=view.gone_at or read_at) for view in views]


def _views(records: Records, relations: Sequence[RelationRow]) -> list[RelationView]:
    """Relations with what WeCom last said of each, C2 before C3."""
    from console.wecom.models import FollowInfo, FollowUser

    documents = records.relations.documents([relation.id for relation in relations])
    views: list[RelationView] = []
    for relation in relations:
        document = documents.get(relation.id, RelationDocument())
        follow: FollowUser | FollowInfo | None = None
        if document.follow_user is not None:
            follow = FollowUser.model_validate(document.follow_user)
        elif document.follow_info is not None:
            follow = FollowInfo.model_validate(document.follow_info)
        views.append(RelationView(relation.userid, follow, relation.state, relation.gone_at))
    return views


def _contact_of(records: Records, relations: Sequence[RelationRow]) -> Document:
    """What lists (C3) have shown of a customer; it is the same in all relations."""
    return records.relations.document(relations[0].id).contact or {} if relations else {}
