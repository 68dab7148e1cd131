"""How single Chinese characters are read: pypinyin's table, made small enough to stay in memory.

pypinyin is loaded when the first Chinese character is met (some 0.1 s, so never on the event loop), and let go of
once its table is here: it would keep 12 MB for what fits into half a one.
"""

from __future__ import annotations

import os
import sys
from array import array
from bisect import bisect_left
from functools import cache
from typing import NamedTuple


class _Table(NamedTuple):
    codes: array[int]
    """All characters that are known, ascending."""
    places: array[int]
    """For each of them, where its readings stand in `distinct`."""
    distinct: tuple[tuple[str, ...], ...]


def readings(char: str) -> tuple[str, ...]:
    """All readings of a character without tones, the usual one first; () for one that is unknown."""
    table = _table()
    at = bisect_left(table.codes, ord(char))
    return table.distinct[table.places[at]] if at < len(table.codes) and table.codes[at] == ord(char) else ()


@cache
def _table() -> _Table:
    # Single characters need no phrases, which would cost some 50 MB; pypinyin reads these when imported.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")
    from pypinyin import Style
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.style import convert

    @cache
    def plain(syllable: str) -> str:
        return str(convert(syllable, Style.NORMAL, strict=True, default=syllable))

    places: dict[tuple[str, ...], int] = {}
    known = sorted(PINYIN_DICT)
    found = array("H")
    for code in known:
        sounds = dict.fromkeys(map(plain, PINYIN_DICT[code].split(",")))
        sounded = tuple(sound for sound in sounds if sound.isascii() and sound.isalpha())
        found.append(places.setdefault(sounded, len(places)))
    for name in [name for name in sys.modules if name.partition(".")[0] == "pypinyin"]:
        del sys.modules[name]
    return _Table(array("L", known), found, tuple(places))
