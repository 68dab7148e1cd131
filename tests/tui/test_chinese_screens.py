"""In Chinese no screen shows an English word, apart from names, keys and the field's own terms; all bear a resize."""

from __future__ import annotations

import re

import pytest

from tests.morning import have_a_morning
from tests.tui.conftest import LOW, NARROW, WIDE, OpenApp, Walk, rows_of

WORD = re.compile(r"[A-Za-z][A-Za-z_-]+")
KEYS = frozenset(WORD.findall("Enter Esc Tab Down Left Right Home PgUp PgDn Shift Ctrl"))
TERMS = frozenset(
    WORD.findall(
        "Secret Token Excel Linux Python wecom-console xterm unionid openid userid external_userid access_token "
        "corp-secret callback-token encoding-aes-key EncodingAESKey"
    )
)
ADDRESSES = frozenset(WORD.findall("http https qlogo mmhead pages config toml store xlsx jsonl"))
SHORTEST = 4  # letters: what is shorter, or has a digit beside it, is a part of an ID
SCREENS: dict[str, tuple[str, ...]] = {
    "followers": (),
    "customers": ("enter",),
    "sort": ("s",),
    "export": ("x",),
    "served contacts": ("c",),
    "detail": ("c", "enter"),
    "edit": ("e",),
    "what would be written": ("e", "end", "z", "f8"),
    "timeline": ("t",),
    "duplicates": ("d",),
    "copy": ("y",),
    "find": ("f",),
    "nobody found": ("f", "z", "z", "z"),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
    "events": ("2",),
    "effects": ("2", "tab"),
    "convert": ("3",),
    "converted": ("3", "f8"),
    "sync": ("4",),
    "synced": ("4", "f8"),
    "record": ("5",),
    "profile": ("6",),
    "check-up": ("6", "end"),
}
"""The keys that lead there from pane 1, one after the other: each begins where the one before left the pane."""


def english_on(walk: Walk, of_people: set[str]) -> set[str]:
    """The words of Latin letters on the screen that nobody's data and no term brings there."""
    found = set()
    for match in WORD.finditer(walk.screen):
        around = walk.screen[max(0, match.start() - 1) : match.end() + 1]
        word = match.group().strip("_-")
        if len(word) >= SHORTEST and not re.search(r"[0-9.*/@=_]", around) and not word.isupper():
            found.add(word)
    ours = found - KEYS - TERMS - ADDRESSES
    return {word for word in ours if not any(known.startswith(word) for known in of_people)}  # a name may be cut


@pytest.mark.parametrize("size", [LOW, WIDE], ids=["low", "wide"])
async def test_no_english_word_is_left(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(size, lang="zh") as walk:
        await have_a_morning(walk.app, walk.sandbox)
        people = {row.userid for row in walk.app.session.records.followers.rows()}
        people |= {word for row in walk.followers() for cell in row for word in WORD.findall(cell)}
        people |= {
            word for row in rows_of(walk.app.pane.customers.table) for cell in row for word in WORD.findall(cell)
        }
        left: dict[str, set[str]] = {}
        for where, keys in SCREENS.items():
            await walk.app.close_dialogs()
            await walk.press("1", *keys)
            for width, height in (size, NARROW, size) if size == LOW else (size,):
                shown = type(walk.app.screen), walk.place
                await walk.resize(width, height)
                assert (type(walk.app.screen), walk.place) == shown, f"{where} at {width}x{height}"
                if words := english_on(walk, people):
                    left[f"{where} at {width}x{height}"] = words
        assert left == {}


async def test_a_planted_english_word_is_found(open_app: OpenApp) -> None:
    async with open_app(LOW, lang="zh") as walk:
        walk.app.say("a forgotten sentence")
        await walk.settle()
        assert english_on(walk, set()) >= {"forgotten", "sentence"}
