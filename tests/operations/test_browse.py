"""Followers and their customers: what is read, what is kept, and what is said when a part is missing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TypeVar

from console.operations.browse import read_counts, read_customers, read_followers
from console.operations.results import Empty, EmptyReason, Failed, Loaded, Partial, Reading
from console.sandbox import AppKind, Sandbox
from console.store.followers import CountState
from console.store.relations import RelationState
from console.wecom.codes import NO_LICENSED_USER, NO_PRIVILEGE_TO_CONTACT, SYSTEM_BUSY
from console.wecom.errors import WeComError
from tests.operations.conftest import Desk, OpenDesk

C1, C3 = "/externalcontact/list", "/externalcontact/batch/get_by_user"
T = TypeVar("T")


async def all_of(outcomes: AsyncIterator[T]) -> list[T]:
    return [outcome async for outcome in outcomes]


async def test_followers_stand_in_the_store_in_wecoms_order(desk: Desk) -> None:
    outcome = await read_followers(desk.client, desk.records)

    assert isinstance(outcome, Loaded)
    assert outcome.value == 50
    assert [row.userid for row in desk.records.followers.rows()][:3] == ["zhangwei", "lina", "wangqiang"]


async def test_each_page_is_stored_before_it_is_told_of(desk: Desk) -> None:
    told = [
        (outcome.read, len(desk.rows("zhangwei")))
        async for outcome in read_customers(desk.client, desk.records, "zhangwei")
        if isinstance(outcome, Reading)
    ]

    assert told == [(0, 0), (100, 100), (200, 200), (212, 212)]


async def test_a_whole_read_ends_with_the_number_that_c1_gave(desk: Desk) -> None:
    *_readings, outcome = await all_of(read_customers(desk.client, desk.records, "zhangwei"))

    assert isinstance(outcome, Loaded)
    assert outcome.value == 212
    row = desk.records.followers.row("zhangwei")
    assert row is not None
    assert (row.count, row.complete) == (212, True)


async def test_84061_is_a_follower_without_customers_and_no_error(desk: Desk) -> None:
    [outcome] = await all_of(read_customers(desk.client, desk.records, "liuyang02"))

    assert outcome == Empty(EmptyReason.NO_CUSTOMERS, desk.records.clock())


async def test_a_failed_read_keeps_the_customers_that_were_known(desk: Desk, sandbox: Sandbox) -> None:
    await all_of(read_customers(desk.client, desk.records, "zhangwei"))
    sandbox.faults.errcode(C1, NO_PRIVILEGE_TO_CONTACT, times=None)

    [outcome] = await all_of(read_customers(desk.client, desk.records, "zhangwei"))

    assert isinstance(outcome, Failed)
    assert {row.state for row in desk.rows("zhangwei")} == {RelationState.ACTIVE}
    assert len(desk.rows("zhangwei")) == 212


async def test_a_page_that_fails_makes_the_list_partial_and_the_rest_unread(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.faults.errcode(C3, SYSTEM_BUSY, times=None, page=2)

    *_readings, outcome = await all_of(read_customers(desk.client, desk.records, "zhangwei"))

    assert isinstance(outcome, Partial)
    assert (outcome.value, outcome.missing.count) == (100, 112)
    states = [row.state for row in desk.rows("zhangwei")]
    assert (states.count(RelationState.ACTIVE), states.count(RelationState.UNREAD)) == (100, 112)


async def test_a_customer_that_c1_no_longer_names_is_gone_but_not_forgotten(desk: Desk) -> None:
    await desk.records.relations.put_ids("zhangwei", ["woGoneLongAgo"])

    await all_of(read_customers(desk.client, desk.records, "zhangwei"))

    gone = [row for row in desk.rows("zhangwei") if row.state is RelationState.GONE]
    assert [row.external_userid for row in gone] == ["woGoneLongAgo"]


async def test_a_follower_without_a_licence_is_named(open_desk: OpenDesk) -> None:
    desk = open_desk(AppKind.DELEGATED)

    *_readings, outcome = await all_of(read_customers(desk.client, desk.records, "xuqiang"))

    assert isinstance(outcome, Partial)
    assert outcome.missing.userids == ("xuqiang",)
    assert isinstance(outcome.missing.failure, WeComError)
    assert outcome.missing.failure.errcode == NO_LICENSED_USER


async def test_counts_come_for_all_but_the_follower_that_cannot_be_read(desk: Desk) -> None:
    asked = ["zhangwei", "liuyang02", "zhaomin"]

    assert set(await all_of(read_counts(desk.client, desk.records, asked))) == set(asked)

    rows = {userid: desk.records.followers.row(userid) for userid in asked}
    known = {userid: (row.count, row.count_state) for userid, row in rows.items() if row is not None}
    assert known == {
        "zhangwei": (212, CountState.KNOWN),
        "liuyang02": (0, CountState.NONE),
        "zhaomin": (None, CountState.FAILED),
    }
