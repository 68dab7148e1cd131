"""What is said of conversions: each ending in words, each code naming the id or whose setting it is, nothing unsafe."""

from __future__ import annotations

from datetime import UTC

import pytest

from console import language
from console.operations.convert.given import Doubt, IdField, Mistake, WhyWrong
from console.operations.convert.results import (
    Doubtful,
    Found,
    Neither,
    NotForThisApp,
    Pending,
    QuotaExhausted,
    Refused,
    Result,
    TooFast,
    Wrong,
)
from console.operations.convert.words import Setting, left_words, result_lines
from console.settings import AppType
from console.store.mappings import IdMapping, Source
from console.store.quota import Window
from console.wecom.errors import WeComError
from console.wecom.ids import ExternalUserId, PendingId
from tests.conftest import NOW

DAY = 86_400.0
SETTING = Setting(NOW, UTC, AppType.DELEGATED)


@pytest.fixture(autouse=True)
def _english() -> None:
    language.install("en")


def mapping(customer: str = "", *, name: str = "", left: float = 90 * DAY, is_gone: bool = False) -> IdMapping:
    """A customer's mapping, or a pending one."""
    external_userid = ExternalUserId(customer) if customer else None
    pending_id = None if customer else PendingId("pXyz81AAAAAAAAAAAAAAAA")
    unionid = "oLx7s5EeMn4pVb1nTy3kPq9mWz6H"
    expires_at = NOW + left
    return IdMapping(
        1, unionid, "o", 0, external_userid, pending_id, Source.CONVERSION, NOW, expires_at, None, name, is_gone
    )


def said(result: Result, setting: Setting = SETTING) -> str:
    return " ".join(result_lines(result, setting))


def test_a_pending_id_is_said_to_be_for_matching_only_with_its_end_and_both_causes() -> None:
    words = said(Pending(mapping(), asked=True))
    for part in (
        "pXyz81AAAAAAAAAAAAAAAA",
        "2027-02-20",
        "90 days",
        "matching only",
        "never added",
        "is outside this app's",
    ):
        assert part in words
    assert "not asked again" not in words
    assert "pXyz81AA****AAAA" in said(
        Pending(mapping(), asked=False), Setting(NOW, UTC, AppType.DELEGATED, masked=True)
    )


def test_a_customers_name_is_only_a_text_and_one_who_left_is_said_to_be_gone() -> None:
    words = said(Found(mapping("wm1", name="\x1b[31m[/]李 13800000001", is_gone=True), asked=False))
    assert "<ESC>[31m[/]李 13800000001" in words
    assert "Nobody follows" in words
    assert "not asked again" in words
    hidden = said(Found(mapping("wm1", name="13800000001"), asked=True), Setting(NOW, UTC, AppType.DELEGATED, True))
    assert "138****0001" in hidden


@pytest.mark.parametrize(
    ("result", "part"),
    [
        (Neither(old_address=True), "old address"),
        (Neither(old_address=False), "may be asked again"),
        (NotForThisApp(None), "Nobody known here"),
        (Wrong((Mistake(IdField.OPENID, WhyWrong.BROKEN),)), "The openid has a blank"),
        (Wrong((Mistake(IdField.UNIONID, WhyWrong.EMPTY),)), "unionid is missing"),
        (Doubtful((Doubt.SWAPPED,)), "may be swapped"),
        (TooFast(5), "forbids converting in bulk"),
        (QuotaExhausted(NOW + 60, Window.HOUR), "this hour is used up; the next one begins at 02:01"),
        (QuotaExhausted(NOW + 60), "45009"),
    ],
)
def test_every_other_ending_says_why(result: Result, part: str) -> None:
    assert part in said(result)


@pytest.mark.parametrize(
    ("errcode", "part"),
    [
        (40003, "It is the openid"),
        (41035, "One of the two IDs did not reach WeCom"),
        (610014, "It is the unionid"),
        (610015, "open platform account that the mini program is bound to is not verified"),
        (610016, "only for verified corps"),
        (610017, "mini program is owned by another company"),
        (610018, "openid and unionid do not come from one"),
        (610019, "app that the corp has installed"),
        (845001, "openid is not of the kind of account"),
        (845002, "openid's mini program has another owner"),
        (845003, "unionid's open platform account has another owner"),
        (48002, "the provider asks for"),
    ],
)
def test_each_code_says_which_id_is_wrong_or_whose_setting_it_is(errcode: int, part: str) -> None:
    words = said(Refused(WeComError(errcode, "x", endpoint="/idconvert/unionid_to_external_userid")))
    assert f"Not converted: {errcode}" in words
    assert part.lower() in words.lower()


def test_what_is_left_is_said_in_days() -> None:
    shown = [left_words(mapping(left=left), NOW) for left in (90 * DAY - 1, 6.4 * DAY, DAY, 60, 0)]
    assert shown == ["90 days", "6 days", "1 day", "< 1 day", "expired"]
    assert left_words(mapping("wm1"), NOW) == "-"
