"""C6 as a provider's app finds it: customers, visitors with a pending id, wrong ids, limits, and the way back."""

from __future__ import annotations

import httpx

from console.sandbox import AppKind, Sandbox
from console.sandbox.identity import MiniProgram
from console.sandbox.visitors import VISITORS
from tests.sandbox.caller import Caller, Json, calling

CONVERT = "/idconvert/unionid_to_external_userid"
OLD = "/externalcontact/unionid_to_external_userid"
BACK = "/idconvert/batch/external_userid_to_pending_id"
VISITOR, OTHER_VISITOR, _third = VISITORS
IDS = {"unionid": VISITOR.unionid, "openid": VISITOR.openid}


def ids_of(sandbox: Sandbox, name: str, program: MiniProgram = MiniProgram.OF_THE_CORP) -> Json:
    """The unionid of a hand-written customer and an openid in one mini program."""
    identities = sandbox.people.identities
    person = identities.person(sandbox.external_userid(name), AppKind.SELF_BUILT)
    assert person is not None
    return {"unionid": identities.unionid(person), "openid": identities.openid(person, program)}


def test_a_customers_unionid_is_converted_to_the_id_that_the_providers_apps_know(
    provider: Caller, sandbox: Sandbox
) -> None:
    answer = provider.post(CONVERT, ids_of(sandbox, "李部张"))
    assert answer == {
        "errcode": 0,
        "errmsg": "ok",
        "external_userid": sandbox.external_userid("李部张", AppKind.DELEGATED),
    }


def test_a_visitor_gets_a_pending_id_and_once_added_the_customer_that_it_leads_to(
    provider: Caller, sandbox: Sandbox
) -> None:
    pending = provider.post(CONVERT, IDS)
    assert pending["pending_id"].startswith("p")
    assert "external_userid" not in pending
    assert provider.post(CONVERT, IDS) == pending
    before = provider.ids("zhangwei")
    sandbox.colleague.adds("zhangwei", VISITOR.unionid, remark="小满妈妈")
    [newcomer] = [one for one in provider.ids("zhangwei") if one not in before]
    assert provider.post(CONVERT, IDS)["external_userid"] == newcomer
    assert provider.post(BACK, {"external_userid": [newcomer]})["result"] == [
        {"external_userid": newcomer, "pending_id": pending["pending_id"]}
    ]
    contact, [follower], _pages = provider.detail(newcomer)
    assert (contact["name"], follower["remark"]) == (VISITOR.name, "小满妈妈")
    last = provider.rows("zhangwei")[-1]
    assert (last["external_contact"]["external_userid"], last["follow_info"]["remark"]) == (newcomer, "小满妈妈")


def test_the_way_back_knows_only_whom_a_pending_id_was_given_for(provider: Caller, sandbox: Sandbox) -> None:
    li = sandbox.external_userid("李部张", AppKind.DELEGATED)
    provider.post(CONVERT, ids_of(sandbox, "李部张"))
    assert provider.post(BACK, {"external_userid": [li]})["result"] == []
    assert provider.post(BACK, {"external_userid": []})["errcode"] == 40058
    assert provider.post(BACK, {})["errcode"] == 41035
    assert provider.post(BACK, {"external_userid": [li] * 101})["errcode"] == 40058
    assert provider.post(BACK, {"external_userid": ["pXyz81"]})["errcode"] == 40096


def test_the_old_address_knows_neither_subjects_nor_pending_ids(provider: Caller, sandbox: Sandbox) -> None:
    assert provider.post(OLD, IDS) == {"errcode": 0, "errmsg": "ok"}
    assert "external_userid" in provider.post(OLD, ids_of(sandbox, "李部张"))


def test_each_wrong_id_is_refused_by_its_own_code(provider: Caller, sandbox: Sandbox) -> None:
    def code(**body: object) -> int:
        return int(provider.post(CONVERT, {**IDS, **body})["errcode"])

    of_the_provider = ids_of(sandbox, "李部张", MiniProgram.OF_THE_PROVIDER)
    elsewhere = ids_of(sandbox, "李部张", MiniProgram.OF_SOMEBODY_ELSE)
    assert code(unionid=VISITOR.openid, openid=VISITOR.unionid) == 610014
    assert code(openid="oNobodys") == 40003
    assert code(openid=OTHER_VISITOR.openid) == 610018
    assert code(**elsewhere) == 610017
    assert code(**of_the_provider) == 845002
    assert code(subject_type=1) == 845002
    assert code(**of_the_provider, subject_type=1) == 0
    assert [code(subject_type=2), code(subject_type="0"), code(unionid=""), code(openid=None)] == [40058] * 4


def test_only_a_providers_apps_may_convert(corp: Caller, sandbox: Sandbox) -> None:
    for path in (CONVERT, OLD):
        assert corp.post(path, IDS)["errcode"] == 48002
    assert corp.post(BACK, {"external_userid": ["wo1"]})["errcode"] == 48002
    with calling(sandbox, AppKind.THIRD_PARTY) as third_party:
        assert third_party.post(CONVERT, IDS)["errcode"] == 0


def test_there_are_so_many_conversions_an_hour_and_no_more(provider: Caller, sandbox: Sandbox) -> None:
    sandbox.conversions.limit_an_hour = 1
    assert [provider.post(CONVERT, IDS)["errcode"] for _ in range(2)] == [0, 45009]
    of_the_provider = ids_of(sandbox, "李部张", MiniProgram.OF_THE_PROVIDER)
    assert provider.post(CONVERT, {**of_the_provider, "subject_type": 1})["errcode"] == 0


def test_a_visitor_can_be_made_a_customer_from_another_process(provider: Caller, sandbox: Sandbox) -> None:
    def steer(path: str, **asked: object) -> int:
        return httpx.post(f"{sandbox.base_url}/sandbox/{path}", json=asked, trust_env=False).status_code

    adds = {"userid": "zhangwei", "unionid": VISITOR.unionid, "after_conversion": True}
    assert steer("colleague/add", **adds) == 200
    assert [sorted(provider.post(CONVERT, IDS))[-1] for _ in range(2)] == ["pending_id", "external_userid"]
    assert steer("colleague/add", **adds) == 400
    assert steer("colleague/add", userid="zhangwei", unionid="oNobody") == 400
    assert steer("conversion-limit", an_hour=0) == 200
    assert provider.post(CONVERT, IDS)["errcode"] == 45009


def test_every_unionid_and_openid_leads_back_to_its_person(sandbox: Sandbox) -> None:
    people = sandbox.people
    identities = people.identities
    for number in (0, 1, 5, people.division.own_total - 1):
        assert identities.person_of_unionid(identities.unionid(number)) == number
        assert [identities.person_of_openid(identities.openid(number, one)) for one in MiniProgram] == [
            (number, one) for one in MiniProgram
        ]
