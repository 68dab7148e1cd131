"""C1 and C3 into the store: nothing lost, nothing erased by what only says less."""

from __future__ import annotations

import pytest

from console.store import Records, Store
from console.store.relations import RelationDocument, RelationQuery, RelationState
from tests.store.answers import follow_user, listed, one
from tests.store.conftest import Clock


def test_ids_that_c1_names_first_are_unread_rows(records: Records) -> None:
    stored = records.relations.put_ids("zhangwei", ["wo1", "wo2"]).wait()
    assert (stored.added, stored.returned, stored.gone) == (2, 0, 0)
    row = one(records, "wo1")
    assert row.state is RelationState.UNREAD
    assert (row.name, row.remark, row.mobiles_known) == (None, None, False)


def test_an_unread_row_becomes_active_when_c3_shows_it(records: Records) -> None:
    records.relations.put_ids("zhangwei", ["wo1", "wo2"])
    assert records.relations.put_batch("zhangwei", [listed("wo1", remark="李部张")]).wait() == 1
    assert one(records, "wo1").state is RelationState.ACTIVE
    assert one(records, "wo1").remark == "李部张"
    assert one(records, "wo2").state is RelationState.UNREAD


def test_a_relation_that_c1_no_longer_names_is_gone_and_keeps_its_last_document(records: Records, clock: Clock) -> None:
    records.relations.put_batch("zhangwei", [listed("wo1", remark="李部张"), listed("wo2")])
    clock.now = 2_000.0
    assert records.relations.put_ids("zhangwei", ["wo2"]).wait().gone == 1
    row = one(records, "wo1")
    assert (row.state, row.gone_at, row.remark) == (RelationState.GONE, 2_000.0, "李部张")
    assert records.relations.document(row.id).follow_info == listed("wo1", remark="李部张")["follow_info"]


def test_a_gone_relation_comes_back_with_any_read_that_shows_it(records: Records) -> None:
    records.relations.put_batch("zhangwei", [listed("wo1"), listed("wo2")])
    records.relations.put_ids("zhangwei", ["wo3"])
    records.relations.put_ids("zhangwei", [])
    assert records.relations.put_ids("zhangwei", ["wo1", "wo3"]).wait().returned == 2
    records.relations.put_batch("zhangwei", [listed("wo2")]).wait()
    assert [one(records, who).state.name for who in ("wo1", "wo2", "wo3")] == ["ACTIVE", "ACTIVE", "UNREAD"]
    assert one(records, "wo1").gone_at is None


def test_a_page_asked_for_before_a_relation_went_does_not_bring_it_back(records: Records, clock: Clock) -> None:
    records.relations.put_batch("zhangwei", [listed("wo1")])
    clock.now = 2_000.0
    records.relations.put_ids("zhangwei", [])
    records.relations.put_batch("zhangwei", [listed("wo1", remark="late")], read_at=1_500.0)
    records.relations.put_ids("zhangwei", ["wo1"], read_at=1_500.0).wait()
    assert one(records, "wo1").state is RelationState.GONE


def test_ids_asked_for_before_a_row_was_read_do_not_make_it_gone(records: Records) -> None:
    records.relations.put_batch("zhangwei", [listed("wo1")])
    assert records.relations.put_ids("zhangwei", [], read_at=500.0).wait().gone == 0
    assert one(records, "wo1").state is RelationState.ACTIVE


def test_ids_of_one_follower_leave_those_of_another_alone(records: Records) -> None:
    records.relations.put_batch("zhangwei", [listed("wo1"), listed("wo1", "lina")])
    records.relations.put_ids("zhangwei", []).wait()
    assert one(records, "wo1", "lina").state is RelationState.ACTIVE


def test_a_c3_page_changes_nothing_that_it_did_not_return(records: Records) -> None:
    records.relations.put_batch("zhangwei", [listed("wo1", remark="a"), listed("wo2", remark="b")]).wait()
    before = one(records, "wo2")
    records.relations.put_batch("zhangwei", [listed("wo1", remark="c")]).wait()
    assert one(records, "wo2") == before


def test_a_c3_row_never_erases_what_only_c2_gave(records: Records) -> None:
    tags = [{"group_name": "", "tag_name": "爱喝茶", "type": 2}]
    told = follow_user("zhangwei", remark="李部张", remark_mobiles=["13800000001"], tags=tags, state="expo2024")
    contact = {"external_userid": "wo1", "name": "李建国", "unionid": "ox1", "position": "采购"}
    records.customers.put_detail("wo1", contact, [told, follow_user("lina")], 1)
    records.relations.put_batch("zhangwei", [listed("wo1", name=None, remark="新备注", tag_id=[])]).wait()

    row = one(records, "wo1")
    assert (row.remark, row.name, row.mobiles) == ("新备注", "李建国", ("13800000001",))
    assert one(records, "wo1", "lina").state is RelationState.ACTIVE
    document = records.relations.document(row.id)
    assert document.follow_user == told
    assert document.contact is not None
    assert document.contact["position"] == "采购"
    detail = records.customers.detail("wo1")
    assert detail is not None
    assert (detail.contact, detail.follow_users[0]) == (contact, told)


def test_what_c3_says_later_of_a_customer_lies_over_what_c2_said(records: Records, clock: Clock) -> None:
    records.customers.put_detail(
        "wo1", {"external_userid": "wo1", "name": "旧", "position": "采购"}, [follow_user("zhangwei")], 1
    )
    clock.now = 2_000.0
    records.relations.put_batch("zhangwei", [listed("wo1", name="新")]).wait()
    contact = records.relations.document(one(records, "wo1").id).contact
    assert contact == {"external_userid": "wo1", "type": 1, "name": "新", "position": "采购"}


def test_absent_and_empty_are_not_the_same(records: Records) -> None:
    empty = listed("wo2", remark="", remark_corp_name="", remark_mobiles=[], description="")
    records.relations.put_batch("zhangwei", [listed("wo1"), empty]).wait()
    absent, blank = one(records, "wo1"), one(records, "wo2")
    assert (absent.remark, absent.company, absent.description, absent.mobiles_known) == (None, None, None, False)
    assert (blank.remark, blank.company, blank.description, blank.mobiles_known) == ("", "", "", True)


def test_a_new_name_of_a_customer_shows_in_the_rows_of_all_its_followers(records: Records) -> None:
    records.relations.put_ids("wangqiang", ["wo1"])
    records.relations.put_batch(None, [listed("wo1", "zhangwei"), listed("wo1", "lina")])
    records.relations.put_batch("lina", [listed("wo1", "lina", name="李建国@城建")]).wait()
    rows = records.relations.of_customer("wo1")
    assert {row.name for row in rows} == {"李建国@城建"}
    assert len(rows) == 3


def test_a_row_learned_by_its_id_shows_the_name_that_its_customer_is_known_by(records: Records) -> None:
    records.relations.put_batch("zhangwei", [listed("wo1")])
    records.relations.put_ids("lina", ["wo1"]).wait()
    row = one(records, "wo1", "lina")
    assert (row.state, row.name) == (RelationState.UNREAD, "李建国")


def test_userids_compare_without_case_and_external_userids_exactly(records: Records) -> None:
    records.relations.put_batch(None, [listed("woA", "ZhangWei", remark="a"), listed("woA", "zhangwei", remark="b")])
    records.relations.put_batch(None, [listed("woa", "ZHANGWEI")]).wait()
    ids = records.relations.select_now(RelationQuery(follower="zHANGWEI"))
    rows = records.relations.window(ids)
    assert {row.external_userid for row in rows} == {"woA", "woa"}
    assert one(records, "woA", "zhangWEI").remark == "b"


def test_rows_that_name_nobody_are_left_out_and_odd_values_are_not_an_error(records: Records) -> None:
    odd = listed("wo1", remark=7, remark_mobiles="x", createtime=10**30, add_way=True, tag_id=[1, "et1"])
    broken: list[dict[str, object]] = [{}, {"external_contact": None, "follow_info": []}, {"external_contact": {}}]
    assert records.relations.put_batch("zhangwei", [*broken, odd]).wait() == 1
    row = one(records, "wo1")
    assert (row.remark, row.mobiles_known, row.createtime, row.add_way) == (None, False, None, None)
    assert records.relations.document(row.id).follow_info == odd["follow_info"]


def test_half_of_a_surrogate_pair_and_a_nul_survive_in_the_document(records: Records) -> None:
    hostile = listed("wo1", name="\ud83d李", remark="a\0b")
    records.relations.put_batch("zhangwei", [hostile]).wait()
    row = one(records, "wo1")
    assert (row.name, row.remark) == ("?李", "a\0b")
    document = records.relations.document(row.id)
    assert (document.contact, document.follow_info) == (hostile["external_contact"], hostile["follow_info"])


def test_two_profiles_never_see_each_others_rows(store: Store, records: Records) -> None:
    others = [
        store.profile("main", "ww1", "delegated"),
        store.profile("main", "ww2", "self-built"),
        store.profile("second", "ww1", "self-built"),
    ]
    records.relations.put_batch("zhangwei", [listed("wo1")])
    records.customers.put_detail("wo1", {"external_userid": "wo1"}, [follow_user("zhangwei")], 1)
    records.followers.put_list(["zhangwei"])
    records.contacts.replace([{"name": "*", "follow_userid": "zhangwei"}]).wait()
    row_id = one(records, "wo1").id
    contact_ids = records.contacts.select()
    for other in others:
        other.relations.put_ids("zhangwei", [])
        other.followers.put_list([]).wait()
        assert not other.relations.select_now(RelationQuery(gone="include"))
        assert not other.relations.window([row_id])
        assert other.relations.relation(row_id) is None
        assert other.relations.document(row_id) == RelationDocument()
        assert other.customers.detail("wo1") is None
        assert other.relations.of_customer("wo1") == []
        assert not other.contacts.select()
        assert not other.contacts.window(contact_ids)
        assert other.followers.rows(unlisted=True)[0].listed is False
    assert one(records, "wo1").state is RelationState.ACTIVE
    assert [row.userid for row in records.followers.rows()] == ["zhangwei"]


def test_the_same_profile_is_found_again(store: Store, records: Records) -> None:
    assert store.profile("main", "ww1", "self-built").profile_id == records.profile_id


def test_a_window_keeps_the_order_asked_for_and_leaves_out_unknown_ids(records: Records) -> None:
    records.relations.put_batch("zhangwei", [listed(f"wo{n}") for n in range(700)]).wait()
    ids = list(records.relations.select_now(RelationQuery()))[::-1]
    assert [row.id for row in records.relations.window([*ids, 10**6])] == ids
    assert records.relations.window([]) == []


def test_documents_of_many_rows_are_those_of_each(records: Records) -> None:
    records.relations.put_batch("zhangwei", [listed("wo1"), listed("wo2")]).wait()
    ids = records.relations.select_now(RelationQuery())
    assert records.relations.documents(ids) == {row_id: records.relations.document(row_id) for row_id in ids}


def test_the_version_grows_with_what_is_written_and_only_then(records: Records) -> None:
    start = records.version
    records.relations.put_batch("zhangwei", [listed("wo1")]).wait()
    after = records.version
    assert after > start
    records.relations.put_ids("zhangwei", ["wo1"]).wait()
    records.followers.put_list(["zhangwei"]).wait()
    assert one(records, "wo1")


async def test_writes_can_be_awaited_and_selected_off_the_loop(records: Records) -> None:
    await records.relations.put_batch("zhangwei", [listed("wo1", remark="李部长"), listed("wo2", remark="王总")])
    ids = await records.relations.select(RelationQuery(follower="zhangwei", contains="lbz"))
    assert [row.external_userid for row in records.relations.window(ids)] == ["wo1"]


@pytest.mark.parametrize("wrong", [RelationQuery(order="id; DROP TABLE relations"), RelationQuery(gone="x")])  # type: ignore[arg-type]
def test_an_unknown_order_is_refused(records: Records, wrong: RelationQuery) -> None:
    with pytest.raises(ValueError, match="no such order"):
        records.relations.select_now(wrong)
