"""C2 into the store: a complete read says who follows a customer, and who no longer does."""

from __future__ import annotations

from console.store import Records
from console.store.relations import RelationState
from tests.store.answers import follow_user, listed, one, shown

CONTACT: dict[str, object] = {"external_userid": "wo1", "name": "李建国", "type": 1, "x_level": 3}


def test_a_detail_is_kept_as_received_in_its_order(records: Records) -> None:
    users = [follow_user(f"u{n}", remark=f"r{n}", x_new=[n]) for n in (3, 1, 2)]
    records.customers.put_detail("wo1", CONTACT, users, 2).wait()
    detail = records.customers.detail("wo1")
    assert detail is not None
    assert (detail.contact, detail.follow_users, detail.pages, detail.read_at) == (CONTACT, users, 2, 1_000.0)
    assert [row.userid for row in records.relations.of_customer("wo1")] == ["u3", "u1", "u2"]


def test_relations_of_other_followers_come_with_it(records: Records) -> None:
    records.customers.put_detail("wo1", CONTACT, [follow_user("zhangwei"), follow_user("md0001")], 1).wait()
    assert one(records, "wo1", "MD0001").state is RelationState.ACTIVE
    assert records.followers.rows() == []
    assert {row.userid for row in records.followers.rows(unlisted=True)} == {"zhangwei", "md0001"}


def test_a_known_relation_that_a_detail_does_not_show_is_gone_and_stands_last(records: Records) -> None:
    records.relations.put_batch(None, [listed("wo1", "aaa", remark="李部"), listed("wo2", "aaa")])
    records.relations.put_ids("bbb", ["wo1"])
    records.customers.put_detail("wo1", CONTACT, [follow_user("zhangwei")], 1).wait()
    rows = records.relations.of_customer("wo1")
    assert [(row.userid, row.state.name) for row in rows] == [("zhangwei", "ACTIVE"), ("aaa", "GONE"), ("bbb", "GONE")]
    assert rows[1].remark == "李部"
    assert one(records, "wo2", "aaa").state is RelationState.ACTIVE


def test_a_follower_who_left_stays_out_of_the_detail_and_keeps_what_c2_said(records: Records) -> None:
    records.customers.put_detail("wo1", CONTACT, [follow_user("zhangwei"), follow_user("lina", remark="李总")], 1)
    records.customers.put_detail("wo1", CONTACT, [follow_user("ZhangWei")], 1).wait()
    detail = records.customers.detail("wo1")
    assert detail is not None
    assert [user["userid"] for user in detail.follow_users] == ["ZhangWei"]
    gone = one(records, "wo1", "lina")
    assert (gone.state, gone.remark) == (RelationState.GONE, "李总")
    assert records.relations.document(gone.id).follow_user == follow_user("lina", remark="李总")


def test_a_complete_read_takes_away_fields_that_it_no_longer_returns(records: Records) -> None:
    records.customers.put_detail("wo1", CONTACT, [follow_user("zhangwei", remark_mobiles=["1"], remark="a")], 1)
    records.customers.put_detail("wo1", CONTACT, [follow_user("zhangwei")], 1).wait()
    row = one(records, "wo1")
    assert (row.mobiles_known, row.remark) == (False, None)


def test_a_customer_that_was_only_listed_has_no_detail(records: Records) -> None:
    records.relations.put_batch("zhangwei", [listed("wo1")]).wait()
    assert records.customers.detail("wo1") is None
    assert records.customers.detail("nobody") is None


def test_a_detail_with_no_followers_is_a_detail(records: Records) -> None:
    records.relations.put_batch("zhangwei", [listed("wo1")])
    records.customers.put_detail("wo1", CONTACT, [], 1).wait()
    detail = records.customers.detail("wo1")
    assert detail is not None
    assert detail.follow_users == []
    assert shown(records.relations.of_customer("wo1")) == [("zhangwei", "wo1", "GONE")]


def test_twelve_hundred_followers_are_kept(records: Records) -> None:
    users = [follow_user(f"md{n:04}") for n in range(1200)]
    records.customers.put_detail("wo1", CONTACT, users, 3).wait()
    detail = records.customers.detail("wo1")
    assert detail is not None
    assert detail.follow_users == users


def test_c2_names_the_tags_that_have_an_id(records: Records) -> None:
    tags = [
        {"group_name": "意向", "tag_name": "高意向", "tag_id": "st1", "type": 3},
        {"tag_name": "爱喝茶", "type": 2},
    ]
    records.customers.put_detail("wo1", CONTACT, [follow_user("zhangwei", tags=tags)], 1).wait()
    name = records.tags.name_of("st1")
    assert name is not None
    assert (name.group, name.name, name.kind) == ("意向", "高意向", 3)
