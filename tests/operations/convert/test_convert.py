"""Converting a unionid: every answer WeCom can give, asked for once, within the quota, and never in bulk."""

from __future__ import annotations

import pytest

from console.operations.convert.given import Doubt, IdField, Mistake, WhyWrong
from console.operations.convert.results import (
    Both,
    Doubtful,
    Found,
    Neither,
    NotForThisApp,
    Pending,
    QuotaExhausted,
    Refused,
    TooFast,
    Wrong,
)
from console.operations.detail import read_detail
from console.operations.results import Failed
from console.sandbox import AppKind
from console.sandbox.identity import MiniProgram
from console.settings import CONVERSION_PATHS
from console.store.mappings import MappingState, Source
from console.wecom.ids import ExternalUserId, NotAnExternalUserid, SubjectType, as_external_userid
from tests.conftest import LI_JIANGUO
from tests.operations.convert.conftest import BACK, CONVERT, OTHER_VISITOR, VISITOR, Clock, Counter

DAY = 86_400.0
LI_UNIONID = "oLx7s5QdZr8wKc4tHu6jNa2eQk2M"


def openid_of_li(counter: Counter) -> str:
    """李建国's openid in the corp's mini program."""
    identities = counter.sandbox.people.identities
    person = identities.person_of_unionid(LI_UNIONID)
    assert person is not None
    return identities.openid(person)


async def test_a_visitor_is_pending_for_90_days_and_the_id_is_no_customers(counter: Counter, clock: Clock) -> None:
    result = await counter.convert()
    assert isinstance(result, Pending)
    assert result.asked
    mapping = result.mapping
    assert (mapping.source, mapping.expires_at) == (Source.CONVERSION, clock.now + 90 * DAY)
    assert mapping.pending_id is not None
    with pytest.raises(NotAnExternalUserid):
        await counter.client.customer(mapping.pending_id)
    assert counter.sandbox.requests["/externalcontact/get"] == 0


async def test_a_customers_unionid_is_found_and_can_be_read(counter: Counter) -> None:
    result = await counter.convert(LI_UNIONID, openid_of_li(counter))
    assert isinstance(result, Found)
    assert result.mapping.external_userid == counter.sandbox.external_userid("李部张", AppKind.DELEGATED)
    detail = await counter.client.customer(as_external_userid(str(result.mapping.external_userid)))
    assert detail.external_contact.name == "李建国@城建"


async def test_asked_twice_wecom_is_asked_once_and_again_only_when_told_to(counter: Counter) -> None:
    first = await counter.convert()
    second = await counter.convert()
    assert isinstance(first, Pending)
    assert second == Pending(first.mapping, asked=False)
    assert counter.asked == 1
    await counter.convert(again=True)
    assert counter.asked == 2


async def test_after_its_end_a_pending_id_is_asked_for_anew(counter: Counter, clock: Clock) -> None:
    await counter.convert()
    clock.now += 90 * DAY
    mapping = counter.records.mappings.of_unionid(VISITOR.unionid)
    assert mapping is not None
    assert mapping.state(clock.now) is MappingState.EXPIRED
    renewed = await counter.convert()
    assert isinstance(renewed, Pending)
    assert renewed.mapping.state(clock.now) is MappingState.PENDING
    assert counter.asked == 2


async def test_the_subject_and_both_ids_are_sent_to_the_recommended_address(counter: Counter) -> None:
    identities = counter.sandbox.people.identities
    person = identities.person_of_unionid(LI_UNIONID)
    assert person is not None
    openid = identities.openid(person, MiniProgram.OF_THE_PROVIDER)
    assert isinstance(await counter.convert(LI_UNIONID, openid, subject_type=SubjectType.PROVIDER), Found)
    sent = counter.sandbox.bodies[CONVERT].decode()
    assert sent == f'{{"unionid": "{LI_UNIONID}", "openid": "{openid}", "subject_type": 1}}'
    assert [one.used for one in counter.records.quota.left(SubjectType.PROVIDER)] == [1, 1, 1]
    assert [one.used for one in counter.records.quota.left(SubjectType.CORP)] == [0, 0, 0]


async def test_the_old_address_is_asked_without_a_subject_and_gives_no_pending_id(counter: Counter) -> None:
    old = counter.with_profile(conversion_path=CONVERSION_PATHS["old"])
    assert await old.convert() == Neither(old_address=True)
    assert b"subject_type" not in counter.sandbox.bodies[CONVERSION_PATHS["old"]]
    assert isinstance(await old.convert(LI_UNIONID, openid_of_li(counter)), Found)
    assert counter.records.mappings.of_unionid(VISITOR.unionid) is None


async def test_an_answer_may_hold_both_ids_or_neither(counter: Counter) -> None:
    faults = counter.sandbox.faults
    faults.body(CONVERT, b'{"errcode":0,"errmsg":"ok","external_userid":"ooAAA","pending_id":"ooBBB"}')
    both = await counter.convert()
    assert isinstance(both, Both)
    assert (both.mapping.external_userid, both.mapping.pending_id) == ("ooAAA", "ooBBB")
    assert both.mapping.state(0) is MappingState.CUSTOMER
    faults.body(CONVERT, b'{"errcode":0,"external_userid":"","pending_id":null}')
    assert await counter.convert(OTHER_VISITOR.unionid, OTHER_VISITOR.openid) == Neither(old_address=False)
    assert counter.records.mappings.of_unionid(OTHER_VISITOR.unionid) is None
    faults.body(CONVERT, b'{"errcode":0,"external_userid":7}')
    assert isinstance(await counter.convert(again=True), Failed)


async def test_a_self_built_app_is_told_before_asking_and_finds_the_customer_among_those_it_knows(
    own_counter: Counter,
) -> None:
    assert await own_counter.convert(LI_UNIONID, "") == NotForThisApp(None)
    async for _step in read_detail(own_counter.client, own_counter.records, ExternalUserId(LI_JIANGUO)):
        pass
    result = await own_counter.convert(LI_UNIONID, "")
    assert isinstance(result, NotForThisApp)
    assert result.mapping is not None
    assert (result.mapping.external_userid, result.mapping.source) == (LI_JIANGUO, Source.READ)
    assert own_counter.asked == 0


async def test_what_only_a_list_has_shown_is_found_too(own_counter: Counter) -> None:
    async for page in own_counter.client.batch_pages(["zhangwei"]):
        await own_counter.records.relations.put_batch("zhangwei", page.raw_rows)
    result = await own_counter.convert(LI_UNIONID, "")
    assert isinstance(result, NotForThisApp)
    assert result.mapping is not None
    assert result.mapping.external_userid == LI_JIANGUO


@pytest.mark.parametrize(
    ("unionid", "openid", "wrong"),
    [
        ("", "o1", Mistake(IdField.UNIONID, WhyWrong.EMPTY)),
        ("o1", " \n", Mistake(IdField.OPENID, WhyWrong.EMPTY)),
        ("o1 o2", "o3", Mistake(IdField.UNIONID, WhyWrong.BROKEN)),
        ("o1\no2", "o3", Mistake(IdField.UNIONID, WhyWrong.BROKEN)),
        ("o1", "o\u200b3", Mistake(IdField.OPENID, WhyWrong.BROKEN)),
        ("o1", "o" * 129, Mistake(IdField.OPENID, WhyWrong.TOO_LONG)),
    ],
)
async def test_what_can_be_no_id_is_said_and_not_sent(
    counter: Counter, unionid: str, openid: str, wrong: Mistake
) -> None:
    assert await counter.convert(unionid, openid) == Wrong((wrong,))
    assert counter.asked == 0
    assert counter.records.quota.left(0)[0].used == 0


async def test_blanks_and_line_ends_around_the_ids_are_taken_away(counter: Counter) -> None:
    assert isinstance(await counter.convert(f"  {VISITOR.unionid}\r\n", f"\t{VISITOR.openid} "), Pending)
    assert VISITOR.unionid.encode() + b'",' in counter.sandbox.bodies[CONVERT]


async def test_ids_that_look_odd_are_asked_about_and_not_refused(counter: Counter) -> None:
    assert await counter.convert("oSame", "oSame") == Doubtful((Doubt.SAME,))
    pending = await counter.convert()
    assert isinstance(pending, Pending)
    assert await counter.convert(VISITOR.openid, VISITOR.unionid) == Doubtful((Doubt.SWAPPED,))
    assert await counter.convert(LI_JIANGUO, VISITOR.openid) == Doubtful((Doubt.CUSTOMER_ID,))
    assert await counter.convert(str(pending.mapping.pending_id), "oElse") == Doubtful((Doubt.PENDING_ID,))
    assert counter.asked == 1
    refused = await counter.convert(VISITOR.openid, VISITOR.unionid, sure=True)
    assert isinstance(refused, Refused)
    assert refused.failure.errcode == 610014


async def test_the_sixth_within_a_minute_is_asked_about(counter: Counter, clock: Clock) -> None:
    for _ in range(5):
        assert isinstance(await counter.convert(again=True), Pending)
    assert await counter.convert(again=True) == TooFast(5)
    assert isinstance(await counter.convert(), Pending), "what is known needs no request"
    assert counter.asked == 5
    assert isinstance(await counter.convert(again=True, hurried=True), Pending)
    clock.now += 61
    assert isinstance(await counter.convert(again=True), Pending)


async def test_when_wecom_says_that_the_quota_is_used_up_nothing_more_is_sent_in_that_hour(
    counter: Counter, clock: Clock
) -> None:
    counter.sandbox.conversions.limit_an_hour = 0
    assert await counter.convert() == QuotaExhausted(clock.now + 3600)
    assert await counter.convert() == QuotaExhausted(clock.now + 3600)
    assert counter.asked == 1


async def test_what_was_surely_not_sent_costs_nothing_and_what_may_have_been_does(counter: Counter) -> None:
    counter.sandbox.faults.reset(CONVERT)
    assert isinstance(await counter.convert(), Failed)
    assert counter.records.quota.left(0)[0].used == 1
    await counter.client.aclose()
    assert isinstance(await counter.convert(), Failed)
    assert counter.records.quota.left(0)[0].used == 1


async def test_a_token_that_has_expired_is_renewed_and_a_busy_wecom_is_not_asked_again_by_itself(
    counter: Counter,
) -> None:
    await counter.client.sign_in()
    counter.sandbox.faults.expire_tokens()
    assert isinstance(await counter.convert(), Pending)
    counter.sandbox.faults.errcode(CONVERT, -1)
    busy = await counter.convert(again=True)
    assert isinstance(busy, Refused)
    assert (busy.failure.errcode, counter.asked) == (-1, 3)
    assert counter.sandbox.requests[BACK] == 0
