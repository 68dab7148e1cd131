"""Phone numbers as people paste them: taken apart, compared by their digits, changed one by one.

A number is normalised for comparing only; what is sent is what was typed, or what WeCom already had.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_BETWEEN: Final = re.compile(r"[\r\n,;\uff0c\u3001\uff1b]+")
_IGNORED: Final = re.compile(r"[\s\-\u2010-\u2015\u2212.()]+")
_NUMERIC: Final = re.compile(r"\+?[\d\-\u2010-\u2015\u2212.()]+")
_COUNTRY: Final = re.compile(r"(?:\+|00)?86(?=1\d{10}$)")
_COUNTRY_ALONE: Final = re.compile(r"(?:\+|00)?86")
_LETTER: Final = re.compile(r"[^\W\d_]")
_USUAL: Final = re.compile(r"\+?\d{7,15}")
_LONGEST: Final = 32
_MOBILE_DIGITS, _SERVICE_DIGITS, _LOCAL_DIGITS = 11, 10, 7


def parse_mobiles(text: str) -> tuple[str, ...]:
    """The numbers in a pasted text, in its order and spelling, duplicates kept.

    Line breaks, commas and semicolons, Chinese ones too, stand between numbers. A blank does so only between whole
    numbers: "138 0000 0001" is one, "13800000001 13912342280" are two; words beside a number stay with it.
    """
    return tuple(number for part in _BETWEEN.split(text) for number in _split_at_blanks(part))


@lru_cache(maxsize=8192)
def mobile_key(number: str) -> str:
    """What a number is compared by: without blanks, dashes, brackets, dots and +86, digits in ASCII."""
    plain = unicodedata.normalize("NFKC", number).casefold().strip()
    bare = _IGNORED.sub("", plain)
    return _COUNTRY.sub("", bare, count=1) or plain


def has_letters(number: str) -> bool:
    """Whether there is anything in it that reads as a word."""
    return bool(_LETTER.search(number))


def is_odd(number: str) -> bool:
    """Whether it does not look like a phone number: letters, too few digits or too many, or very long."""
    return len(number) > _LONGEST or not _USUAL.fullmatch(mobile_key(number))


@dataclass(frozen=True, slots=True)
class MobileChanges:
    """Numbers that come and numbers that go; the list itself is whatever is there when they are written.

    Each entry of `removed` takes away one entry of the list with the same digits, so one of two doubles can go.
    `order` is the list as the agent left it; what it does not name stands at the end.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def applied_to(self, numbers: Sequence[str]) -> tuple[str, ...]:
        """The list after these changes; numbers that stay keep their spelling."""
        gone = self.places_removed(numbers)
        kept = [number for place, number in enumerate(numbers) if place not in gone]
        places: dict[str, int] = {}
        for place, number in enumerate(self.order):
            places.setdefault(mobile_key(number), place)
        after = [*kept, *self.added]
        return tuple(sorted(after, key=lambda number: places.get(mobile_key(number), len(places))))

    def places_removed(self, numbers: Sequence[str]) -> frozenset[int]:
        """Which entries of a list go: of those with the same digits the one spelled alike, of doubles the last."""
        places: dict[str, list[int]] = {}
        for place, number in enumerate(numbers):
            places.setdefault(mobile_key(number), []).append(place)
        gone: set[int] = set()
        for number in self.removed:
            alike = places.get(mobile_key(number))
            if alike:
                place = next((place for place in reversed(alike) if numbers[place] == number), alike[-1])
                alike.remove(place)
                gone.add(place)
        return frozenset(gone)

    def carried_over(self, opened: Sequence[str], now: Sequence[str]) -> MobileChanges:
        """The same changes for the list that is there now: without what somebody else has done already.

        A number that was added meanwhile is not added twice; one that is gone needs no removing. Nothing that was
        not in `opened` is removed.
        """
        before, there = _count(opened), _count(now)
        added: list[str] = []
        for number in self.added:
            key = mobile_key(number)
            if there[key] > before[key]:
                there[key] -= 1
            else:
                added.append(number)
        there = _count(now)
        removed: list[str] = []
        for number in self.removed:
            key = mobile_key(number)
            if there[key]:
                there[key] -= 1
                removed.append(number)
        return MobileChanges(tuple(added), tuple(removed), self.order)

    def reversed_from(self, before: tuple[str, ...]) -> MobileChanges:
        """The changes that lead back to `before`, as far as these are concerned."""
        return MobileChanges(self.removed, self.added, before)


def mobile_changes(before: Sequence[str], wanted: Sequence[str]) -> MobileChanges:
    """What makes the list `wanted` out of `before`; another spelling of a number is no change, nor is another order."""
    missing = _count(before)
    added: list[str] = []
    for number in wanted:
        key = mobile_key(number)
        if missing[key]:
            missing[key] -= 1
        else:
            added.append(number)
    removed: list[str] = []
    for number in reversed(before):
        key = mobile_key(number)
        if missing[key]:
            missing[key] -= 1
            removed.append(number)
    return MobileChanges(tuple(added), tuple(reversed(removed)), tuple(wanted))


def same_numbers(first: Iterable[str], second: Iterable[str]) -> bool:
    """Whether two lists hold the same numbers, however spelled and in whatever order."""
    return _count(first) == _count(second)


def _count(numbers: Iterable[str]) -> Counter[str]:
    return Counter(map(mobile_key, numbers))


def _split_at_blanks(part: str) -> list[str]:
    pieces = part.split()
    if not all(_NUMERIC.fullmatch(unicodedata.normalize("NFKC", piece)) for piece in pieces):
        return [part.strip()]
    found: list[list[str]] = []
    for piece in pieces:
        if found and _goes_on(found[-1], piece):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [" ".join(pieces) for pieces in found]


def _goes_on(pieces: Sequence[str], following: str) -> bool:
    """Whether the next piece belongs to the number begun."""
    begun = _IGNORED.sub("", unicodedata.normalize("NFKC", "".join(pieces)))
    if _COUNTRY_ALONE.fullmatch(begun):
        return True
    return not _is_whole(begun) and not _is_whole_mobile(following) and not following.startswith("+")


def _is_whole(bare: str) -> bool:
    bare = _COUNTRY.sub("", bare, count=1)
    digits = len(bare.lstrip("+"))
    if bare.startswith(("+", "0", "1", "86")):
        return digits >= _MOBILE_DIGITS
    return digits >= (_SERVICE_DIGITS if bare.startswith(("400", "800")) else _LOCAL_DIGITS)


def _is_whole_mobile(piece: str) -> bool:
    key = mobile_key(piece)
    return key.startswith("1") and len(key) >= _MOBILE_DIGITS
