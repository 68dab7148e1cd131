"""What a follower wrote about a customer, as WeCom showed it: absent, empty and hidden are told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Final

from console.operations.detail import Detail
from console.settings import AppType
from console.store.relations import RelationState

if TYPE_CHECKING:
    from console.wecom.models import FollowInfo, FollowUser


class RemarkField(StrEnum):
    """The fields of a remark in the order of the form; the value is the field's name in C4's request."""

    REMARK = "remark"
    DESCRIPTION = "description"
    COMPANY = "remark_company"
    MOBILES = "remark_mobiles"
    PICTURE = "remark_pic_mediaid"


TEXT_FIELDS: Final = (RemarkField.REMARK, RemarkField.DESCRIPTION, RemarkField.COMPANY)
_IN_C2: Final[Mapping[RemarkField, str]] = {
    RemarkField.REMARK: "remark",
    RemarkField.DESCRIPTION: "description",
    RemarkField.COMPANY: "remark_corp_name",
}


class Unseen(Enum):
    """Numbers that are there or not: this kind of app is not told."""

    HIDDEN = "hidden"


HIDDEN: Final = Unseen.HIDDEN


@dataclass(frozen=True, slots=True)
class RemarkValues:
    """The fields of one remark that can be read back. A text that WeCom did not return is not in `texts`.

    `mobiles` is None when the list was not returned, and HIDDEN where this kind of app is not given it, or where it
    came in a form that can't be read: a list written over that would destroy numbers which nobody here has seen.
    """

    texts: Mapping[RemarkField, str] = field(default_factory=dict)
    mobiles: tuple[str, ...] | Unseen | None = None

    def text(self, name: RemarkField) -> str:
        """One of the text fields as a form shows it: what was not returned is empty."""
        return self.texts.get(name, "")

    @property
    def numbers(self) -> tuple[str, ...]:
        """The mobiles that are known: none when the list was not returned or is hidden."""
        return self.mobiles if isinstance(self.mobiles, tuple) else ()

    def document(self) -> dict[str, object]:
        """In C2's own field names; what was not returned is left out, a hidden list is null."""
        found: dict[str, object] = {_IN_C2[name]: self.texts[name] for name in TEXT_FIELDS if name in self.texts}
        if self.mobiles is not None:
            found["remark_mobiles"] = None if self.mobiles is HIDDEN else list(self.numbers)
        return found

    @classmethod
    def from_document(cls, document: Mapping[str, object]) -> RemarkValues:
        """What `document` wrote."""
        texts = {name: text for name in TEXT_FIELDS if isinstance(text := document.get(_IN_C2[name]), str)}
        mobiles: tuple[str, ...] | Unseen | None = None
        if "remark_mobiles" in document:
            listed = document["remark_mobiles"]
            mobiles = tuple(map(str, listed)) if isinstance(listed, list) else HIDDEN
        return cls(texts, mobiles)


@dataclass(frozen=True, slots=True)
class SeenRemark:
    """One follower's remark about one customer as WeCom showed it at `read_at` (Unix seconds): what a plan stands on.

    `customer_type` is 1 for a WeChat customer, 2 for a WeCom customer, None when WeCom did not say.
    """

    external_userid: str
    userid: str
    customer_type: int | None
    values: RemarkValues
    read_at: float


@dataclass(frozen=True, slots=True)
class OtherRemark:
    """What another follower wrote about the same customer; `gone_at` for a relation that is there no more."""

    userid: str
    values: RemarkValues
    gone: bool = False
    gone_at: float | None = None


def values_of(follow: FollowUser | FollowInfo, app_type: AppType) -> RemarkValues:
    """The remark in one follower's entry of C2 (or C3).

    An app that is not self-built sees no mobiles since 2025-12-18 (document 92109): an absent or empty list there
    says nothing. A self-built app is told, so that an absent list is none.
    """
    said = {
        RemarkField.REMARK: follow.remark,
        RemarkField.DESCRIPTION: follow.description,
        RemarkField.COMPANY: follow.remark_corp_name,
    }
    texts = {name: text for name, text in said.items() if text is not None}
    return RemarkValues(texts, _mobiles_of(follow, app_type))


def seen_remark(detail: Detail, userid: str, app_type: AppType) -> SeenRemark | None:
    """The remark of one follower in a detail; None when there is no such relation, or nothing known of it.

    A relation that is gone is None too: it can't be written.
    """
    view = detail.relation_of(userid)
    if view is None or view.follow is None or view.state is RelationState.GONE:
        return None
    return SeenRemark(
        detail.external_userid, view.userid, detail.contact.type, values_of(view.follow, app_type), detail.read_at
    )


def other_remarks(detail: Detail, userid: str, app_type: AppType) -> tuple[OtherRemark, ...]:
    """What the other followers wrote, gone relations as last known at the end."""
    own = userid.casefold()
    return tuple(
        OtherRemark(view.userid, values_of(view.follow, app_type), view.state is RelationState.GONE, view.gone_at)
        for view in detail.relations
        if view.follow is not None and view.userid.casefold() != own
    )


def _mobiles_of(follow: FollowUser | FollowInfo, app_type: AppType) -> tuple[str, ...] | Unseen | None:
    if "remark_mobiles" in (follow.model_extra or {}):
        return HIDDEN
    numbers = tuple(number for number in follow.remark_mobiles or () if number.strip())
    if not numbers and app_type is not AppType.SELF_BUILT:
        return HIDDEN
    return numbers if "remark_mobiles" in follow.model_fields_set else None
