"""The merged detail: every page, every relation, and what each kind of app is given."""

from __future__ import annotations

from console.operations.browse import read_customers
from console.operations.detail import (
    Detail,
    RelationView,
    detail_document,
    known_detail,
    masked_document,
    read_detail,
)
from console.operations.fields import Field, FieldState, contact_fields, relation_fields
from console.operations.results import Failed, Loaded, Reading
from console.sandbox import AppKind, Sandbox
from console.settings import AppType
from console.store.relations import RelationState
from console.wecom.ids import ExternalUserId, as_external_userid
from console.wecom.models import ExternalContact, FollowInfo, FollowUser
from tests.conftest import LI_JIANGUO
from tests.operations.conftest import Desk, OpenDesk


async def read(desk: Desk, external_userid: str) -> Detail:
    async for outcome in read_detail(desk.client, desk.records, as_external_userid(external_userid)):
        if isinstance(outcome, Loaded):
            loaded = outcome.value
        assert not isinstance(outcome, Failed)
    return loaded


def field_of(fields: list[Field], name: str) -> Field:
    return next(field for field in fields if field.id == name)


def fields_of(view: RelationView, app_type: AppType, customer_type: int | None = 1) -> list[Field]:
    return relation_fields(
        view, app_type, customer_type=customer_type, person=str, time=str, tag_name=lambda tag_id: None
    )


async def test_1200_followers_on_three_pages_are_one_detail(desk: Desk, sandbox: Sandbox) -> None:
    external_userid = sandbox.external_userid("何太", AppKind.SELF_BUILT)
    pages = 0
    async for outcome in read_detail(desk.client, desk.records, ExternalUserId(external_userid)):
        pages += isinstance(outcome, Reading)
        if isinstance(outcome, Loaded):
            detail = outcome.value

    assert (pages, detail.pages, detail.active) == (2, 3, 1200)


async def test_what_was_read_is_known_afterwards(desk: Desk) -> None:
    fresh = await read(desk, LI_JIANGUO)

    known = known_detail(desk.records, LI_JIANGUO)

    assert known is not None
    assert detail_document(known)["follow_user"] == detail_document(fresh)["follow_user"]
    assert [view.userid for view in known.relations] == ["zhangwei", "lina"]


async def test_an_id_that_was_never_seen_is_not_known(desk: Desk) -> None:
    assert known_detail(desk.records, "woNobody") is None


async def test_a_relation_that_a_whole_read_no_longer_shows_is_gone_with_its_last_fields(desk: Desk) -> None:
    row = {
        "external_contact": {"external_userid": LI_JIANGUO, "name": "李建国"},
        "follow_info": {"userid": "wangqiang", "remark": "李部"},
    }
    await desk.records.relations.put_batch("wangqiang", [row])

    fresh = await read(desk, LI_JIANGUO)
    known = known_detail(desk.records, LI_JIANGUO)

    for detail in (fresh, known):
        assert detail is not None
        last = detail.relations[-1]
        assert (last.userid, last.state) == ("wangqiang", RelationState.GONE)
        assert last.follow is not None
        assert last.follow.remark == "李部"
    assert "wangqiang" not in str(detail_document(fresh))


async def test_a_c3_read_after_a_c2_read_keeps_the_personal_tags_and_the_other_followers(desk: Desk) -> None:
    await read(desk, LI_JIANGUO)

    async for _outcome in read_customers(desk.client, desk.records, "zhangwei"):
        pass

    known = known_detail(desk.records, LI_JIANGUO)
    assert known is not None
    view = known.relation_of("ZhangWei")
    assert view is not None
    assert isinstance(view.follow, FollowUser)
    assert "爱喝茶" in {tag.tag_name for tag in view.follow.tags or ()}
    assert known.relation_of("lina") is not None


async def test_a_failed_read_says_so_and_keeps_the_detail(desk: Desk, sandbox: Sandbox) -> None:
    await read(desk, LI_JIANGUO)
    sandbox.faults.reset("/externalcontact/get", times=None)

    [outcome] = [o async for o in read_detail(desk.client, desk.records, as_external_userid(LI_JIANGUO))]

    assert isinstance(outcome, Failed)
    known = known_detail(desk.records, LI_JIANGUO)
    assert known is not None
    assert known.active == 2


async def test_a_delegated_app_is_told_what_it_is_not_given(open_desk: OpenDesk, sandbox: Sandbox) -> None:
    detail = await read(open_desk(AppKind.DELEGATED), sandbox.external_userid("李部张", AppKind.DELEGATED))

    contact = contact_fields(detail.contact, AppType.DELEGATED)
    remark = fields_of(detail.relations[0], AppType.DELEGATED)
    withheld = [field_of(contact, name).state for name in ("unionid", "avatar", "gender")]
    assert {*withheld, field_of(remark, "remark_mobiles").state} == {FieldState.NOT_GIVEN}


def test_absent_empty_and_not_for_this_kind_of_customer_are_told_apart() -> None:
    wechat = ExternalContact.model_validate({"type": 1, "name": ""})
    fields = contact_fields(wechat, AppType.SELF_BUILT)

    assert field_of(fields, "name").state is FieldState.EMPTY
    assert field_of(fields, "unionid").state is FieldState.ABSENT
    assert field_of(fields, "position").state is FieldState.NOT_FOR_WECHAT


def test_a_wecom_customer_has_no_remark_company() -> None:
    view = RelationView("zhangwei", FollowUser.model_validate({"userid": "zhangwei"}))

    assert field_of(fields_of(view, AppType.SELF_BUILT, 2), "remark_corp_name").state is FieldState.NOT_FOR_WECOM


def test_an_unknown_field_is_kept_and_shown() -> None:
    view = RelationView("zhangwei", FollowUser.model_validate({"userid": "zhangwei", "x_level": {"a": [1]}}))

    field = field_of(fields_of(view, AppType.SELF_BUILT), "x_level")
    assert (field.unknown, field.lines) == (True, ('{"a": [1]}',))


def test_tag_ids_of_a_list_are_shown_by_name_and_kind() -> None:
    follow = FollowInfo.model_validate({"userid": "zhangwei", "tag_id": ["et1", "st9", "et2"]})
    names = {"et1": (1, "等级: VIP"), "et2": (1, "等级: 重点"), "st9": (3, "意向: 高")}
    fields = relation_fields(
        RelationView("zhangwei", follow),
        AppType.SELF_BUILT,
        customer_type=1,
        person=str,
        time=str,
        tag_name=names.get,
    )

    assert field_of(fields, "tags-1").lines == ("等级: VIP", "等级: 重点")
    assert field_of(fields, "tags-3").lines == ("意向: 高",)


def test_masking_hides_phones_and_the_unionid_but_not_the_customer_id() -> None:
    contact = ExternalContact.model_validate({"external_userid": LI_JIANGUO, "unionid": "oLx7s5QdZr8wKc4tHu6jNa2eQk2M"})
    fields = contact_fields(contact, AppType.SELF_BUILT)

    assert field_of(fields, "unionid").shown(masked=True) == ("oLx7s5Qd****Qk2M",)
    assert field_of(fields, "external_userid").shown(masked=True) == (LI_JIANGUO,)


def test_masking_a_document_hides_people_and_leaves_ids_and_numbers_as_they_are() -> None:
    document = {
        "external_contact": {"external_userid": "wo12345678901", "unionid": "oLx7s5QdZr8wKc4tHu6jNa2eQk2M"},
        "follow_user": [{"oper_userid": "wm12345678901", "remark_mobiles": ["13800000001"], "createtime": 1795311958}],
    }

    assert masked_document(document) == {
        "external_contact": {"external_userid": "wo12345678901", "unionid": "oLx7s5Qd****Qk2M"},
        "follow_user": [{"oper_userid": "wm12345678901", "remark_mobiles": ["138****0001"], "createtime": 1795311958}],
    }
