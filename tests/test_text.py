"""Text from outside cannot act on a terminal, and what is drawn has exactly the width that was asked for."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from console import text
from console.text import (
    cell_width,
    crop,
    fit,
    json_safe,
    mask_id,
    mask_phone,
    mask_text,
    safe_lines,
    safe_text,
)

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
KISS = "\U0001f469\U0001f3fb\u200d\u2764\ufe0f\u200d\U0001f48b\u200d\U0001f468\U0001f3fd"
TRICKY = [
    *"\x00\x07\x1b\x7f\x85\x9b\n\r\t\u00a0\u00ad\u034f\u061c\u115f\u1161\u17b4\u180b\u180e\u200b\u200c\u200d\u200e",
    *"\u2028\u202a\u202e\u2060\u2066\u2069\u20e3\u2800\u3164\ufe0e\ufe0f\ufeff\uffa0\ufff9\ufffe\ue000\u0301\u0489",
    *"\U000e0001\U000e0067\U000e007f\U000e0100\U0001f1e8\U0001f1f3\U0001f3f4\U0001f3fb\U0001f468\U0001f469\U0001d173",
    *"\u2764\u0e33\u1100\u0bc6\u0627\u05d0李ａ\u3000 a1#*[]",
    "\ud800",
    "\udfff",
    FAMILY,
    SCOTLAND,
    KISS,
]
outside_text = st.lists(st.sampled_from(TRICKY) | st.characters(codec=None), max_size=40).map("".join)

JOINER_AND_KIN = {"\u200d", "\ufe0f", "\U000e007f", *SCOTLAND[1:]}
FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def forbidden_characters(shown: str) -> set[str]:
    """What must never be left: the invisible, what acts on the terminal or turns the writing."""
    left = {c for c in shown if unicodedata.category(c) in FORBIDDEN} - JOINER_AND_KIN
    return left | (set(shown) & set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u00a0\ufe0e"))


@given(outside_text)
@example("a" + "\u200d" + FAMILY)
@example("1\ufe0f\ufe0f\u20e3")
def test_no_dangerous_character_is_left_and_a_second_pass_changes_nothing(value: str) -> None:
    shown = safe_text(value)
    assert forbidden_characters(shown) == set()
    assert safe_text(shown) == shown
    shown.encode("utf-8")


@given(outside_text)
def test_a_joiner_a_selector_or_a_tag_is_left_only_inside_an_emoji(value: str) -> None:
    for place, character in enumerate(shown := safe_text(value)):
        before = shown[:place][-1:]
        if character == "\u200d":
            after = shown[place + 1 :][:1]
            assert before in {"\ufe0f", *(chr(tone) for tone in range(0x1F3FB, 0x1F400))} or ord(before) > 0xA8
            assert ord(after) > 0xA8
            assert after != "\u200d"
        elif character == "\ufe0f":
            assert before in "0123456789#*" or unicodedata.category(before) in {
                "So",
                "Sk",
                "Cn",
                "Po",
                "Sm",
                "Ll",
            }
        elif 0xE0000 <= ord(character) <= 0xE007F:
            assert "\U0001f3f4" in shown[max(0, place - 6) : place]


@given(st.characters(codec=None), st.integers(0, 30))
def test_at_most_four_marks_stand_on_one_base(base: str, many: int) -> None:
    assert safe_text(base + "\u0301" * many).count("\u0301") <= 4


@pytest.mark.parametrize(
    "name",
    [
        "李建国",
        "zhangwei",
        "[/]李四",
        "[@click=app.quit]",
        "王小明(北京)",
        "김철수",
        "Zoë",
        "Łukasz",
        "田中　太郎",
        "１２３",
        "葛城",
    ],
)
def test_ordinary_names_and_markup_stay_as_they_are(name: str) -> None:
    assert safe_text(name) == name


@pytest.mark.parametrize(
    "emoji",
    [FAMILY, KISS, SCOTLAND, "1\ufe0f\u20e3", "❤\ufe0f", "🇨🇳", "👍🏽", "🏃🏽\u200d♀\ufe0f", "\U0001fae9"],
)
def test_real_emoji_stay_whole(emoji: str) -> None:
    assert safe_text(emoji) == emoji
    assert safe_text(f"李{emoji}家") == f"李{emoji}家"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("\x1b[31m红\x1b[0m", "<ESC>[31m红<ESC>[0m"),
        ("\x1b]52;c;aGk=\x07", "<ESC>]52;c;aGk=<BEL>"),
        ("a\nb\tc\rd", "a<LF>b<TAB>c<CR>d"),
        ("\x9b2J", "<U+009B>2J"),
        ("\u202e李四", "<U+202E>李四"),
        ("李\u200b四", "李<U+200B>四"),
        ("李\u200d四", "李<U+200D>四"),
        ("\u3164", "<U+3164>"),
        ("\ud800", "<U+D800>"),
        ("\ue000\ufffe\U000e0041", "<U+E000><U+FFFE><U+E0041>"),
        ("\u2800", " "),
        ("138\u00a00000", "138 0000"),
        ("葛\U000e0100\ufe00", "葛"),
        ("\u0301x", "<U+0301>x"),
        ("\U0001f3fb", "<U+1F3FB>"),
        ("👩" * 2 + "\u200d", "👩👩<U+200D>"),
        ("", ""),
    ],
)
def test_what_each_class_of_character_becomes(value: str, shown: str) -> None:
    assert safe_text(value) == shown


def test_a_chain_of_joined_pictures_is_cut_after_four_since_its_width_would_be_anything() -> None:
    chain = "\u200d".join("👨" * 8)
    assert safe_text(chain) == "\u200d".join("👨" * 4) + "<U+200D>" + "\u200d".join("👨" * 4)


def test_only_real_line_breaks_split_lines() -> None:
    assert safe_lines("一\r\n二\n\n三\r四\u2028五\x0b六") == ["一", "二", "", "三", "四<U+2028>五<VT>六"]


@given(outside_text)
def test_json_loses_nothing_and_holds_nothing_dangerous(value: str) -> None:
    document = {"name": value, value: [1, None, True]}
    printed = json_safe(document)
    assert json.loads(printed) == json.loads(json.dumps(document))
    assert forbidden_characters(printed) == set()
    assert "\n" not in printed


def test_json_keeps_chinese_and_emoji_readable() -> None:
    assert json_safe({"name": f"李{FAMILY}", "n": 1}) == f'{{"name": "李{FAMILY}", "n": 1}}'
    assert json_safe("\x1b\u202e\U000e0041") == '"\\u001b\\u202e\\udb40\\udc41"'


@given(outside_text, st.integers(-1, 30), st.booleans())
def test_fit_is_always_exactly_as_wide_as_asked(value: str, width: int, right: bool) -> None:
    for given_text in (value, safe_text(value)):
        assert cell_width(fit(given_text, width, right=right)) == max(width, 0)
        assert cell_width(crop(given_text, width)) <= max(width, 0)


@given(outside_text, st.integers(0, 30))
def test_crop_never_splits_a_joined_emoji_or_leaves_its_pieces(value: str, width: int) -> None:
    shown = safe_text(value)
    cut = crop(shown, width, mark="")
    assert shown.startswith(cut)
    assert safe_text(cut) == cut
    rest = shown[len(cut) :]
    assert not rest or rest[0] not in "\u200d\ufe0f\u20e3"


@given(outside_text)
def test_width_is_what_textual_draws(value: str) -> None:
    shown = safe_text(value)
    assert cell_width(shown) == cell_len(shown) == Content(shown).cell_length


def test_crop_says_that_it_cut_and_keeps_what_fits() -> None:
    assert crop("李建国@城建", 11) == "李建国@城建"
    assert crop("李建国@城建", 10) == "李建国@.."
    assert crop("李建国", 5, mark="") == "李建"
    assert crop(FAMILY * 3, 5) == FAMILY + ".."
    assert crop("李建国", 1) == "."
    assert crop("李建国", 0) == ""
    assert fit("李", 5) == "李   "
    assert fit("1234", 6, right=True) == "  1234"


def test_a_flag_is_never_cut_into_letters() -> None:
    assert crop("🇨🇳🇨🇳", 3, mark="") == "🇨🇳"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13912342280", "139****2280"),
        ("+86 139 1234 2280", "+86 139 **** 2280"),
        ("+8613912342280", "+86139****2280"),
        ("88889999", "88****99"),
        ("10086", "1****"),
        ("", ""),
    ],
)
def test_a_phone_keeps_its_ends(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


def test_an_id_keeps_its_ends_and_a_short_one_less() -> None:
    assert mask_id("oLx7s5QdAAAAAAAAAAAAAAAAQk2M") == "oLx7s5Qd****Qk2M"
    assert mask_id("abcdefghijkl") == "ab****kl"
    assert mask_id("abc") == "****"
    assert mask_id("") == ""


def test_phones_are_masked_anywhere_in_free_text_and_dates_are_not() -> None:
    assert mask_text("电话13912342280，或139-1234-2280") == "电话139****2280，或139-****-2280"
    assert mask_text("400 800 1234") == "400 *** 1234"
    assert mask_text("2024-03-05 来店，3 期 120 平") == "2024-03-05 来店，3 期 120 平"


@given(st.from_regex(r"[一-三a-z]{0,3}\d{7,20}[一-三a-z]{0,3}", fullmatch=True))
def test_no_run_of_seven_digits_outlives_masking(value: str) -> None:
    assert not any(part.isdigit() and len(part) >= 7 for part in mask_text(value).split("*"))


def test_the_screens_measure_is_loaded_only_when_something_wide_is_measured() -> None:
    code = (
        f"import sys; from {text.__name__} import *; fit('abc', 5); print('rich' in sys.modules);"
        "fit('李', 5); print('rich' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
