"""A field that does not exist is answered with the nearest that does; what can be searched is explained."""

from __future__ import annotations

import pytest

from console.operations.search_words import field_help, wrong_field_words
from console.store.search_terms import parse


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("tga:VIP", "tag:"),
        ("folower:lina", "follower:"),
        ("标迁:VIP", "标签:"),
        ("dup:phon", "dup:phone"),
        ("gone:yess", "gone:yes"),
    ],
)
def test_a_wrong_field_or_value_is_answered_with_the_nearest(typed: str, nearest: str) -> None:
    assert wrong_field_words(typed).endswith(f"perhaps {nearest}")


@pytest.mark.parametrize("typed", ["tag:VIP", "-备注:测试", "手机:重复", "ljg", "12:30", "https://example.com", ""])
def test_what_is_right_or_no_field_at_all_is_left_alone(typed: str) -> None:
    assert wrong_field_words(typed) == ""


def test_every_field_that_the_help_shows_is_understood() -> None:
    examples = next(line for line in field_help() if line.startswith("Such as: ")).removeprefix("Such as: ")
    for term in examples.split():
        assert parse(term).has_fields or parse(term).gone, term
