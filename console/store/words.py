"""Search text: what is compared with what somebody types, and keys that sort Chinese by its sound.

Pure functions. How characters are read is loaded when the first Chinese one is met (some 0.1 s, so never on the
thread that draws).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

_LONGEST = 64  # characters of one text that get initials
_SPELLINGS = 12  # at most so many initials of one text
_KEY_LENGTH = 8  # characters that a sort key distinguishes
_LONGEST_NEEDLE = 200
_PART_OF_AN_ID = 8  # characters
_APART = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}  # the full-width forms, which `folded` never leaves

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f]+")
_NOT_DIGITS = re.compile(r"[\s()+.\-]+")
_NUMBER = re.compile(r"[\d\s()+.\-]*\d[\d\s()+.\-]*")


def folded(text: str) -> str:
    """The text as it is compared: without case, without full-width forms, every break one blank."""
    if text.isascii() and text.isprintable() and " " not in text:
        return text.lower()
    return _BREAKS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def digits(text: str) -> str:
    """A number without blanks, dashes, brackets, dots and plus signs; empty when it is not a number."""
    return _NOT_DIGITS.sub("", text) if _NUMBER.fullmatch(text) else ""


def search_words(
    names: Iterable[str | None],
    others: Iterable[str | None],
    numbers: Sequence[str],
    ids: Iterable[str | None] = (),
) -> str:
    """The search text of one row, a line each.

    `names` can be found by their pinyin initials too; of `numbers` also the bare digits are kept; `ids` are found
    by eight of their characters or more.
    """
    lines: list[str] = []
    for name in names:
        if name:
            known = folded(name)
            lines.append(known)
            lines.extend(initials(known))
    lines.extend(folded(other) for other in others if other)
    for number in numbers:
        known = folded(number)
        lines.append(known)
        bare = digits(known)
        if bare and bare != known:
            lines.append(bare)
    lines.extend(id_words(identity) for identity in ids if identity)
    return "\n".join(dict.fromkeys(line for line in lines if line))


def needles(contains: str, *, ids: bool = True) -> list[list[str]]:
    """What was typed, as terms that must all be found, each in one of its forms; `ids`: also as a part of an id."""
    known = folded(contains)[:_LONGEST_NEEDLE]
    terms: list[list[str]] = []
    for term in known.split(" "):
        if term:
            bare = digits(term)
            forms = [term, bare] if bare and bare != term else [term]
            terms.append([*forms, id_words(term)] if ids and len(term) >= _PART_OF_AN_ID else forms)
    return terms


def id_words(identity: str) -> str:
    """An id in characters that nobody types, so that a few letters in a search do not match every id."""
    return folded(identity).translate(_APART)


def whole_number(contains: str) -> str:
    """The digits of what was typed when all of it is one number written with blanks, else empty."""
    known = folded(contains)[:_LONGEST_NEEDLE]
    return digits(known) if " " in known else ""


@lru_cache(maxsize=1024)
def initials(text: str) -> tuple[str, ...]:
    """The pinyin initials of a folded text: letters and digits stay, other signs go.

    With characters of several readings there are several, the likeliest first, at most twelve. Empty for
    a text without Chinese.
    """
    heard = [readings if (readings := _first_letters(char)) else (char,) for char in text[:_LONGEST] if char.isalnum()]
    if not any(_is_chinese(char) for char in text[:_LONGEST]):
        return ()
    likeliest = [choices[0] for choices in heard]
    spellings = ["".join(likeliest)]
    # One character read otherwise, then two, so that a limit cuts the unlikely ones.
    previous: list[tuple[int, list[str]]] = [(0, likeliest)]
    while previous and len(spellings) < _SPELLINGS:
        following: list[tuple[int, list[str]]] = []
        for start, spelling in previous:
            for place in range(start, len(heard)):
                for other in heard[place][1:]:
                    changed = [*spelling[:place], other, *spelling[place + 1 :]]
                    spellings.append("".join(changed))
                    following.append((place + 1, changed))
                    if len(spellings) == _SPELLINGS:
                        return tuple(spellings)
        previous = following
    return tuple(spellings)


def sort_key(*texts: str | None) -> str | None:
    """A key that sorts the first text that is not empty: Chinese by pinyin among Latin letters, without case.

    None when there is no text, so that rows without one can stand last.
    """
    for text in texts:
        if text and (key := _key(text)):
            return key
    return None


@lru_cache(maxsize=1024)
def _key(text: str) -> str:
    return "".join(map(_sounded, folded(text)[:_KEY_LENGTH]))


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char == "\u3007" or "\U00020000" <= char <= "\U0003ffff"


@cache
def _sounded(char: str) -> str:
    sounds = _readings(char) if _is_chinese(char) else ()
    # The character behind its sound keeps those of one sound together.
    return f"{sounds[0]} {char} " if sounds else char


@cache
def _first_letters(char: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading[0] for reading in _readings(char))) if _is_chinese(char) else ()


def _readings(char: str) -> tuple[str, ...]:
    from console.store.pinyin import readings  # here: only Chinese pays for it

    return readings(char)
