"""Pending ids resolve themselves: an added customer is looked up and joined, and nobody else is asked about."""

from __future__ import annotations

import json

import pytest

from console.operations.browse import read_customers
from console.operations.convert.arrivals import resolve_added
from console.operations.convert.results import Found
from console.operations.detail import read_detail
from console.operations.results import Loaded
from console.sandbox import AppKind
from console.store.mappings import Source
from console.wecom.conversion import TooManyExternalUserids
from console.wecom.errors import WeComError
from console.wecom.ids import ExternalUserId, NotAnExternalUserid
from tests.operations.convert.conftest import BACK, OTHER_VISITOR, VISITOR, Clock, Counter


def added(counter: Counter) -> ExternalUserId:
    """The first visitor becomes 张伟's customer; the id that the provider's apps know."""
    counter.sandbox.colleague.adds("zhangwei", VISITOR.unionid, remark="小满妈妈")
    identities = counter.sandbox.people.identities
    person = identities.person_of_unionid(VISITOR.unionid)
    assert person is not None
    return ExternalUserId(identities.external_userid(person, AppKind.DELEGATED))


async def read_list(counter: Counter, userid: str = "zhangwei") -> None:
    """Read a follower's customers, which must succeed."""
    *_readings, outcome = [one async for one in read_customers(counter.client, counter.records, userid)]
    assert isinstance(outcome, Loaded), outcome


async def test_an_added_customer_takes_the_place_of_the_pending_id(counter: Counter, clock: Clock) -> None:
    await counter.convert()
    await counter.convert(OTHER_VISITOR.unionid, OTHER_VISITOR.openid)
    clock.now += 60
    customer = added(counter)
    [arrived] = await resolve_added(counter.client, counter.records, [customer])
    assert (arrived.unionid, arrived.external_userid) == (VISITOR.unionid, customer)
    assert (arrived.source, arrived.arrived_at) == (Source.CALLBACK, clock.now)
    other = counter.records.mappings.of_unionid(OTHER_VISITOR.unionid)
    assert other is not None
    assert other.external_userid is None
    result = await counter.convert()
    assert isinstance(result, Found)
    assert not result.asked


async def test_nothing_is_asked_while_nobody_waits(counter: Counter, clock: Clock) -> None:
    customer = added(counter)
    assert await resolve_added(counter.client, counter.records, [customer]) == ()
    await counter.convert(OTHER_VISITOR.unionid, OTHER_VISITOR.openid)
    clock.now += 91 * 86_400
    assert await resolve_added(counter.client, counter.records, [customer]) == ()
    assert counter.sandbox.requests[BACK] == 0


async def test_more_than_100_are_asked_about_100_at_a_time_and_no_request_is_larger(counter: Counter) -> None:
    await counter.convert()
    ids = await counter.client.customer_ids("zhangwei")
    assert await resolve_added(counter.client, counter.records, [*ids[:150], *ids[:10]]) == ()
    assert counter.sandbox.requests[BACK] == 2
    assert len(json.loads(counter.sandbox.bodies[BACK])["external_userid"]) == 50
    with pytest.raises(TooManyExternalUserids):
        await counter.client.pending_ids(ids[:101])
    with pytest.raises(NotAnExternalUserid):
        await counter.client.pending_ids(["pXyz81AAAAAAAA"])
    assert await counter.client.pending_ids([]) == {}
    assert counter.sandbox.requests[BACK] == 2


async def test_a_list_that_shows_somebody_new_resolves_them_with_one_request(counter: Counter) -> None:
    await read_list(counter)
    await counter.convert()
    await read_list(counter)
    assert counter.sandbox.requests[BACK] == 0
    customer = added(counter)
    await read_list(counter)
    await read_list(counter)
    assert json.loads(counter.sandbox.bodies[BACK])["external_userid"] == [customer]
    assert counter.sandbox.requests[BACK] == 1
    [arrived] = counter.records.mappings.arrived()
    assert (arrived.external_userid, arrived.source, arrived.customer_name) == (customer, Source.REVERSE, "小满妈妈")


async def test_a_list_is_read_all_the_same_when_nobody_can_be_resolved(counter: Counter) -> None:
    await counter.convert()
    added(counter)
    counter.sandbox.faults.errcode(BACK, 48002)
    await read_list(counter)
    assert counter.records.mappings.arrived() == []
    counter.sandbox.faults.errcode(BACK, 48002)
    with pytest.raises(WeComError):
        await resolve_added(counter.client, counter.records, ["wmVq3kDgAAanybody"])


async def test_a_mapping_whose_customer_was_deleted_stays_and_says_so(counter: Counter) -> None:
    await counter.convert()
    customer = added(counter)
    await counter.convert(again=True)
    async for _step in read_detail(counter.client, counter.records, customer):
        pass
    counter.sandbox.colleague.remove("zhangwei", customer)
    await read_list(counter)
    result = await counter.convert()
    assert isinstance(result, Found)
    assert (result.mapping.external_userid, result.mapping.is_gone) == (customer, True)
