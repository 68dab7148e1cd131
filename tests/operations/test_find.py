"""What is typed or pasted into the find box."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.operations.find import Wanted, understand
from console.wecom.ids import IdKind
from tests.conftest import LI_JIANGUO


@pytest.mark.parametrize("words", ["ljg", "李建国", "2280", "李 138", "userid", "womens shoes"])
def test_words_are_words(words: str) -> None:
    assert understand(words) == Wanted(words=words)


@pytest.mark.parametrize(
    "line",
    [
        f"userid=zhoutao external_userid={LI_JIANGUO}",
        f'{{"external_userid":"{LI_JIANGUO}","userid":"zhoutao"}}',
        f"<UserID><![CDATA[zhoutao]]></UserID><ExternalUserID><![CDATA[{LI_JIANGUO}]]></ExternalUserID>",
        f"2026-11-22 09:12 ERROR remark failed 84061 userid: zhoutao, external_userid: {LI_JIANGUO} (try 3)",
    ],
)
def test_a_log_line_gives_both_ids(line: str) -> None:
    assert understand(line) == Wanted(external_userid=LI_JIANGUO, userid="zhoutao")


@pytest.mark.parametrize("text", ["external_userid=xq12345678", '{"external_userid": "xq12345678"}'])
def test_a_labelled_id_of_an_unknown_kind_is_for_the_server_to_judge(text: str) -> None:
    assert understand(text) == Wanted(external_userid="xq12345678")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("pXyz81QmTtRk02", IdKind.PENDING),
        ("external_userid: pXyz81QmTtRk02", IdKind.PENDING),
        ("ou9c8b7a6f5e4d3c2b1", IdKind.TMP_EXTERNAL_USERID),
    ],
)
def test_an_id_by_which_nobody_is_read_is_refused(text: str, why: IdKind) -> None:
    wanted = understand(text)
    assert wanted.external_userid is None
    assert wanted.refused is not None
    assert wanted.refused.why is why


@pytest.mark.parametrize("words", ["pengzongjian", "ourselves", "P", "phone 139", "p"])
def test_words_that_begin_like_an_id_are_words(words: str) -> None:
    assert understand(words) == Wanted(words=words)


def test_an_id_alone_is_an_id() -> None:
    assert understand(f"  {LI_JIANGUO}\n") == Wanted(external_userid=LI_JIANGUO)


@given(st.text())
def test_anything_can_be_typed(text: str) -> None:
    wanted = understand(text)
    assert wanted.external_userid or wanted.userid or wanted.words == " ".join(text.split())
