"""Text from outside, made safe to show: one line, measured in cells, masked where it is personal.

What happens to a character that is not what it seems:

- shown as a mark: controls (`<ESC>`, `<U+009B>`), everything that turns the direction of writing, invisible
  and zero-width characters, fillers, line and paragraph separators, tag characters, private use, lone
  surrogates, noncharacters, unassigned code points; a joiner, tone or combining mark with nothing to join.
- dropped: variation selectors (they only choose a glyph), and combining marks beyond the fourth on one base.
- a plain blank: the no-break, thin, mathematical and Braille blanks. The ideographic space stays.
- kept: a joiner, a variation selector or tags inside a real emoji sequence, and combining marks on a base.

Nothing here reads or writes markup: a `[` is a `[`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from console.emoji import SEQUENCE

# Characters that need no second look, whatever stands beside them: printable ASCII, Latin, kana, Han, Hangul,
# full-width forms, ordinary punctuation and the common pictures. The rest is looked at one by one.
_PLAIN = (
    " -~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u052f"
    "\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2100-\u218b\u2190-\u2426\u2460-\u27ff\u2900-\u2b73"
    "\u3000-\u3029\u3030-\u303d\u3041-\u3096\u309b-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff9f\uffe0-\uffe6\U0001f300-\U0001f3fa\U0001f400-\U0001faff"
    "\U00020000-\U0002a6df"
)
_ALL_PLAIN = re.compile(f"[{_PLAIN}]*").fullmatch

_NAMES = {
    0: "NUL",
    7: "BEL",
    8: "BS",
    9: "TAB",
    10: "LF",
    11: "VT",
    12: "FF",
    13: "CR",
    27: "ESC",
    127: "DEL",
}
_COMBINING_MOST = 4
_INVISIBLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LINE_BREAK = re.compile("\r\n|\n|\r")
_PHONE_IN_TEXT = re.compile(r"(?<!\d)(?:1\d{2}([ -])\d{4}\1\d{4}|[48]00([ -]?)\d{3,4}\2\d{3,4}|\d{7,})(?!\d)")
_COUNTRY = re.compile(r"\s*(?:\+|00)86[ -]?")


def safe_text(value: str) -> str:
    """`value` as one line that cannot act on a terminal, a log or a spreadsheet's screen; idempotent."""
    if _ALL_PLAIN(value):
        return value
    return _safe(value)


def typable(value: str) -> str:
    """One line as a field may hold it: without what `safe_text` would mark, which comes along with a paste."""
    return value if _ALL_PLAIN(value) else _rewrite(value, _drop, _drop, _blank)


def safe_lines(value: str) -> list[str]:
    """As `safe_text`, for text of several lines: CR LF, LF and CR end a line, and nothing else does."""
    return [safe_text(line) for line in _LINE_BREAK.split(value)]


def json_safe(document: object) -> str:
    """`document` as JSON on one line: lossless, Chinese as it is, what `safe_text` would change as `\\uXXXX`.

    Raises TypeError for what JSON cannot hold.
    """
    text = json.dumps(document, ensure_ascii=False)
    if _ALL_PLAIN(text):
        return text
    return _rewrite(text, _json_escape, _json_escape, _json_escape)


def json_lines(document: object) -> list[str]:
    """The same indented, to be read: a string for each line."""
    lines = json.dumps(document, ensure_ascii=False, indent=2).split("\n")
    return [line if _ALL_PLAIN(line) else _rewrite(line, _json_escape, _json_escape, _json_escape) for line in lines]


def mask_phone(value: str) -> str:
    """A phone number with its middle hidden: `139****2280`; a short one keeps one digit."""
    country = _COUNTRY.match(value)
    start = country.end() if country else 0
    digits = [place for place in range(start, len(value)) if value[place].isdecimal()]
    if len(digits) >= 10:
        hidden = digits[3:-4]
    elif len(digits) >= 7:
        hidden = digits[2:-2]
    else:
        hidden = digits[1:]
    gone = frozenset(hidden)
    return "".join("*" if place in gone else character for place, character in enumerate(value))


def mask_id(value: str) -> str:
    """An id of a person with its middle hidden: `oLx7s5Qd****Qk2M`; a short one shows less of itself."""
    if len(value) >= 20:
        return f"{value[:8]}****{value[-4:]}"
    if len(value) >= 10:
        return f"{value[:2]}****{value[-2:]}"
    return "****" if value else ""


def mask_text(value: str) -> str:
    """Free text with every phone number, and any other run of seven digits or more, masked."""
    return _PHONE_IN_TEXT.sub(lambda found: mask_phone(found.group()), value)


def cell_width(value: str) -> int:
    """How many terminal cells `value` takes, by the same measure that Textual draws with."""
    if value.isascii() and value.isprintable():
        return len(value)
    return _rich_measure()(value)


def crop(value: str, width: int, *, mark: str = "..") -> str:
    """`value` cut to at most `width` cells, ending in `mark` if cut; a joined emoji stays whole."""
    if cell_width(value) <= width:
        return value
    if width <= 0:
        return ""
    room = width - cell_width(mark)
    if room < 0:
        return crop(mark, width, mark="")
    taken = 0
    end = 0
    for start, stop in _clusters(value):
        taken += cell_width(value[start:stop])
        if taken > room:
            break
        end = stop
    cut = value[:end] + mark
    return cut if cell_width(cut) <= width else crop(safe_text(value), width, mark=mark)


def fit(value: str, width: int, *, right: bool = False, mark: str = "..") -> str:
    """`value` cropped and padded with blanks to exactly `width` cells; `right` aligns it to the right."""
    shown = crop(value, width, mark=mark)
    blanks = " " * (max(width, 0) - cell_width(shown))
    fitted = blanks + shown if right else shown + blanks
    if not blanks or cell_width(fitted) == width:
        return fitted
    return fit(safe_text(value), width, right=right, mark=mark)


def _mark(character: str) -> str:
    code = ord(character)
    return f"<{_NAMES[code]}>" if code in _NAMES else f"<U+{code:04X}>"


def _drop(_character: str) -> str:
    return ""


def _blank(_character: str) -> str:
    return " "


def _json_escape(character: str) -> str:
    return json.dumps(character)[1:-1]


@lru_cache(maxsize=4096)
def _safe(value: str) -> str:
    return _rewrite(value, _mark, _drop, _blank)


@cache
def _pieces() -> re.Pattern[str]:
    """Text in pieces: a joined emoji, a run of plain characters nothing attaches to, or one character."""
    followers = "\u200d\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0067"
    selectors = "\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d\u180f"
    blanks = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800"
    return re.compile(
        f"(?P<emoji>{SEQUENCE})|(?P<plain>(?:[{_PLAIN}](?![{followers}]))+)"
        f"|(?P<selector>[{selectors}])|(?P<blank>[{blanks}])|(?P<other>.)",
        re.DOTALL,
    )


def _rewrite(value: str, mark: Callable[[str], str], drop: Callable[[str], str], blank: Callable[[str], str]) -> str:
    """`value` with each character that must not stand replaced by what one of the functions makes of it."""
    out: list[str] = []
    based = False  # is there something that a combining mark could combine with
    combined = 0
    for piece in _pieces().finditer(value):
        found = piece.group()
        kind = piece.lastgroup
        if kind == "other":
            kind = _kind(found)
        if kind == "selector":
            out.append(drop(found))
            continue
        if kind == "combining" and based:
            combined += 1
            out.append(found if combined <= _COMBINING_MOST else drop(found))
            continue
        if kind == "blank":
            found = blank(found)
        elif kind in ("mark", "combining"):
            found = mark(found)
        out.append(found)
        based = True
        combined = 0
    return "".join(out)


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """What to do with one character that stands outside an emoji: `mark`, `combining` or `kept`."""
    code = ord(character)
    category = unicodedata.category(character)
    if character in _INVISIBLE_LETTERS or 0x1F3FB <= code <= 0x1F3FF:
        return "mark"
    if category[0] == "M" or 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF:
        return "combining"
    if category in _UNPRINTABLE:
        future_han = category == "Cn" and 0x20000 <= code <= 0x3FFFF and code & 0xFFFF < 0xFFFE
        return "kept" if future_han else "mark"
    return "kept"


def _clusters(value: str) -> Iterator[tuple[int, int]]:
    """Where the parts of `value` that must stay together start and end: an emoji, a base with its marks."""
    start = end = 0
    for piece in _cluster_pieces().finditer(value):
        if end > start and cell_width(piece.group()):
            yield start, end
            start = end
        end = piece.end()
    if end > start:
        yield start, end


@cache
def _cluster_pieces() -> re.Pattern[str]:
    return re.compile(f"{SEQUENCE}|.", re.DOTALL)


@cache
def _rich_measure() -> Callable[[str], int]:
    from rich.cells import cell_len  # here, so that a command without a table does not load it

    return cell_len
