"""What somebody typed to search all relations, taken apart: plain words, and fields such as `tag:VIP -remark:测试`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.store.query import Gone
from console.store.words import folded

_LONGEST = 200  # characters
_NEAR = 0.6  # of 1, how alike a wrong name must be to the right one
_NEAR_OF_TWO = 0.5  # the same for Chinese, where one of two characters is the half
_FIELD: Final = re.compile(r"(-?)([^\s:]+):(.*)", re.DOTALL)


class Field(StrEnum):
    """What a search can be narrowed to; the value is the name that is shown."""

    NAME = "name"
    REMARK = "remark"
    COMPANY = "company"
    TAG = "tag"
    MOBILE = "mobile"
    DESCRIPTION = "description"
    FOLLOWER = "follower"
    WAY = "way"
    UNIONID = "unionid"
    ID = "id"
    GONE = "gone"
    DUP = "dup"


NAMES: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.NAME: ("name", "昵称", "姓名", "名称"),
    Field.REMARK: ("remark", "备注"),
    Field.COMPANY: ("company", "corp", "企业", "公司"),
    Field.TAG: ("tag", "tags", "标签"),
    Field.MOBILE: ("mobile", "phone", "手机", "电话", "手机号"),
    Field.DESCRIPTION: ("description", "desc", "描述"),
    Field.FOLLOWER: ("follower", "跟进人", "服务人员", "员工"),
    Field.WAY: ("way", "source", "add_way", "来源", "添加方式"),
    Field.UNIONID: ("unionid",),
    Field.ID: ("id", "external_userid", "客户id"),
    Field.GONE: ("gone", "state", "状态"),
    Field.DUP: ("dup", "重复", "查重"),
}
"""The names of each field, the English and the Chinese one that are shown first."""
_BY_NAME: Final = {name: field for field, names in NAMES.items() for name in names}
_MAY_BE_NONE: Final = frozenset(
    {Field.NAME, Field.REMARK, Field.COMPANY, Field.TAG, Field.MOBILE, Field.DESCRIPTION, Field.UNIONID}
)
_NONE: Final = frozenset({"none", "无", "空"})
_TWICE: Final = frozenset({"dup", "重复"})
_GONE: Final[Mapping[str, Gone]] = {
    **dict.fromkeys(("yes", "gone", "是", "已移除", "移除"), "only"),
    **dict.fromkeys(("no", "active", "否", "在", "正常"), "exclude"),
    **dict.fromkeys(("all", "any", "全部"), "include"),
}
_NOT_GONE: Final[Mapping[str, Gone]] = {"only": "exclude", "exclude": "only"}
_DUPLICATES: Final = {
    **dict.fromkeys(("mobile", "phone", "手机", "电话"), "mobile"),
    "unionid": "unionid",
    **dict.fromkeys(("name", "昵称", "姓名"), "name"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: `value` is in the field (None: anywhere); `none`: the field has no value; `negative`: not so."""

    value: str
    field: Field | None = None
    none: bool = False
    negative: bool = False


@dataclass(frozen=True, slots=True)
class WrongField:
    """A word before a colon that names no field, and the nearest that does; or a value that a field can't have."""

    typed: str
    nearest: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """All conditions of a search; `gone` and `twice` (what must be somebody else's too) where they were asked for."""

    plain: str
    fields: tuple[Term, ...] = ()
    gone: Gone | None = None
    twice: tuple[str, ...] = ()
    wrong: WrongField | None = None

    @property
    def has_fields(self) -> bool:
        """Whether there is more than plain words."""
        return bool(self.fields or self.twice)


def parse(contains: str) -> Terms:
    """Take a search apart; a word with a colon that is near to no field's name is a plain word."""
    plain: list[str] = []
    fields: list[Term] = []
    gone: Gone | None = None
    twice: list[str] = []
    wrong: WrongField | None = None
    for word in folded(contains)[:_LONGEST].split(" "):
        found = _FIELD.fullmatch(word)
        name = found.group(2) if found else ""
        field = _BY_NAME.get(name)
        if found is None or field is None:
            plain.append(word)
            if found is not None and (near := nearest_field(name)):
                wrong = wrong or WrongField(name, near)
            continue
        value, negative = found.group(3), bool(found.group(1))
        if not value:
            continue
        if field is Field.GONE:
            gone = _GONE.get(value, gone)
            if negative:
                gone = _NOT_GONE.get(gone or "", gone)
            wrong = wrong or _wrong_value(name, value, _GONE)
        elif field is Field.DUP:
            if value in _DUPLICATES:
                twice.append(_DUPLICATES[value])
            wrong = wrong or _wrong_value(name, value, _DUPLICATES)
        elif value in _TWICE and field.value in _DUPLICATES:
            twice.append(_DUPLICATES[field.value])
        else:
            fields.append(Term(value, field, field in _MAY_BE_NONE and value in _NONE, negative))
    return Terms(" ".join(word for word in plain if word), tuple(fields), gone, tuple(dict.fromkeys(twice)), wrong)


def nearest_field(name: str) -> str:
    """The name of a field that somebody may have meant; empty when there is none like it."""
    return _nearest(name, list(_BY_NAME))


def _nearest(typed: str, known: list[str]) -> str:
    from difflib import get_close_matches  # here: only a mistake needs it

    near = get_close_matches(typed, known, 1, _NEAR if typed.isascii() else _NEAR_OF_TWO)
    return near[0] if near else ""


def _wrong_value(name: str, value: str, values: Mapping[str, str]) -> WrongField | None:
    if value in values:
        return None
    known = list(values)
    return WrongField(f"{name}:{value}", f"{name}:{_nearest(value, known) or known[0]}", tuple(known))
