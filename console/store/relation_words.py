"""The search text of one relation, in sections, and the same as the search index takes it.

`relation_search` cuts every text into runs of three characters. A text that is spread, a mark before, between and
after its characters, so becomes an entry for each character (mark, it, mark) and one for each two that stand together:
any part of it is found, from one character on, which Chinese names need. Numbers stand as they are: three digits of
one are an entry, and one or two are found by all the entries that they begin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from zlib import crc32

from console.store.payloads import ContactColumns, FollowColumns
from console.store.words import digits, folded, id_words, initials

SECTIONS: Final = ("remark", "name", "company", "tags", "numbers", "description")
"""The texts that somebody may look into; behind them stand the ids, then the facts."""
_END_OF_SECTION: Final = "\x1e"
_ENTRY: Final = 3  # characters that the index cuts its texts into
_MARK: Final = "\x1f"
_APART: Final = _MARK * 2
_DIGITS: Final = re.compile("[0-9]{3,}")
_ONLY_DIGITS: Final = re.compile("(?:[0-9]{3,}(?:\n|$))*")

# Facts are single characters that nobody types, from Unicode's private planes.
_FIRST_WAY: Final = 0xF0000
_MOST_WAYS: Final = 1000
_FIRST_FLAG: Final = 0xF0400
_FIRST_FOLLOWER: Final = 0xF0500
_MOST_FOLLOWERS: Final = 0xFFFF
_FIRST_UNIONID: Final = 0x100500
_MOST_UNIONIDS: Final = 0xFA00

_WEEK: Final = 7 * 86400
_LAST_WEEK: Final = (1 << 13) - 1
_RELATION_BITS: Final = 38
_PROFILE_BITS: Final = 51


FLAGS: Final = ("any", "remark", "mobile", "unionid", "company", "tag", "description")
"""Facts that a relation has: `any` always, the others when it has no such text."""


def relation_words(
    follower_id: int,
    external_userid: str,
    contact: ContactColumns,
    fields: FollowColumns,
    tags: Sequence[str],
) -> str:
    """The search text: a section for each of `SECTIONS`, one of ids and one of facts, each of lines.

    `tags` are the names of the relation's tags.
    """
    company, corp = fields.company, contact.corp_name
    mobiles, description, unionid = fields.mobiles, fields.description, contact.unionid
    facts = _ANY
    facts += "" if fields.remark else _NO_REMARK
    facts += "" if mobiles else _NO_MOBILE
    facts += fact_unionid(unionid) if unionid else _NO_UNIONID
    facts += "" if company or corp else _NO_COMPANY
    facts += "" if tags else _NO_TAG
    facts += "" if description else _NO_DESCRIPTION
    way = fact_way(fields.add_way) if fields.add_way is not None else ""
    return _END_OF_SECTION.join(
        (
            _named(fields.remark) if fields.remark else "",
            _named(contact.name) if contact.name else "",
            "\n".join([_named(one) for one in (company, corp) if one]) if company or corp else "",
            "\n".join(map(_named, tags)) if tags else "",
            _numbers(mobiles) if mobiles else "",
            folded(description) if description else "",
            f"{id_words(external_userid)}\n{id_words(unionid)}" if unionid else id_words(external_userid),
            f"{fact_follower(follower_id)}{way}{facts}",
        )
    )


def search_columns(words: str) -> tuple[str, ...]:
    """What the index holds of a search text: a column for each of `SECTIONS`, and the facts."""
    remark, name, company, tags, numbers, description, _ids, facts = words.split(_END_OF_SECTION)
    runs = _DIGITS.findall(words)
    as_they_are = f"{_APART}{_APART.join(runs)}{_APART}" if runs else ""
    return (
        _spread(remark),
        _spread(name),
        _spread(company),
        _spread(tags),
        as_they_are if _ONLY_DIGITS.fullmatch(numbers) else _spread(numbers) + as_they_are,
        _spread(description),
        spread(facts),
    )


def spread(text: str) -> str:
    """A text with a mark before, between and after its characters."""
    return f"{_MARK}{_MARK.join(text)}{_MARK}"


def part_of(text: str) -> str:
    """What finds a text as a part of a spread one: nothing shorter than three characters."""
    return spread(text) if len(text) == 1 else _MARK.join(text)


def beginnings(number: str) -> list[str]:
    """The entries that one or two digits begin, among numbers that stand as they are."""
    following = [*"0123456789", _MARK]
    longer = [number]
    while len(longer[0]) < _ENTRY:
        longer = [one + digit for one in longer for digit in (following if one[-1] != _MARK else _MARK)]
    return longer


def fact_way(add_way: int) -> str:
    """The fact of an add_way; empty for a number that WeCom can't have meant."""
    return chr(_FIRST_WAY + add_way) if 0 <= add_way < _MOST_WAYS else ""


def fact_flag(name: str) -> str:
    """The fact of one of `FLAGS`."""
    return chr(_FIRST_FLAG + FLAGS.index(name))


def fact_follower(follower_id: int) -> str:
    """The fact of a follower's row id; two of more than 65,000 followers share one."""
    return chr(_FIRST_FOLLOWER + follower_id % _MOST_FOLLOWERS)


def fact_unionid(unionid: str) -> str:
    """The fact of a unionid, which a few others share."""
    return chr(_FIRST_UNIONID + crc32(unionid.encode()) % _MOST_UNIONIDS)


def place_of(profile_id: int, createtime: int | None, relation_id: int) -> int:
    """The rowid of a relation in the index: those of one profile together, in the order of the week they began."""
    week = min(max((createtime or 0) // _WEEK, 0), _LAST_WEEK)
    return profile_id << _PROFILE_BITS | week << _RELATION_BITS | relation_id


def places_of(profile_id: int) -> tuple[int, int]:
    """The first and the last rowid that a relation of a profile can have in the index."""
    return profile_id << _PROFILE_BITS, (profile_id + 1 << _PROFILE_BITS) - 1


RELATION_OF_PLACE: Final = (1 << _RELATION_BITS) - 1
"""A rowid of the index and this is the relation's id."""
WEEK_OF_PLACE: Final = _RELATION_BITS
"""A rowid of the index shifted by this is its profile and its week."""


@lru_cache(maxsize=1024)
def _named(text: str) -> str:
    """A name as it is compared, and its pinyin initials, a line each."""
    known = folded(text)
    return "\n".join((known, *initials(known)))


def _numbers(mobiles: str) -> str:
    """Each number as it is spelled, and its bare digits where that is something else, a line each."""
    if mobiles.isascii() and mobiles.replace("\n", "").isdigit():
        return mobiles
    spelled = [folded(number) for number in mobiles.split("\n")]
    return "\n".join(dict.fromkeys(line for known in spelled for line in (known, digits(known)) if line))


@lru_cache(maxsize=1024)
def _spread(section: str) -> str:
    return "".join(map(spread, section.split("\n"))) if section else ""


_ANY, _NO_REMARK, _NO_MOBILE, _NO_UNIONID, _NO_COMPANY, _NO_TAG, _NO_DESCRIPTION = map(fact_flag, FLAGS)
