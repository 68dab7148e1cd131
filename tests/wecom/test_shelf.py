"""A token on a shelf serves many clients: one fetches it, all use it, and one that is refused is replaced."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from console.wecom.access import GET_TOKEN, AppSecret, shelf_keys
from console.wecom.client import FOLLOW_USERS, WeComClient
from console.wecom.redact import Hidden
from console.wecom.suite import GET_CORP_TOKEN, GET_SUITE_TOKEN
from console.wecom.token import KeptToken
from tests.wecom.conftest import CORP_ID, SECRET, FakeTime
from tests.wecom.lying_server import LyingServer, says
from tests.wecom.test_suite import suite_of

GOOD = says({"errcode": 0, "follow_user": ["a"]})
ACCESS = AppSecret(CORP_ID, Hidden(SECRET))


@dataclass(slots=True)
class Shelf:
    """A shelf in memory."""

    kept: dict[str, KeptToken] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    _locks: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def get(self, key: str) -> KeptToken | None:
        return self.kept.get(key)

    async def put(self, key: str, token: KeptToken) -> None:
        self.kept[key] = token

    async def drop(self, key: str) -> None:
        self.dropped.append(key)
        del self.kept[key]

    @asynccontextmanager
    async def lock(self, key: str) -> AsyncIterator[None]:
        async with self._locks[key]:
            yield


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def wecom(server: LyingServer) -> LyingServer:
    """A server whose tokens are numbered."""
    server.answers(GET_TOKEN, *(says({"access_token": f"token-number-{n}", "expires_in": 7200}) for n in range(1, 9)))
    server.answers(FOLLOW_USERS, GOOD)
    return server


def console(wecom: LyingServer, shelf: Shelf, fake_time: FakeTime, access: AppSecret = ACCESS) -> WeComClient:
    return WeComClient(access, base_url=wecom.base_url, clock=fake_time.clock, shelf=shelf)


async def test_consoles_that_start_together_fetch_one_token(
    wecom: LyingServer, shelf: Shelf, fake_time: FakeTime
) -> None:
    consoles = [console(wecom, shelf, fake_time) for _ in range(10)]
    await asyncio.gather(*(one.follow_users() for one in consoles))
    assert wecom.count[GET_TOKEN] == 1
    assert shelf.kept.keys() == set(shelf_keys(ACCESS, wecom.base_url))
    for one in consoles:
        await one.aclose()


async def test_a_token_too_old_to_use_is_fetched_anew(wecom: LyingServer, shelf: Shelf, fake_time: FakeTime) -> None:
    async with console(wecom, shelf, fake_time) as first:
        await first.follow_users()
    fake_time.now += 6900
    async with console(wecom, shelf, fake_time) as second:
        await second.follow_users()
    assert wecom.count[GET_TOKEN] == 2


async def test_a_refused_token_leaves_the_shelf_and_one_that_replaced_it_is_used(
    wecom: LyingServer, shelf: Shelf, fake_time: FakeTime
) -> None:
    async with console(wecom, shelf, fake_time) as first, console(wecom, shelf, fake_time) as second:
        await first.follow_users()
        await second.follow_users()
        wecom.answers(FOLLOW_USERS, says({"errcode": 42001}), GOOD)
        await first.follow_users()
        assert (wecom.count[GET_TOKEN], len(shelf.dropped)) == (2, 1)
        wecom.answers(FOLLOW_USERS, says({"errcode": 40014}), GOOD)
        await second.follow_users()
        assert (wecom.count[GET_TOKEN], len(shelf.dropped)) == (2, 1), "the first console's new token is taken over"
        assert wecom.seen[-1].query == {"access_token": "token-number-2"}


async def test_another_secret_and_another_place_have_another_token(
    wecom: LyingServer, shelf: Shelf, fake_time: FakeTime
) -> None:
    for access in (ACCESS, AppSecret(CORP_ID, Hidden("another-secret")), AppSecret("ww2", Hidden(SECRET))):
        async with console(wecom, shelf, fake_time, access) as one:
            await one.follow_users()
    assert (wecom.count[GET_TOKEN], len(shelf.kept)) == (3, 3)
    assert shelf_keys(ACCESS, "https://qyapi.weixin.qq.com") != shelf_keys(ACCESS, wecom.base_url)
    assert all(SECRET not in key and key.startswith(("ww2/", f"{CORP_ID}/")) for key in shelf.kept)


async def test_a_suite_shares_both_of_its_tokens(wecom: LyingServer, shelf: Shelf, fake_time: FakeTime) -> None:
    wecom.answers(GET_SUITE_TOKEN, says({"suite_access_token": "the-suite's-token", "expires_in": 7200}))
    wecom.answers(GET_CORP_TOKEN, says({"access_token": "the-corp's-token", "expires_in": 3600}))
    for _ in range(2):
        async with WeComClient(suite_of(), base_url=wecom.base_url, clock=fake_time.clock, shelf=shelf) as one:
            await one.follow_users()
    assert (wecom.count[GET_SUITE_TOKEN], wecom.count[GET_CORP_TOKEN]) == (1, 1)
    fake_time.now += 3600
    async with WeComClient(suite_of(), base_url=wecom.base_url, clock=fake_time.clock, shelf=shelf) as one:
        await one.follow_users()
    assert (wecom.count[GET_SUITE_TOKEN], wecom.count[GET_CORP_TOKEN]) == (1, 2)
    assert shelf.kept.keys() == set(shelf_keys(suite_of(), wecom.base_url))
