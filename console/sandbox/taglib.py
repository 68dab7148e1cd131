"""The corp's tag library: company tags (et..) and rule-group tags (st..)."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

COMPANY, PERSONAL, RULE = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag; `deleted` ones are only told of when asked for by id."""

    id: str
    name: str
    group: str
    kind: int
    order: int
    deleted: bool = False


def _id(prefix: str, name: str) -> str:
    return f"{prefix}AJ2GCAAA" + blake2b(name.encode(), digest_size=11).hexdigest()


def _tags(groups: str, kind: int, prefix: str) -> list[Tag]:
    made: list[Tag] = []
    for line in groups.split(";"):
        group, names = line.split(":")
        for order, name in enumerate(reversed(names.split())):
            made.append(Tag(_id(prefix, f"{group}/{name}"), name.strip("~"), group, kind, order, "~" in name))
    return made


TAGS: tuple[Tag, ...] = tuple(
    _tags(
        "客户等级:重点客户 VIP 普通 潜在;行业:装修 零售 教育 诊所 餐饮 物业;"
        "阶段:初次咨询 已量房 报价中 已签约 售后 流失;"
        "来源渠道:展会 门店 老客户介绍 直播 小程序;活动:双十一 年货节 ~春季团购",
        COMPANY,
        "et",
    )
    + _tags("意向:高意向 中意向 低意向;互动:七天内有互动 三十天没互动;生命周期:新客户 老客户 沉睡", RULE, "st")
)
NUMBERS: dict[str, int] = {tag.name: number for number, tag in enumerate(TAGS)}
BY_ID: dict[str, Tag] = {tag.id: tag for tag in TAGS}
LIVE: tuple[tuple[int, ...], tuple[int, ...]] = (
    tuple(at for at, tag in enumerate(TAGS) if tag.kind == COMPANY and not tag.deleted),
    tuple(at for at, tag in enumerate(TAGS) if tag.kind == RULE),
)


def group_id(group: str, kind: int) -> str:
    """The id of a tag group."""
    return _id("et" if kind == COMPANY else "st", f"group/{group}")
