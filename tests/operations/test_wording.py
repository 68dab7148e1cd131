"""Values in words: every number has some, none raises, columns stay narrow."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import language
from console.operations.wording import (
    add_way_note,
    add_way_short,
    add_way_words,
    age_words,
    app_type_words,
    count_words,
    customer_type_words,
    environment_words,
    gender_words,
    tag_kind_words,
    time_words,
    wechat_channels_source_words,
)
from console.settings import AppType, Environment
from console.text import cell_width

DOCUMENTED_ADD_WAYS = [*range(7), *range(8, 19), 21, 22, 24, 201, 202]
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = 1732248000.0  # 2024-11-22 12:00 in Shanghai


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language.current()
    language.install("en")
    yield
    language.install(before)


@pytest.mark.parametrize("number", DOCUMENTED_ADD_WAYS)
def test_every_documented_add_way_has_words_of_its_own(number: int) -> None:
    others = [add_way_words(other) for other in DOCUMENTED_ADD_WAYS if other != number]
    assert add_way_words(number) not in {*others, f"unknown ({number})"}
    assert str(number) not in add_way_short(number)


def test_add_ways_that_the_guide_has_wrong_follow_the_official_table() -> None:
    assert add_way_words(9) == "searched by email"
    assert add_way_words(13) == "the WeCom account of a WeChat friend"
    assert add_way_words(201) == "shared by a colleague"


def test_add_way_0_is_an_unknown_source_and_has_a_note() -> None:
    assert add_way_words(0) == "unknown source"
    assert "searching a WeChat friend" in add_way_note(0)


def test_add_way_7_is_marked_as_legacy() -> None:
    assert "legacy" in add_way_words(7)
    assert add_way_note(7)


def test_most_add_ways_need_no_note() -> None:
    assert [number for number in [*DOCUMENTED_ADD_WAYS, None, 23, -1] if add_way_note(number)] == [0]


@pytest.mark.parametrize("number", [19, 20, 23, 25, -1, 200, 203, 99999])
def test_an_unassigned_add_way_shows_its_number(number: int) -> None:
    assert add_way_words(number) == f"unknown ({number})"


def test_a_short_unassigned_add_way_keeps_its_number_while_there_is_room() -> None:
    assert add_way_short(23) == "no. 23"
    assert add_way_short(123456) == "unknown"


@given(st.none() | st.integers())
def test_no_number_raises_and_no_short_form_is_wider_than_its_column(number: int | None) -> None:
    for words in (
        add_way_words,
        customer_type_words,
        gender_words,
        tag_kind_words,
        wechat_channels_source_words,
    ):
        assert bool(words(number)) == (number is not None)
    assert cell_width(add_way_short(number)) <= 8
    add_way_note(number)


def test_values_of_a_customer_and_its_tags() -> None:
    assert [customer_type_words(n) for n in (1, 2, 3, None)] == [
        "WeChat customer",
        "WeCom customer",
        "unknown (3)",
        "",
    ]
    assert [gender_words(n) for n in (0, 1, 2)] == ["unknown", "male", "female"]
    assert [tag_kind_words(n) for n in (1, 2, 3)] == ["company", "personal", "rule"]
    assert len({wechat_channels_source_words(n) for n in range(4)}) == 4


def test_kinds_of_app_are_long_in_the_header_and_short_in_columns() -> None:
    assert app_type_words(AppType.SELF_BUILT) == "self-built app"
    assert [app_type_words(kind, short=True) for kind in AppType] == [
        "self-built",
        "delegated",
        "third-party",
    ]


def test_environments() -> None:
    assert [environment_words(environment) for environment in Environment] == ["production", "test", "demo"]


def test_counts_have_commas_between_thousands() -> None:
    assert [count_words(n) for n in (0, 999, 1000, 1234567)] == ["0", "999", "1,000", "1,234,567"]


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOON - 8340, "09:41"),
        (NOON - 12 * 3600, "00:00"),
        (NOON - 12 * 3600 - 60, "11-21 23:59"),
        (1709619720.0, "03-05 14:22"),
        (1672531200.0 - 8 * 3600 - 1, "2022-12-31 23:59"),
        (None, ""),
    ],
)
def test_a_time_shows_no_more_of_its_date_than_is_needed(at: float | None, words: str) -> None:
    assert time_words(at, SHANGHAI, NOON) == words


def test_a_time_follows_the_zone_of_the_operator() -> None:
    assert time_words(NOON, timezone(timedelta(hours=0)), NOON) == "04:00"


@pytest.mark.parametrize("at", [10**20, -(10**20), math.inf, math.nan])
def test_a_time_that_no_calendar_knows_stands_as_a_number(at: float) -> None:
    assert time_words(at, SHANGHAI, NOON) == f"{at}"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "just now"),
        (59, "just now"),
        (math.nan, "just now"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (7300, "2 h ago"),
        (86400, "1 d ago"),
        (40 * 86400, "40 d ago"),
    ],
)
def test_ages_in_minutes_hours_and_days(seconds: float, words: str) -> None:
    assert age_words(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (50 * 60, "50 min ago"),
        (11 * 3600, "11 h ago"),
        (17 * 3600 + 40 * 60, "yesterday 18:20"),
        (36 * 3600 + 60, "2 d ago"),
        (7 * 86400, "11-15 12:00"),
        (400 * 86400, "2023-10-19 12:00"),
    ],
)
def test_an_age_with_a_clock_says_yesterday_and_later_the_date(seconds: float, words: str) -> None:
    assert age_words(seconds, now=NOON, zone=SHANGHAI) == words


@given(st.floats(), st.floats(), st.sampled_from([SHANGHAI, ZoneInfo("UTC"), ZoneInfo("America/New_York")]))
def test_no_time_and_no_age_raises(at: float, now: float, zone: tzinfo) -> None:
    time_words(at, zone, now)
    assert age_words(at)
    assert age_words(at, now=now, zone=zone)
