"""Search text: folding, initials with every plausible reading, sort keys."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.store.words import digits, folded, initials, needles, search_words, sort_key, whole_number


def test_initials_of_a_name() -> None:
    assert initials("李建国") == ("ljg",)
    assert initials("a建国 2") == ("ajg2",)
    assert initials("老吴 监理")[0] == "lwjl"
    assert initials("[/]李四") == ("ls",)


def test_a_character_of_several_readings_gives_several_initials() -> None:
    assert {"lbz", "lbc"} <= set(initials("李部长"))
    assert {"zx", "cx"} <= set(initials("曾小"))
    assert {"djl", "sjl"} <= set(initials("单经理"))


def test_the_number_of_initials_is_bounded_and_begins_with_the_likeliest() -> None:
    many = initials("长重行都" * 16)
    assert len(many) == 12
    assert many[0] == "zzxd" * 16
    assert len(set(many)) == 12


def test_a_text_without_chinese_has_no_initials() -> None:
    assert initials("mrs.he 138") == ()
    assert initials("😀") == ()


def test_words_hold_names_initials_and_bare_digits() -> None:
    assert search_words(("李建国", None, ""), ("描述",), ("138-0000",)) == "李建国\nljg\n描述\n138-0000\n1380000"


def test_a_needle_is_folded_as_words_are() -> None:
    assert needles(" ＬＪＧ  139-12 ") == [["ljg"], ["139-12", "13912"]]
    assert whole_number("139 1234 2280") == "13912342280"
    assert whole_number("13912342280") == ""
    assert whole_number("李 139") == ""
    assert digits("+86 (139)") == "86139"
    assert digits("a1") == ""


def test_sort_keys_put_one_sound_together_and_nothing_at_the_end() -> None:
    keys = [sort_key(text) or "" for text in ("adam", "李安", "李四", "里安", "lian", "张")]
    assert keys == sorted(keys)
    assert sort_key("", None) is None
    assert sort_key("", "b") == "b"


@given(st.text())
def test_any_part_of_any_name_is_found_in_its_words(name: str) -> None:
    words = search_words((name,), (), ())
    for forms in needles(name[:40]):
        assert any(form in words for form in forms)
    sort_key(name)
    assert all(folded(line) == line for line in words.split("\n") if line.isascii())
