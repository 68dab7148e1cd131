"""Pasted numbers: where one ends, which two are the same, and what changes on a list."""

from __future__ import annotations

import pytest

from console.operations.remark.mobiles import (
    MobileChanges,
    has_letters,
    is_odd,
    mobile_changes,
    mobile_key,
    parse_mobiles,
)


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("13800000001\n13912342280\r\n", ["13800000001", "13912342280"]),
        ("13800000001,13912342280;13700001212", ["13800000001", "13912342280", "13700001212"]),
        (
            "13800000001，13912342280、13700001212；13600000000",
            ["13800000001", "13912342280", "13700001212", "13600000000"],
        ),
        ("138 0000 0001", ["138 0000 0001"]),
        ("13800000001 13912342280", ["13800000001", "13912342280"]),
        ("138 0000 0001 139 1234 2280", ["138 0000 0001", "139 1234 2280"]),
        ("13800000001\u300013912342280\t13700001212", ["13800000001", "13912342280", "13700001212"]),
        ("+86 13800000001 +86 139-1234-2280", ["+86 13800000001", "+86 139-1234-2280"]),
        ("0755 2695 1234 13800000001", ["0755 2695 1234", "13800000001"]),
        ("400 800 8888 2695 1234", ["400 800 8888", "2695 1234"]),
        ("１３８００００００００１", ["１３８００００００００１"]),
        ("13800000001 张经理", ["13800000001 张经理"]),
        ("  \n , ，\n", []),
    ],
)
def test_a_pasted_text_is_taken_apart_where_a_person_would(pasted: str, found: list[str]) -> None:
    assert list(parse_mobiles(pasted)) == found


@pytest.mark.parametrize(
    "spelled",
    [
        "138 0000 0001",
        "138-0000-0001",
        "+86 13800000001",
        "+8613800000001",
        "008613800000001",
        "１３８００００ ０００１",
        "(138)00000001",
    ],
)
def test_spellings_of_one_number_compare_alike(spelled: str) -> None:
    assert mobile_key(spelled) == "13800000001"


def test_a_number_that_only_begins_with_86_keeps_its_digits() -> None:
    assert mobile_key("86120000") == "86120000"
    assert mobile_key("--") == "--"


def test_odd_numbers_and_letters_are_seen() -> None:
    assert is_odd("12345")
    assert is_odd("1" * 33)
    assert not is_odd("0755-26951234")
    assert has_letters("13800000001转8")
    assert not has_letters("+86 13800000001")


def test_another_spelling_and_another_order_are_no_change() -> None:
    assert not mobile_changes(["13800000001", "13912342280"], ["139 1234 2280", "138-0000-0001"])


def test_a_changed_digit_is_one_removed_and_one_added_and_keeps_its_place() -> None:
    before = ("13912342280", "13800000001")
    changes = mobile_changes(before, ["13912342208", "13800000001"])
    assert (changes.removed, changes.added) == (("13912342280",), ("13912342208",))
    assert changes.applied_to(before) == ("13912342208", "13800000001")


def test_what_stays_keeps_the_spelling_that_wecom_has() -> None:
    before = ("138 0000 0001",)
    assert mobile_changes(before, ["13800000001", "13912342280"]).applied_to(before) == ("138 0000 0001", "13912342280")


def test_one_of_two_doubles_can_go_and_a_double_can_come() -> None:
    assert mobile_changes(["1380000", "1380000"], ["1380000"]).applied_to(["1380000", "1380000"]) == ("1380000",)
    assert mobile_changes(["1380000"], ["1380000", "1380000"]).applied_to(["1380000"]) == ("1380000", "1380000")


def test_changes_carried_over_leave_alone_what_others_added_and_do_nothing_twice() -> None:
    changes = MobileChanges(added=("2222222", "3333333"), removed=("1111111", "4444444"))
    carried = changes.carried_over(opened=["1111111", "4444444"], now=["1111111", "222-2222", "5555555"])
    assert (carried.added, carried.removed) == (("3333333",), ("1111111",))
    assert carried.applied_to(["1111111", "222-2222", "5555555"]) == ("222-2222", "5555555", "3333333")
