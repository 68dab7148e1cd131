"""Which text may stand for a customer, and what the others are called."""

from __future__ import annotations

import pickle

import pytest

from console.wecom.ids import (
    ExternalUserId,
    IdKind,
    NotAnExternalUserid,
    PendingId,
    TmpExternalUserid,
    TmpOpenid,
    UserId,
    as_external_userid,
    kind_of,
)


@pytest.mark.parametrize("text", ["woAJ2GCAAAXtWyujaWJHDDGi0mACHAAA", "wmqfasd1e1927831291723123109rAAA", "wxNew_1-2"])
def test_customers_and_unknown_prefixes_are_passed_on(text: str) -> None:
    passed = as_external_userid(text)
    assert passed == text
    assert isinstance(passed, ExternalUserId)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", IdKind.EMPTY),
        ("  \t", IdKind.EMPTY),
        ("pAAAA1234", IdKind.PENDING),
        ("ouXXX1", IdKind.TMP_EXTERNAL_USERID),
        ("tmp_openid_1", IdKind.TMP_OPENID),
        ("wo1\n", IdKind.MALFORMED),
        ("wo1 wo2", IdKind.MALFORMED),
        ("wo李建国", IdKind.MALFORMED),
        ("wo" + "A" * 200, IdKind.MALFORMED),
        (PendingId("woLooksRight"), IdKind.PENDING),
        (TmpOpenid("woLooksRight"), IdKind.TMP_OPENID),
        (TmpExternalUserid("woLooksRight"), IdKind.TMP_EXTERNAL_USERID),
    ],
)
def test_what_cannot_be_a_customer_is_refused_with_the_reason(text: str, why: IdKind) -> None:
    assert kind_of(text) is why
    with pytest.raises(NotAnExternalUserid) as refused:
        as_external_userid(text)
    assert refused.value.why is why
    assert pickle.loads(pickle.dumps(refused.value)).why is why


def test_userids_keep_their_spelling_and_compare_by_their_folded_form() -> None:
    assert UserId("ZhangSan") == "ZhangSan"
    assert UserId("ZhangSan").folded == UserId("zhangsan").folded
