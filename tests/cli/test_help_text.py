"""Help texts fit the screen by cells, in both languages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.cli.help_text import wrap_cells
from console.text import cell_width, safe_text

words = st.text(st.sampled_from("ab, 中文，。（）"), max_size=80)


@given(words, st.integers(12, 40))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    assert "".join("".join(wrap_cells(text, width)).split()) == "".join(text.split())


@given(st.text(st.sampled_from("中文字"), max_size=80), st.integers(12, 40))
def test_chinese_breaks_anywhere_and_never_overflows(text: str, width: int) -> None:
    lines = wrap_cells(safe_text(text), width)
    assert all(cell_width(line) <= width for line in lines)
    assert all(cell_width(line) > width - 2 for line in lines[:-1])


def test_a_line_never_begins_with_a_closing_mark() -> None:
    assert wrap_cells("一二三，四五六", 6) == ["一二", "三，四", "五六"]
    assert wrap_cells("一二三四），五六", 10) == ["一二三", "四），五六"]


def test_english_breaks_at_blanks() -> None:
    assert wrap_cells("one two three", 8) == ["one two", "three"]
