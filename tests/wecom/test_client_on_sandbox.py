"""The client against the sandbox: paging at size, one token for all, limits, what each kind of app sees."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from console.sandbox import Options, Sandbox
from console.wecom.client import WeComClient
from console.wecom.errors import RepeatedCursor, TooManyUserids, WeComError
from console.wecom.ids import ExternalUserId, NotAnExternalUserid, UserId
from console.wecom.pace import WaitKind
from tests.wecom.conftest import FakeTime, client_of_sandbox

C1, C2, C3, C5 = (
    "/externalcontact/list",
    "/externalcontact/get",
    "/externalcontact/batch/get_by_user",
    "/externalcontact/get_follow_user_list",
)


async def test_fifty_cold_calls_cause_one_gettoken(crm: WeComClient, sandbox: Sandbox) -> None:
    answers = await asyncio.gather(*(crm.follow_users() for _ in range(50)))
    assert sandbox.requests["/gettoken"] == 1
    assert sandbox.requests[C5] == 50
    assert all(answer == answers[0] for answer in answers)
    assert isinstance(answers[0][0], UserId)


async def test_no_more_than_ten_requests_are_in_flight(fake_time: FakeTime) -> None:
    sandbox = Sandbox(Options(latency_ms=5, max_in_flight=50))
    async with sandbox.serving(), client_of_sandbox(sandbox, fake_time) as crm:
        await asyncio.gather(*(crm.follow_users() for _ in range(60)))
    assert sandbox.most_in_flight <= 10


async def test_a_server_that_takes_two_at_once_is_asked_less_and_everything_arrives(
    fake_time: FakeTime,
) -> None:
    sandbox = Sandbox(Options(latency_ms=5, max_in_flight=2))
    async with sandbox.serving(), client_of_sandbox(sandbox, fake_time) as crm:
        answers = await asyncio.gather(*(crm.follow_users() for _ in range(20)))
    assert len(answers) == 20
    assert {wait.kind for wait in fake_time.waits} == {WaitKind.CONCURRENCY}


async def test_a_follower_with_20_000_customers_is_read_whole(fake_time: FakeTime) -> None:
    sandbox = Sandbox(Options(staff=1, customers=20_000, largest=20_000))
    async with sandbox.serving(), client_of_sandbox(sandbox, fake_time) as crm:
        (userid,) = await crm.follow_users()
        ids = await crm.customer_ids(userid)
        rows = [row async for page in crm.batch_pages([userid]) for row in page.rows]
    assert len(ids) == len(rows) == 20_000
    assert isinstance(ids[0], ExternalUserId)
    assert {row.external_contact.external_userid for row in rows if row.external_contact} == set(ids)
    assert sandbox.requests[C3] == 200


async def test_the_next_page_is_in_flight_while_one_is_used(crm: WeComClient, sandbox: Sandbox) -> None:
    pages = crm.customer_pages(sandbox.external_userid("Mrs.He"))
    first = await anext(pages)
    assert first.has_more
    for _ in itertools.takewhile(lambda _: sandbox.requests[C2] < 2, range(1000)):
        await asyncio.sleep(0)
    assert sandbox.requests[C2] == 2
    await pages.aclose()


async def test_an_expired_token_is_fetched_again_once(crm: WeComClient, sandbox: Sandbox) -> None:
    await crm.follow_users()
    sandbox.faults.expire_tokens()
    answers = await asyncio.gather(*(crm.follow_users() for _ in range(8)))
    assert len(answers) == 8
    assert sandbox.requests["/gettoken"] == 2


async def test_a_wrong_secret_is_sent_once(sandbox: Sandbox, fake_time: FakeTime) -> None:
    async with client_of_sandbox(sandbox, fake_time, "wrong" * 8) as crm:
        outcomes = await asyncio.gather(*(crm.follow_users() for _ in range(30)), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {WeComError}
    assert sandbox.requests["/gettoken"] == 1
    assert fake_time.waits == []


async def test_more_than_100_userids_are_refused_before_any_request(crm: WeComClient, sandbox: Sandbox) -> None:
    with pytest.raises(TooManyUserids) as refused:
        await anext(crm.batch_pages([f"user{number}" for number in range(101)]))
    assert (refused.value.count, refused.value.limit) == (101, 100)
    assert not sandbox.requests


@pytest.mark.parametrize("text", ["", "pAAAA123", "ouAbc123", "two words"])
async def test_what_is_no_external_userid_is_refused_before_any_request(
    crm: WeComClient, sandbox: Sandbox, text: str
) -> None:
    with pytest.raises(NotAnExternalUserid):
        await crm.customer(text)
    assert not sandbox.requests


async def test_an_id_of_the_other_id_space_is_40096(crm: WeComClient) -> None:
    with pytest.raises(WeComError) as refused:
        await crm.customer("wmUnknownUnknownUnknownUnknownAA")
    assert refused.value.errcode in (40096, 84061)


async def test_an_empty_page_with_a_new_cursor_goes_on(crm: WeComClient, sandbox: Sandbox) -> None:
    whole = [raw async for page in crm.batch_pages(["zhangwei"], limit=10) for raw in page.raw_rows]
    sandbox.faults.empty_page(C3, page=2)
    sizes = [len(page.rows) async for page in crm.batch_pages(["zhangwei"], limit=10)]
    assert 0 in sizes[:-1]
    assert len(whole) - 10 <= sum(sizes) <= len(whole)


async def test_a_repeated_cursor_ends_the_read_after_its_page(crm: WeComClient, sandbox: Sandbox) -> None:
    sandbox.faults.repeat_cursor(C3, None)
    pages = crm.batch_pages(["zhangwei"], limit=10)
    assert len((await anext(pages)).rows) == 10
    assert len((await anext(pages)).rows) == 10
    with pytest.raises(RepeatedCursor):
        await anext(pages)


async def test_userids_without_a_licence_are_named(crm: WeComClient, sandbox: Sandbox) -> None:
    sandbox.faults.unlicensed("lina")
    pages = [page async for page in crm.batch_pages(["zhangwei", "lina"])]
    assert {userid for page in pages for userid in page.unlicensed} == {"lina"}


async def test_tags_have_their_names_by_id(crm: WeComClient) -> None:
    company = await crm.corp_tags()
    rules = await crm.strategy_tags()
    ids = [tag.id or "" for group in (*company, *rules) for tag in group.tag or []]
    assert any(tag_id.startswith("et") for tag_id in ids)
    assert any(tag_id.startswith("st") for tag_id in ids)
    (asked,) = await crm.corp_tags(group_ids=[company[0].group_id or ""])
    assert asked.group_name == company[0].group_name


async def test_served_contacts_come_in_pages(crm: WeComClient) -> None:
    pages = [page async for page in crm.contact_pages(limit=500)]
    assert len(pages) > 1
    assert [page.has_more for page in pages] == [True] * (len(pages) - 1) + [False]
    rows = [row for page in pages for row in page.rows]
    assert {row.is_customer for row in rows} == {True, False}


async def test_a_dead_cursor_starts_the_traversal_again(crm: WeComClient, sandbox: Sandbox) -> None:
    sandbox.faults.errcode("/externalcontact/contact_list", 50100, page=2)
    pages = [page async for page in crm.contact_pages(limit=500)]
    assert [page.restarted for page in pages][:3] == [False, True, False]


async def test_a_delegated_app_is_refused_served_contacts(sandbox: Sandbox, fake_time: FakeTime) -> None:
    async with client_of_sandbox(sandbox, fake_time, sandbox.credentials.permanent_code) as delegated:
        pages = delegated.contact_pages()
        with pytest.raises(WeComError) as refused:
            await anext(pages)
    assert refused.value.errcode == 48002


async def test_a_member_has_a_name(crm: WeComClient) -> None:
    assert (await crm.member("zhangwei")).name == "张伟"


async def test_the_guides_own_path_gives_raw_rows(crm: WeComClient) -> None:
    page = await crm.guide_contacts("zhangwei", "", 10)
    assert page.rows
    assert all(isinstance(row, dict) for row in page.rows)
