"""Absent, null, empty, unknown and ill-typed fields stay apart."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from console.wecom.ids import TmpOpenid
from console.wecom.models import BatchRow, ExternalContact, FollowInfo, FollowUser, ServedContact, TagGroup

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def test_absent_null_and_empty_are_three_things() -> None:
    absent, null, empty = (
        FollowUser.model_validate(raw) for raw in ({}, {"remark": None}, {"remark": "", "remark_mobiles": []})
    )
    assert "remark" not in absent.model_fields_set
    assert "remark" in null.model_fields_set
    assert null.remark is None
    assert empty.remark == ""
    assert empty.remark_mobiles == []
    assert "remark_mobiles" not in absent.model_fields_set


def test_unknown_fields_are_kept() -> None:
    contact = ExternalContact.model_validate({"name": "李", "x_level": {"deep": [1]}})
    assert contact.model_extra == {"x_level": {"deep": [1]}}


def test_a_value_of_a_wrong_type_stays_visible_beside_the_good_ones() -> None:
    follower = FollowUser.model_validate(
        {"userid": "a", "createtime": "never", "tags": [{"tag_name": "x"}, 7], "remark": "r"}
    )
    assert follower.remark == "r"
    assert follower.createtime is None
    assert "createtime" not in follower.model_fields_set
    assert follower.model_extra == {"createtime": "never", "tags": [{"tag_name": "x"}, 7]}


def test_an_ill_typed_part_of_a_row_does_not_cost_the_other_part() -> None:
    row = BatchRow.model_validate({"external_contact": [], "follow_info": {"userid": "a"}})
    assert row.external_contact is None
    assert row.model_extra == {"external_contact": []}
    assert row.follow_info
    assert row.follow_info.userid == "a"


def test_numbers_as_texts_and_texts_as_numbers_are_understood() -> None:
    info = FollowInfo.model_validate({"createtime": "1700000000", "add_way": "1", "remark_mobiles": [13800000001]})
    assert (info.createtime, info.add_way, info.remark_mobiles) == (1700000000, 1, ["13800000001"])


def test_a_tmp_openid_has_a_type_of_its_own() -> None:
    assert isinstance(ServedContact.model_validate({"tmp_openid": "x"}).tmp_openid, TmpOpenid)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*FollowUser.model_fields, *ExternalContact.model_fields, *TagGroup.model_fields, "x"]),
        json_values,
    )
)
def test_no_object_makes_a_model_fail_or_loses_a_field(raw: dict[str, object]) -> None:
    for model in (FollowUser, FollowInfo, ExternalContact, TagGroup, BatchRow, ServedContact):
        read = model.model_validate(raw)
        assert set(raw) == read.model_fields_set | set(read.model_extra or {})
