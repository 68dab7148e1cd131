"""A clock that only moves when somebody sleeps, a lying server, a sandbox, and clients of both."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from console.sandbox import Options, Sandbox
from console.wecom.access import AppSecret
from console.wecom.client import WeComClient
from console.wecom.exchange import Timeouts
from console.wecom.pace import Wait
from console.wecom.redact import Hidden
from tests.wecom.lying_server import LyingServer, lying_server

CORP_ID = "ww0123456789abcdef"
SECRET = "sEcReT/+zyxwvutsrqponmlkjihgfedcba-987654321"


@dataclass(slots=True)
class FakeTime:
    """A clock in Unix seconds; sleeping moves it and is remembered."""

    now: float = 1_700_000_000.0
    slept: list[float] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
async def server() -> AsyncIterator[LyingServer]:
    async with lying_server() as lying:
        yield lying


def client_of(base_url: str, fake_time: FakeTime, timeouts: Timeouts | None = None) -> WeComClient:
    return WeComClient(
        AppSecret(CORP_ID, Hidden(SECRET)),
        base_url=base_url,
        clock=fake_time.clock,
        sleep=fake_time.sleep,
        random=random.Random(1),
        on_wait=fake_time.waits.append,
        timeouts=timeouts,
    )


@pytest.fixture
async def client(server: LyingServer, fake_time: FakeTime) -> AsyncIterator[WeComClient]:
    async with client_of(server.base_url, fake_time) as one:
        yield one


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    one = Sandbox(Options())
    async with one.serving():
        yield one


def client_of_sandbox(sandbox: Sandbox, fake_time: FakeTime, secret: str = "") -> WeComClient:
    return WeComClient(
        AppSecret(sandbox.credentials.corp_id, Hidden(secret or sandbox.credentials.secret)),
        base_url=sandbox.base_url,
        sleep=fake_time.sleep,
        random=random.Random(1),
        on_wait=fake_time.waits.append,
    )


@pytest.fixture
async def crm(sandbox: Sandbox, fake_time: FakeTime) -> AsyncIterator[WeComClient]:
    """A client of the sandbox, under the name that the guide's test cases give it."""
    async with client_of_sandbox(sandbox, fake_time) as one:
        yield one
