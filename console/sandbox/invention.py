"""Customers and relations invented from a seed: every field is drawn from a hash of who it is about."""

from __future__ import annotations

from hashlib import blake2b
from struct import unpack

from console.sandbox import words
from console.sandbox.identity import Identities
from console.sandbox.records import WECHAT, WECOM, Person, Relation
from console.sandbox.taglib import LIVE

DAY = 86_400
HOUR = 3_600
OLDEST_DAYS = 900
CAST_DAYS = 150
"""The first follower's invented customers are older than this, so that the written ones stand on top."""

NOTHING: dict[str, object] = {}
_WAYS = (
    *(1,) * 20, *(2,) * 5, *(3,) * 5, *(4,) * 6, *(16,) * 5, *(9, 201, 202, 10) * 2,
    0, 0, 0, 5, 6, 7, 8, 11, 12, 13, 14, 15, 17, 18, 21, 22, 23, 24,
)  # fmt: skip
_MOBILE_HEADS = (
    "130",
    "133",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "158",
    "159",
    "177",
    "180",
    "186",
    "188",
)
_MOBILE_MIDDLES = ("0000", "1234", "5678", "1111")


def invent_person(seed: int, number: int, identities: Identities) -> Person:
    """A customer in retail, decoration, education or health; WeChat's mostly, WeCom's now and then."""
    draw = _draw(f"{seed}/person/{number}")
    surname = surname_of(seed, number)
    given = words.GIVEN[draw[1] % len(words.GIVEN)][0]
    if draw[2] % 100 < 15:
        return _colleague_elsewhere(surname + given, draw)
    style = draw[2] % 10
    if style < 4:
        name = surname + given
    elif style == 4:
        name = f"A{words.TRADES[draw[3] % len(words.TRADES)]}{surname}{words.TITLES[draw[4] % len(words.TITLES)]}"
    elif style == 5:
        name = f"{surname}{given}@{words.REMARK_COMPANIES[draw[3] % len(words.REMARK_COMPANIES)]}"
    elif style == 6:
        name = given + words.EMOJI[draw[3] % len(words.EMOJI)]
    else:
        name = words.NICKNAMES[draw[3] % len(words.NICKNAMES)]
    return Person(
        name=name,
        type=WECHAT,
        gender=draw[5] % 3,
        avatar=_avatar(draw) if draw[6] % 10 else None,
        unionid=identities.unionid(number) if draw[7] % 5 < 3 else None,
    )


def surname_of(seed: int, number: int) -> str:
    """The surname that a customer has and that followers call them by."""
    return words.SURNAMES[(number * 2_654_435_761 + seed * 97 >> 5) % len(words.SURNAMES)][0]


def _colleague_elsewhere(name: str, draw: tuple[int, ...]) -> Person:
    short, full, position = words.COMPANIES[draw[3] % len(words.COMPANIES)]
    profile: dict[str, object] = {
        "external_corp_name": short,
        "external_attr": [
            {"type": 0, "name": "职位", "text": {"value": position}},
            {"type": 1, "name": "官网", "web": {"url": f"https://{draw[4]:x}.example/", "title": short}},
            {
                "type": 2,
                "name": "预约",
                "miniprogram": {
                    "appid": f"wx{draw[5]:04x}{draw[6]:04x}ab12cd34",
                    "pagepath": "/index",
                    "title": "在线预约",
                },
            },
        ][: 1 + draw[7] % 3],
    }
    return Person(
        name=name,
        type=WECOM,
        gender=draw[5] % 3,
        avatar=_avatar(draw),
        position=position if draw[8] % 4 else None,
        corp_name=short,
        corp_full_name=full,
        external_profile=profile if draw[9] % 3 else None,
    )


def invent_relation(seed: int, person: int, member: int, now: float, surname: str, *, own_cast: bool) -> Relation:
    """What a member of staff may well have written about a customer."""
    draw = _draw(f"{seed}/relation/{person}/{member}")
    add_way = _WAYS[draw[0] % len(_WAYS)]
    newest = CAST_DAYS if own_cast else 1
    days = newest + (draw[1] * draw[2] >> 16) * (OLDEST_DAYS - newest) // 65_536
    company_tags, rule_tags = LIVE
    tags = [company_tags[draw[3] % len(company_tags)]] if draw[3] % 5 < 2 else []
    if draw[4] % 4 == 0:
        tags.append(rule_tags[draw[4] // 4 % len(rule_tags)])
    personal = words.PERSONAL_TAGS[draw[5] // 8 % len(words.PERSONAL_TAGS)] if draw[5] % 8 == 0 else None
    return Relation(
        remark=_remark(draw, surname),
        createtime=_morning(now, days) + draw[6] % (13 * HOUR),
        description=_description(draw[7]),
        tags=tuple(tags) if tags or draw[8] % 3 else None,
        personal_tags=(personal,) if personal else (),
        company=words.REMARK_COMPANIES[draw[9] // 5 % len(words.REMARK_COMPANIES)] if draw[9] % 5 == 0 else None,
        mobiles=_mobiles(draw),
        add_way=add_way,
        started_by=_starter(add_way, draw[12]),
        state=words.STATES[draw[13] % len(words.STATES)] if add_way in (1, 16) and draw[13] % 2 else None,
        channel=(words.CHANNELS[draw[14] % len(words.CHANNELS)], draw[14] % 4) if add_way == 10 else None,
        unknown={"x_level": draw[15] % 5 + 1} if draw[15] % 41 == 0 else NOTHING,
    )


OWN = "\0own"
"""Stands in `Relation.started_by` for the follower of the relation."""


def _starter(add_way: int, draw: int) -> str | None:
    if add_way in (201, 202):
        return "chenmin"
    return OWN if draw % 5 < 3 else None


def _morning(now: float, days: int) -> int:
    """Eight o'clock in China, so many days ago."""
    return (int(now) + 8 * HOUR) // DAY * DAY - days * DAY


def _remark(draw: tuple[int, ...], surname: str) -> str:
    style = draw[11] % 12
    if style < 3:
        return ""
    if style < 8:
        return surname + words.TITLES[draw[11] // 12 % len(words.TITLES)]
    if style < 10:
        return f"{surname}{words.TITLES[draw[11] // 12 % len(words.TITLES)]} {words.NOTES[draw[2] % len(words.NOTES)]}"
    return f"{words.ESTATES[draw[2] % len(words.ESTATES)]} {draw[3] % 20 + 1}-{draw[4] % 18 + 1}0{draw[5] % 4 + 1}"


def _description(draw: int) -> str | None:
    if draw % 10 < 3:
        return words.DESCRIPTIONS[draw // 10 % len(words.DESCRIPTIONS)]
    return None if draw % 10 == 9 else ""


def _mobiles(draw: tuple[int, ...]) -> tuple[str, ...] | None:
    choice = draw[12] % 10
    if choice >= 6:
        return () if choice < 9 else None
    numbers = (draw[13], draw[14], draw[15])[: 1 + (choice == 4) + 2 * (choice == 5)]
    return tuple(
        _MOBILE_HEADS[number % len(_MOBILE_HEADS)]
        + _MOBILE_MIDDLES[number // 16 % len(_MOBILE_MIDDLES)]
        + f"{number * 7919 % 10_000:04d}"
        for number in numbers
    )


def _avatar(draw: tuple[int, ...]) -> str:
    return f"https://wx.qlogo.cn/mmhead/Q3auHgzwzM{draw[8]:04x}{draw[9]:04x}{draw[10]:04x}/0"


def _draw(what: str) -> tuple[int, ...]:
    """Sixteen numbers below 65,536 that belong to `what`."""
    return unpack("<16H", blake2b(what.encode(), digest_size=32).digest())
