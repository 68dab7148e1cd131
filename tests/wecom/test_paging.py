"""Pages: any division of the same followers merges to the same followers, and every page arrives once."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.wecom.answer import JSON
from console.wecom.client import CONTACTS, CUSTOMER, WeComClient
from console.wecom.errors import RepeatedCursor, WeComError
from console.wecom.pages import CustomerPage, customer_page, merge_pages
from console.wecom.paging import follow_cursor
from tests.wecom.conftest import FakeTime
from tests.wecom.lying_server import HANG, LyingServer, says

userids = st.text("abAB1", min_size=1, max_size=2)
followers = st.lists(st.fixed_dictionaries({"userid": userids, "remark": st.text(max_size=2)}), max_size=30)
sizes = st.lists(st.integers(0, 5), max_size=30)


def divided(rows: list[dict[str, str]], counts: list[int]) -> list[CustomerPage]:
    parts, rest = [], rows
    for count in counts:
        parts.append(rest[:count])
        rest = rest[count:]
    parts.append(rest)
    return [
        customer_page({"external_contact": {"name": "x"}, "follow_user": part}, "/x", None, has_more=False)
        for part in parts
    ]


@settings(deadline=None)
@given(followers, sizes)
def test_any_division_into_pages_merges_to_the_same_followers(rows: list[dict[str, str]], counts: list[int]) -> None:
    detail = merge_pages(divided(rows, counts))
    expected: dict[str, dict[str, str]] = {}
    for row in rows:
        expected[row["userid"].lower()] = row
    assert [follower.userid for follower in detail.follow_users] == [row["userid"] for row in expected.values()]
    assert detail.raw_followers == list(expected.values())
    assert detail.pages == len(counts) + 1


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(), max_size=4), min_size=1, max_size=12))
def test_every_page_arrives_once_and_in_order(pages: list[list[int]]) -> None:
    asked: list[str] = []

    async def ask(cursor: str) -> JSON:
        asked.append(cursor)
        number = int(cursor or 0)
        await asyncio.sleep(0)
        return {"rows": pages[number], "next_cursor": str(number + 1) if number + 1 < len(pages) else ""}

    async def read() -> list[object]:
        return [answer["rows"] async for answer in follow_cursor(ask, "/x")]

    assert asyncio.run(read()) == pages
    assert asked == ["", *map(str, range(1, len(pages)))]


def test_followers_without_a_userid_are_never_merged() -> None:
    raw: JSON = {"external_contact": {}, "follow_user": [{"remark": "a"}, {"remark": "b"}, {"userid": ""}]}
    assert len(merge_pages([customer_page(raw, "/x", None, has_more=False)]).follow_users) == 3


async def test_a_repeated_cursor_is_an_error_after_its_page(server: LyingServer, client: WeComClient) -> None:
    page = {"external_contact": {}, "follow_user": [{"userid": "a"}], "next_cursor": "same"}
    server.answers(CUSTOMER, says(page))
    pages = client.customer_pages("wo1")
    assert (await anext(pages)).has_more
    assert (await anext(pages)).has_more
    with pytest.raises(RepeatedCursor):
        await anext(pages)
    assert server.count[CUSTOMER] == 2


async def test_a_later_page_may_leave_out_the_customer(server: LyingServer, client: WeComClient) -> None:
    first = {"external_contact": {"name": "李"}, "follow_user": [{"userid": "a"}], "next_cursor": "2"}
    server.answers(CUSTOMER, says(first), says({"follow_user": [{"userid": "B"}, {"userid": "A"}]}))
    detail = await client.customer("wo1")
    assert detail.external_contact.name == "李"
    assert [follower.userid for follower in detail.follow_users] == ["A", "B"]


async def test_a_page_arrives_before_the_failure_of_the_next(server: LyingServer, client: WeComClient) -> None:
    first = {"external_contact": {}, "follow_user": [{"userid": "a"}], "next_cursor": "2"}
    server.answers(CUSTOMER, says(first), says({"errcode": 60011}))
    pages = client.customer_pages("wo1")
    assert len((await anext(pages)).follow_users) == 1
    with pytest.raises(WeComError):
        await anext(pages)


async def test_leaving_early_cancels_the_request_in_flight(server: LyingServer, client: WeComClient) -> None:
    first = {"external_contact": {}, "follow_user": [], "next_cursor": "2"}
    server.answers(CUSTOMER, says(first), HANG)
    async with aclosing(client.customer_pages("wo1")) as pages:
        await anext(pages)
    others = [task for task in asyncio.all_tasks() if "page" in task.get_name()]
    assert others == []


async def test_a_consumer_cancelled_between_pages_leaves_nothing_running(
    server: LyingServer, client: WeComClient
) -> None:
    first = {"external_contact": {}, "follow_user": [], "next_cursor": "2"}
    server.answers(CUSTOMER, says(first), HANG)
    got_one = asyncio.Event()

    async def consume() -> None:
        async for _ in client.customer_pages("wo1"):
            got_one.set()

    consuming = asyncio.create_task(consume())
    await got_one.wait()
    consuming.cancel()
    await asyncio.gather(consuming, return_exceptions=True)
    assert [task for task in asyncio.all_tasks() if "page" in task.get_name()] == []


async def test_a_contacts_cursor_older_than_four_hours_is_not_sent(
    server: LyingServer, client: WeComClient, fake_time: FakeTime
) -> None:
    row = {"tmp_openid": "t", "is_customer": False}
    more, end = says({"info_list": [row], "next_cursor": "c"}), says({"info_list": [row]})
    third = says({"info_list": [row], "next_cursor": "d"})
    server.answers(CONTACTS, more, third, more, end)
    restarted: list[bool] = []
    async for page in client.contact_pages():
        restarted.append(page.restarted)
        if len(restarted) == 1:
            await asyncio.wait([task for task in asyncio.all_tasks() if "page 2" in task.get_name()])
            fake_time.now += 4 * 3600 + 1
    assert restarted == [False, False, True, False]
    asked = [json.loads(seen.body).get("cursor") for seen in server.seen if seen.path == CONTACTS]
    assert asked == [None, "c", None, "c"]


async def test_a_contacts_cursor_that_always_dies_is_given_up(server: LyingServer, client: WeComClient) -> None:
    server.answers(CONTACTS, says({"errcode": 50100}))
    with pytest.raises(WeComError) as failed:
        [page async for page in client.contact_pages()]
    assert failed.value.errcode == 50100
    assert server.count[CONTACTS] == 4
