"""One token for all: fetched once, renewed early, replaced once a call, safe from cancelled callers."""

from __future__ import annotations

import asyncio

import pytest

from console.wecom.access import GET_TOKEN
from console.wecom.client import FOLLOW_USERS, WeComClient
from console.wecom.errors import ConnectionReset_, UnexpectedShape, WeComError
from tests.wecom.conftest import CORP_ID, SECRET, FakeTime
from tests.wecom.lying_server import HANG, RESET, TOKEN, LyingServer, says

GOOD = says({"errcode": 0, "follow_user": ["a"]})


def token(text: str, life: object = 7200) -> object:
    return {"access_token": text, "expires_in": life}


async def test_a_token_is_asked_for_with_corp_and_secret_and_used_again(
    server: LyingServer, client: WeComClient
) -> None:
    server.answers(FOLLOW_USERS, GOOD)
    await client.follow_users()
    await client.follow_users()
    assert server.count[GET_TOKEN] == 1
    assert server.seen[0].query == {"corpid": CORP_ID, "corpsecret": SECRET}
    assert server.seen[1].query == {"access_token": TOKEN}


async def test_a_token_is_renewed_300_seconds_before_it_ends(
    server: LyingServer, client: WeComClient, fake_time: FakeTime
) -> None:
    server.answers(FOLLOW_USERS, GOOD)
    await client.follow_users()
    fake_time.now += 6899
    await client.follow_users()
    assert server.count[GET_TOKEN] == 1
    fake_time.now += 1
    await client.follow_users()
    assert server.count[GET_TOKEN] == 2


@pytest.mark.parametrize("life", [60, "soon", None, 0])
async def test_a_short_or_senseless_life_does_not_make_every_call_fetch(
    server: LyingServer, client: WeComClient, life: object
) -> None:
    server.answers(GET_TOKEN, says(token("t" * 20, life)))
    server.answers(FOLLOW_USERS, GOOD)
    await client.follow_users()
    await client.follow_users()
    assert server.count[GET_TOKEN] == 1


@pytest.mark.parametrize("errcode", [40014, 42001])
async def test_a_stale_token_is_replaced_once_and_the_call_succeeds(
    server: LyingServer, client: WeComClient, errcode: int
) -> None:
    server.answers(GET_TOKEN, says(token("old" * 9)), says(token("new" * 9)))
    server.answers(FOLLOW_USERS, says({"errcode": errcode}), GOOD)
    assert await client.follow_users() == ["a"]
    assert server.count[GET_TOKEN] == 2
    assert server.seen[-1].query == {"access_token": "new" * 9}


@pytest.mark.parametrize("errcode", [40014, 42001])
async def test_a_token_that_stays_stale_is_given_up_after_one_replacement(
    server: LyingServer, client: WeComClient, errcode: int
) -> None:
    server.answers(FOLLOW_USERS, says({"errcode": errcode}))
    with pytest.raises(WeComError) as failed:
        await client.follow_users()
    assert failed.value.errcode == errcode
    assert (server.count[GET_TOKEN], server.count[FOLLOW_USERS]) == (2, 2)


@pytest.mark.parametrize("errcode", [40001, 40013, 40091, 60020])
async def test_refused_credentials_are_never_sent_again_by_themselves(
    server: LyingServer, client: WeComClient, fake_time: FakeTime, errcode: int
) -> None:
    server.answers(GET_TOKEN, says({"errcode": errcode, "errmsg": "no"}))
    outcomes = await asyncio.gather(*(client.follow_users() for _ in range(20)), return_exceptions=True)
    assert all(isinstance(outcome, WeComError) and outcome.errcode == errcode for outcome in outcomes)
    assert len({id(outcome) for outcome in outcomes}) == 20
    assert server.count[GET_TOKEN] == 1
    assert fake_time.slept == []


@pytest.mark.parametrize("errcode", [40001, 40013, 40091])
async def test_one_call_after_another_does_not_hammer_with_refused_credentials(
    server: LyingServer, client: WeComClient, fake_time: FakeTime, errcode: int
) -> None:
    server.answers(GET_TOKEN, says({"errcode": errcode}))
    for _ in range(5):
        with pytest.raises(WeComError):
            await client.follow_users()
    assert server.count[GET_TOKEN] == 1
    fake_time.now += 5
    with pytest.raises(WeComError):
        await client.follow_users()
    assert server.count[GET_TOKEN] == 2


@pytest.mark.parametrize("errcode", [40001, 40013, 40091, 60020])
async def test_a_call_refused_for_the_credentials_is_not_tried_again(
    server: LyingServer, client: WeComClient, errcode: int
) -> None:
    server.answers(FOLLOW_USERS, says({"errcode": errcode}))
    with pytest.raises(WeComError):
        await client.follow_users()
    assert (server.count[GET_TOKEN], server.count[FOLLOW_USERS]) == (1, 1)


async def test_a_cancelled_caller_leaves_the_fetch_to_the_others(server: LyingServer, client: WeComClient) -> None:
    server.answers(FOLLOW_USERS, GOOD)
    first = asyncio.create_task(client.follow_users())
    second = asyncio.create_task(client.follow_users())
    await server.arrived.wait()
    first.cancel()
    assert await second == ["a"]
    assert server.count[GET_TOKEN] == 1
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_a_failed_fetch_is_forgotten(server: LyingServer, client: WeComClient) -> None:
    server.answers(GET_TOKEN, RESET, says(token("t" * 20)))
    server.answers(FOLLOW_USERS, GOOD)
    with pytest.raises(ConnectionReset_):
        await client.follow_users()
    assert await client.follow_users() == ["a"]


async def test_closing_frees_those_who_wait_for_a_token(server: LyingServer, client: WeComClient) -> None:
    server.answers(GET_TOKEN, HANG)
    waiting = asyncio.create_task(client.follow_users())
    await server.arrived.wait()
    await client.aclose()
    (outcome,) = await asyncio.gather(waiting, return_exceptions=True)
    assert type(outcome).__name__ == "Unreachable"


async def test_an_answer_without_a_token_is_no_token(server: LyingServer, client: WeComClient) -> None:
    server.answers(GET_TOKEN, says({"errcode": 0, "expires_in": 7200}))
    with pytest.raises(UnexpectedShape):
        await client.follow_users()
