"""The fields of a detail in the order people ask for them; absent, empty and not given are told apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from console.language import _
from console.operations.detail import RelationView
from console.operations.wording import (
    add_way_note,
    add_way_words,
    customer_type_words,
    gender_words,
    tag_kind_words,
    wechat_channels_source_words,
)
from console.settings import AppType
from console.text import mask_id, mask_text, safe_lines, safe_text

if TYPE_CHECKING:
    from console.wecom.models import ExternalContact, ExternalProfile, FollowInfo, FollowUser, Payload, Tag

WECHAT_CUSTOMER = 1
WECOM_CUSTOMER = 2
TAG_KINDS = (1, 3, 2)


class FieldState(StrEnum):
    """Why a field shows what it shows."""

    VALUE = "value"
    EMPTY = "empty"
    ABSENT = "absent"
    NOT_GIVEN = "not given to this kind of app"
    NOT_FOR_WECHAT = "WeChat customers do not have it"
    NOT_FOR_WECOM = "WeCom customers do not have it"


class Personal(StrEnum):
    """What masking does to a value: nothing, hide phone numbers in it, or hide the middle of an id."""

    NO = "no"
    TEXT = "text"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled value of a detail; `lines` are safe text, one for each line shown; `note` explains them."""

    id: str
    label: str
    state: FieldState
    lines: tuple[str, ...] = ()
    personal: Personal = Personal.TEXT
    unknown: bool = False
    note: str = ""

    @property
    def has_value(self) -> bool:
        """Whether WeCom gave a value that is not empty."""
        return self.state is FieldState.VALUE

    def shown(self, *, masked: bool) -> tuple[str, ...]:
        """The lines to draw: the value, masked or not, or the words for why there is none."""
        if not self.has_value:
            return (state_words(self.state),)
        if not masked or self.personal is Personal.NO:
            return self.lines
        return tuple(map(mask_id if self.personal is Personal.ID else mask_text, self.lines))


def state_words(state: FieldState) -> str:
    """Words in brackets for a field without a value."""
    return {
        FieldState.VALUE: "",
        FieldState.EMPTY: _("(empty)"),
        FieldState.ABSENT: _("(not returned)"),
        FieldState.NOT_GIVEN: _("(not given to this kind of app)"),
        FieldState.NOT_FOR_WECHAT: _("(WeChat customers do not have this)"),
        FieldState.NOT_FOR_WECOM: _("(WeCom customers do not have this)"),
    }[state]


def contact_fields(contact: ExternalContact, app_type: AppType) -> list[Field]:
    """The fields of the customer, then those that this program does not know yet."""
    kind = contact.type
    withheld = app_type is not AppType.SELF_BUILT
    for_wecom = FieldState.NOT_FOR_WECHAT if kind == WECHAT_CUSTOMER else None
    for_wechat = FieldState.NOT_FOR_WECOM if kind == WECOM_CUSTOMER else None
    not_given = FieldState.NOT_GIVEN if withheld else None

    def field(name: str, label: str, why_not: FieldState | None = None, personal: Personal = Personal.TEXT) -> Field:
        return _field(contact, name, label, why_not, personal)

    gender = (
        Field("gender", _("gender"), FieldState.NOT_GIVEN)
        if withheld and not contact.gender
        else _worded(contact, "gender", _("gender"), gender_words)
    )
    return [
        field("name", _("name")),
        field("corp_name", _("corp"), for_wecom),
        field("unionid", _("unionid"), for_wechat or not_given, Personal.ID),
        field("external_userid", _("customer ID"), personal=Personal.NO),
        field("corp_full_name", _("full name"), for_wecom or not_given),
        field("position", _("position"), for_wecom),
        _worded(contact, "type", _("type"), customer_type_words),
        gender,
        field("avatar", _("avatar"), not_given, Personal.NO),
        *_profile_fields(contact, for_wecom),
        *unknown_fields(contact),
    ]


def relation_fields(
    view: RelationView,
    app_type: AppType,
    *,
    customer_type: int | None,
    person: Callable[[str], str],
    time: Callable[[float], str],
    tag_name: Callable[[str], tuple[int, str] | None],
) -> list[Field]:
    """The follower's own fields about the customer; `person` names a userid, `tag_name` a tag id (kind, name)."""
    follow = view.follow
    if follow is None:
        return [Field("remark", _("remark"), FieldState.ABSENT)]
    mobiles_hidden = FieldState.NOT_GIVEN if app_type is not AppType.SELF_BUILT else None
    for_wechat = FieldState.NOT_FOR_WECOM if customer_type == WECOM_CUSTOMER else None
    return [
        _field(follow, "remark", _("remark"), None),
        _field(follow, "description", _("description"), None),
        _field(follow, "remark_corp_name", _("remark company"), for_wechat),
        _field(follow, "remark_mobiles", _("mobiles"), mobiles_hidden),
        *_tag_fields(follow, tag_name),
        replace(
            _worded(follow, "add_way", _("source"), lambda way: f"{way} {add_way_words(way)}"),
            note=add_way_note(follow.add_way),
        ),
        _field(follow, "state", _("channel"), None),
        replace(
            _worded(follow, "oper_userid", _("added by"), lambda userid: _added_by(userid, view, person)),
            personal=Personal.NO,
        ),
        _worded(follow, "createtime", _("added at"), time),
        _channels_field(follow),
        *unknown_fields(follow),
    ]


def unknown_fields(model: Payload) -> list[Field]:
    """Fields that WeCom returned and this program does not know, kept as they came."""
    return [
        Field(name, safe_text(name), FieldState.VALUE, tuple(_json_lines(value)), unknown=True)
        for name, value in (model.model_extra or {}).items()
    ]


def _field(
    model: Payload, name: str, label: str, why_not: FieldState | None, personal: Personal = Personal.TEXT
) -> Field:
    if name not in model.model_fields_set:
        return Field(name, label, why_not or FieldState.ABSENT)
    value: Any = getattr(model, name)
    if isinstance(value, list):
        lines = [line for entry in value for line in safe_lines(str(entry))]
    else:
        lines = [] if value is None else safe_lines(str(value))
    if not any(lines):
        return Field(name, label, why_not or FieldState.EMPTY)
    return Field(name, label, FieldState.VALUE, tuple(lines), personal)


def _worded(model: Payload, name: str, label: str, words: Callable[[Any], str]) -> Field:
    value: Any = getattr(model, name)
    if name not in model.model_fields_set:
        return Field(name, label, FieldState.ABSENT)
    if value is None or value == "":
        return Field(name, label, FieldState.EMPTY)
    return Field(name, label, FieldState.VALUE, (safe_text(words(value)),))


def _added_by(userid: str, view: RelationView, person: Callable[[str], str]) -> str:
    if userid.casefold() == view.userid.casefold():
        return _("{who} (added by the staff member)").format(who=person(userid))
    if userid[:2] in {"wo", "wm"}:
        return _("the customer ({id})").format(id=userid)
    return _("{who} (shared or assigned)").format(who=person(userid))


def _tag_fields(follow: FollowUser | FollowInfo, tag_name: Callable[[str], tuple[int, str] | None]) -> list[Field]:
    labels = {kind: _("{kind} tags").format(kind=tag_kind_words(kind)) for kind in TAG_KINDS}
    from console.wecom.models import FollowUser  # loaded by whoever made `follow`

    if isinstance(follow, FollowUser):
        if "tags" not in follow.model_fields_set:
            return [Field("tags", _("tags"), FieldState.ABSENT)]
        by_kind = _group((tag.type or 0, _tag_words(tag)) for tag in follow.tags or ())
    else:
        if "tag_id" not in follow.model_fields_set:
            return [Field("tags", _("tags"), FieldState.ABSENT)]
        by_kind = _group(tag_name(tag_id) or (0, tag_id) for tag_id in follow.tag_id or ())
    if not by_kind:
        return [Field("tags", _("tags"), FieldState.EMPTY)]
    return [
        Field(f"tags-{kind}", labels.get(kind, _("tags")), FieldState.VALUE, tuple(map(safe_text, names)))
        for kind, names in sorted(by_kind.items(), key=lambda item: (*TAG_KINDS, item[0]).index(item[0]))
    ]


def _group(named: Iterable[tuple[int, str]]) -> Mapping[int, list[str]]:
    groups: dict[int, list[str]] = {}
    for kind, name in named:
        groups.setdefault(kind, []).append(name)
    return groups


def _tag_words(tag: Tag) -> str:
    name = tag.tag_name or tag.tag_id or ""
    return f"{tag.group_name}: {name}" if tag.group_name else name


def _channels_field(follow: FollowUser | FollowInfo) -> Field:
    channels = follow.wechat_channels
    if channels is None:
        return Field("wechat_channels", _("channels account"), FieldState.ABSENT)
    source = wechat_channels_source_words(channels.source)
    words = f"{channels.nickname or ''} {source}".strip()
    return Field("wechat_channels", _("channels account"), FieldState.VALUE, (safe_text(words),))


def _profile_fields(contact: ExternalContact, why_not: FieldState | None) -> list[Field]:
    profile = contact.external_profile
    if profile is None:
        return [Field("external_profile", _("external profile"), why_not or FieldState.ABSENT)]
    lines = tuple(safe_text(line) for line in _profile_lines(profile))
    state = FieldState.VALUE if lines else FieldState.EMPTY
    return [Field("external_profile", _("external profile"), state, lines), *unknown_fields(profile)]


def _profile_lines(profile: ExternalProfile) -> Iterable[str]:
    if profile.external_corp_name:
        yield profile.external_corp_name
    for attribute in profile.external_attr or ():
        if attribute.text is not None:
            value = attribute.text.value or ""
        elif attribute.web is not None:
            value = f"{attribute.web.title or ''} {attribute.web.url or ''}"
        elif attribute.miniprogram is not None:
            mini = attribute.miniprogram
            value = _("mini program {title} {appid} {path}").format(
                title=mini.title or "", appid=mini.appid or "", path=mini.pagepath or ""
            )
        else:
            value = json.dumps(attribute.model_extra or {}, ensure_ascii=False)
        yield f"{attribute.name or ''}: {value.strip()}"


def _json_lines(value: object) -> list[str]:
    return [safe_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))]
