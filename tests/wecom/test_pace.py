"""How the client holds itself back: each pause announced, bounded, and safe from cancelled callers."""

from __future__ import annotations

import asyncio
import random

import pytest

from console.wecom.access import GET_TOKEN
from console.wecom.client import FOLLOW_USERS, WeComClient
from console.wecom.errors import WeComError
from console.wecom.pace import Pace, Wait, WaitKind
from console.wecom.retry import ReadRetries, window_of
from tests.wecom.conftest import FakeTime
from tests.wecom.lying_server import HANG, LyingServer, says

GOOD = says({"errcode": 0, "follow_user": ["a"]})


def pace_of(fake_time: FakeTime, most_in_flight: int = 10, most_a_minute: int = 10_000) -> Pace:
    return Pace(
        clock=fake_time.clock,
        sleep=fake_time.sleep,
        on_wait=fake_time.waits.append,
        most_in_flight=most_in_flight,
        most_a_minute=most_a_minute,
    )


async def test_a_busy_system_is_asked_three_more_times_with_growing_pauses(
    server: LyingServer, client: WeComClient, fake_time: FakeTime
) -> None:
    server.answers(FOLLOW_USERS, says({"errcode": -1}))
    with pytest.raises(WeComError) as failed:
        await client.follow_users()
    assert failed.value.errcode == -1
    assert server.count[FOLLOW_USERS] == 4
    assert [(wait.kind, wait.attempt) for wait in fake_time.waits] == [(WaitKind.BUSY, n) for n in (1, 2, 3)]
    assert [wait.seconds for wait in fake_time.waits] == fake_time.slept
    for number, seconds in enumerate(fake_time.slept):
        assert 0.5 * 2**number <= seconds <= 0.75 * 2**number


async def test_a_token_request_to_a_busy_system_is_tried_again_too(server: LyingServer, client: WeComClient) -> None:
    server.answers(GET_TOKEN, says({"errcode": -1}), says({"access_token": "t" * 9, "expires_in": 7200}))
    server.answers(FOLLOW_USERS, GOOD)
    assert await client.follow_users() == ["a"]


async def test_a_frequency_limit_is_waited_for_and_announced_before(
    server: LyingServer, client: WeComClient, fake_time: FakeTime
) -> None:
    server.answers(FOLLOW_USERS, says({"errcode": 45009, "errmsg": "api freq out of limit"}), GOOD)
    assert await client.follow_users() == ["a"]
    assert fake_time.waits == [Wait(WaitKind.FREQUENCY, FOLLOW_USERS, 60.0)]
    assert fake_time.slept == [60.0]


async def test_a_frequency_limit_of_a_day_is_not_waited_for(
    server: LyingServer, client: WeComClient, fake_time: FakeTime
) -> None:
    server.answers(FOLLOW_USERS, says({"errcode": 45009, "errmsg": "reach max api daily quota limit"}))
    with pytest.raises(WeComError):
        await client.follow_users()
    assert fake_time.slept == []


async def test_a_frequency_limit_that_stays_is_given_up(server: LyingServer, client: WeComClient) -> None:
    server.answers(FOLLOW_USERS, says({"errcode": 45009}))
    with pytest.raises(WeComError):
        await client.follow_users()
    assert server.count[FOLLOW_USERS] == 3


async def test_a_frequency_limit_on_gettoken_is_not_tried_again(server: LyingServer, client: WeComClient) -> None:
    server.answers(GET_TOKEN, says({"errcode": 45009}))
    with pytest.raises(WeComError):
        await client.follow_users()
    assert server.count[GET_TOKEN] == 1


def test_the_window_is_a_minute_unless_the_server_says_more() -> None:
    assert window_of("api freq out of limit") == 60
    assert window_of("api minute-quota reach limit") == 60
    assert window_of("api hour-quota reach limit") == 3600
    assert window_of("api day-quota reach limit") == 86400


async def test_45033_halves_what_is_in_flight_once_a_round(fake_time: FakeTime) -> None:
    pace = pace_of(fake_time)
    async with pace.slot("/x") as round_, pace.slot("/x") as same:
        pace.fewer(round_)
        pace.fewer(same)
    assert pace.limit == 5
    async with pace.slot("/x") as later:
        pace.fewer(later)
    assert pace.limit == 2


async def test_the_limit_recovers_one_by_one_and_never_beyond_the_most(fake_time: FakeTime) -> None:
    pace = pace_of(fake_time)
    async with pace.slot("/x") as round_:
        pace.fewer(round_)
    for _ in range(20):
        pace.succeeded()
    assert pace.limit == 6
    for _ in range(1000):
        pace.succeeded()
    assert pace.limit == 10


async def test_a_concurrency_limit_that_stays_is_given_up(fake_time: FakeTime) -> None:
    pace = pace_of(fake_time)
    retries = ReadRetries(pace, random.Random(1), "/x")
    tries = 0
    while await retries.may_go_on(WeComError(45033), tries):
        tries += 1
    assert tries == 6
    assert pace.limit == 1


async def test_the_ten_thousand_and_first_request_of_a_minute_waits(fake_time: FakeTime) -> None:
    pace = pace_of(fake_time, most_a_minute=3)
    started = fake_time.now
    for _ in range(3):
        async with pace.slot("/x"):
            fake_time.now += 10
    async with pace.slot("/y"):
        pass
    assert fake_time.waits == []
    async with pace.slot("/x"):
        pass
    assert fake_time.waits == [Wait(WaitKind.QUOTA, "/x", 30.0)]
    assert fake_time.now == started + 60


async def test_a_clock_that_is_set_back_makes_nobody_wait_long(fake_time: FakeTime) -> None:
    pace = pace_of(fake_time, most_a_minute=1)
    async with pace.slot("/x"):
        pace.close_window("/x", 60)
    fake_time.now -= 86400
    async with pace.slot("/x"):
        pass
    assert fake_time.slept == []


async def test_cancelled_callers_give_their_places_on(fake_time: FakeTime) -> None:
    pace = pace_of(fake_time, most_in_flight=1)
    entered: list[int] = []

    async def hold(number: int, until: asyncio.Event) -> None:
        async with pace.slot("/x"):
            entered.append(number)
            await until.wait()

    never, done = asyncio.Event(), asyncio.Event()
    done.set()
    holding = asyncio.create_task(hold(1, never))
    queued = asyncio.create_task(hold(2, done))
    handed = asyncio.create_task(hold(3, done))
    last = asyncio.create_task(hold(4, done))
    for _ in range(3):
        await asyncio.sleep(0)
    queued.cancel()
    holding.cancel()
    await asyncio.sleep(0)  # the place is handed to 3, which has not run yet
    handed.cancel()
    await last
    await asyncio.gather(holding, queued, handed, return_exceptions=True)
    assert entered[0] == 1
    assert entered[-1] == 4
    async with pace.slot("/x"):
        pass


async def test_a_cancelled_request_leaves_a_client_that_works(server: LyingServer, client: WeComClient) -> None:
    server.answers(FOLLOW_USERS, HANG)
    hanging = [asyncio.create_task(client.follow_users()) for _ in range(15)]
    while server.count[FOLLOW_USERS] < 10:
        server.arrived.clear()
        await server.arrived.wait()
    for task in hanging:
        task.cancel()
    await asyncio.gather(*hanging, return_exceptions=True)
    server.answers(FOLLOW_USERS, GOOD)
    answers = await asyncio.gather(*(client.follow_users() for _ in range(15)))
    assert len(answers) == 15
