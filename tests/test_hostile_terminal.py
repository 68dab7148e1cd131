"""Customers whose names attack the terminal: nothing of theirs but letters and marks is ever written to it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from console.sandbox import Options, Sandbox
from console.sandbox.cast import CUSTOMERS, MAIN
from tests.conftest import NOW
from tests.outside import home_on
from tests.pty_program import Program, program

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")

DETAIL = "/externalcontact/get"
# The shape of the mouse pointer: the one OSC of our own (copying is not part of this walk).
POINTER_SHAPE = re.compile(r"\x1b\]22;[a-z-]+\x07")
STRING_SEQUENCE = re.compile(r"\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f]")
# All C0 but the two that move the cursor and ESC; C1; bidi controls; characters without width; line separators.
CONTROL = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
# An escape sequence as it stands in a text, with the letter behind it: ours are never followed by theirs.
IN_A_TEXT = re.compile(r"\x1b\[[0-9;?]*[A-Za-z](?:[\u4e00-\u9fff]|\x1b\[H)|零\u200d宽")


def texts_of_customers() -> Iterator[str]:
    for customer in CUSTOMERS:
        yield from filter(None, (customer.name, customer.corp_name, customer.position))
        for note in customer.notes.values():
            yield from filter(None, (note.remark, note.company, note.description))


def their_sequences() -> list[str]:
    """Every escape sequence that stands in a customer's text, with the letter that follows it there."""
    return sorted({found for text in texts_of_customers() for found in IN_A_TEXT.findall(text)})


def attacks_in(written: bytes) -> list[str]:
    """What no program of ours writes to a terminal."""
    text = POINTER_SHAPE.sub("", written.decode("utf-8", "surrogateescape"))
    found = [hit.group() for pattern in (STRING_SEQUENCE, CONTROL) for hit in pattern.finditer(text)]
    return found + [sequence for sequence in their_sequences() if sequence in text]


RAW = re.compile(r"[\x00-\x1f\x7f-\x9f\u202e\u2067\u2028\u200b]")
HOSTILE = sorted({text for text in texts_of_customers() if RAW.search(text)})


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_the_search_finds_each_hostile_text_when_it_is_written_raw(text: str) -> None:
    assert attacks_in(b"\x1b[?1049h\x1b[1;31mCustomers\x1b[0m" + text.encode() + b"\r\n")


def test_the_search_takes_nothing_of_ours_for_an_attack() -> None:
    assert attacks_in("\x1b[?1049h\x1b[2;3H\x1b[38;2;1;2;3m李建国\x1b[0m \r\n\x1b[>1u\x1b[<u".encode()) == []


SHOWN = {
    "[/]李四": "[/]李四",
    "click": "[@click=app.quit]点我[/]",
    "红字": "<ESC>[1;31m红<ESC>[2J<ESC>[H",
    "剪贴板": "<ESC>]52;c;cm0gLXJmIH4=",
    "反向": "abc<U+202E>cba",
    "宽宽": "宽宽宽宽",
    "HYPER": '=HYPERLINK("http',
    "八位控制": "<U+009B>31m<U+009D>52;c;eA==",
}
"""What one searches for, and how the name then stands in the detail: markup as it was typed, attacks as marks."""


@pytest.fixture
def corp(start_sandbox: Callable[[Options], Sandbox]) -> Sandbox:
    return start_sandbox(Options(staff=8, customers=450, now=NOW))


def has_more(corp: Sandbox, asked: int) -> bool:
    return corp.requests[DETAIL] > asked


def find(console: Program, words: str) -> None:
    """Search in the find dialog and go to the first that it finds."""
    console.press("f")
    console.until_shown("Find anybody")
    console.paste(words)
    console.until_shown(r"\d+ relations?, all listed")
    console.press("enter")
    console.until_gone("Find anybody")


def test_a_walk_over_all_hostile_customers_writes_nothing_of_theirs_raw(corp: Sandbox, tmp_path: Path) -> None:
    with program(environ=home_on(corp, tmp_path), columns=140, rows=40) as console:
        console.until_shown("all followers|Followers 8")
        console.press("enter")
        console.until_shown(rf"{MAIN}'s customers \d+ .*read \d")
        console.press("home")
        console.until_shown(r"row 1 of \d\d")
        seen = console.text
        total = int(re.findall(r"row 1 of (\d+)", seen)[0])
        for row in (*range(7, total, 6), total):
            console.press(*["down"] * 6)
            console.until_shown(rf"row {row} of {total}")
            seen += console.text
        for name in ("[/]李四", "[@click=app", "<ESC>[31m红", "剪贴板", "反向", "八位控制"):
            assert name in seen

        console.press("/")
        for word in SHOWN:
            console.until_shown(rf"matches {total} of {total}, all read")
            console.paste(word)
            console.until_shown(rf"matches [1-9] of {total}")
            console.press("escape")
        console.until_shown(rf"matches {total} of {total}")
        console.press("escape")
        console.until_gone("matches")

        for word in ("[/]李四", "click", "红字", "剪贴板", "反向", "八位控制"):
            find(console, word)
            asked = corp.requests[DETAIL]
            console.press("r")
            console.until(partial(has_more, corp, asked), f"the detail of {word}")
            console.until_shown(r"│ name +" + re.escape(SHOWN[word]))
            console.press("v")
            console.until_shown("external_contact")
            console.press("escape")
            console.until_gone("external_contact")
            console.press("escape")
            console.until_shown(rf"row \d+ of {total}")

        assert attacks_in(bytes(console.written)) == []
        console.press("?")
        console.until_shown("Keys of this place")
        console.press("escape")
        console.until_gone("Keys of this place")
        console.press("q")
        assert console.ended() == 0
        assert console.left_in_order == []
