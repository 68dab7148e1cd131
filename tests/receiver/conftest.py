"""A receiver on a port of its own, and whoever calls it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from console.address import Address
from console.credentials import MemorySecrets, SecretKind
from console.receiver.limits import Limits
from console.receiver.server import Receiver
from console.receiver.states import Listening
from console.settings import Profile
from console.store import Records, Store
from console.store.event_query import EventQuery
from console.store.event_rows import FeedRow
from console.wecom.callback.envelope import Envelope
from tests.wecom.callback.peers import CORP, KEY, NONCE, TIMESTAMP, TOKEN
from tests.wecom.callback.samples import SUITE

PROFILE = Profile("acme", CORP, suite_id=SUITE)
SECRETS = MemorySecrets({("acme", SecretKind.CALLBACK_TOKEN): TOKEN, ("acme", SecretKind.ENCODING_AES_KEY): KEY})
ANYWHERE = Address(port=0)
SENDER = Envelope(TOKEN, KEY, ())


class Caller:
    """What is on WeCom's side of one receiver, and what the receiver keeps."""

    def __init__(self, receiver: Receiver, at: Address, records: Records, http: httpx.AsyncClient) -> None:
        self.receiver = receiver
        self.at = at
        self.records = records
        self.http = http

    async def push(self, message: bytes, *, receive_id: str = CORP) -> httpx.Response:
        """Deliver one message, sealed."""
        sealed = SENDER.seal(message, receive_id=receive_id, timestamp=TIMESTAMP, nonce=NONCE)
        return await self.post(sealed.query(), sealed.body(to=CORP))

    async def post(self, query: str, body: bytes) -> httpx.Response:
        """POST anything."""
        return await self.http.post(f"{self.at.url}?{query}", content=body)

    async def get(self, query: str) -> httpx.Response:
        """GET anything."""
        return await self.http.get(f"{self.at.url}?{query}")

    def rows(self, *kinds: str) -> list[FeedRow]:
        """The feed, newest first."""
        events = self.records.events
        return events.window(events.select_now(EventQuery(kinds=frozenset(kinds))))


Listen = Callable[..., object]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store.db", busy_timeout=0.1)
    yield opened
    opened.close()


@pytest.fixture
def records(store: Store) -> Records:
    return store.profile("acme", CORP, "self-built")


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        yield client


@pytest.fixture
async def caller(records: Records, http: httpx.AsyncClient) -> AsyncIterator[Caller]:
    """The usual receiver."""
    async with AsyncExitStack() as stack:
        yield await listening(stack, records, http)


async def listening(
    stack: AsyncExitStack, records: Records, http: httpx.AsyncClient, limits: Limits | None = None
) -> Caller:
    """A receiver that listens until the stack is left."""
    receiver = Receiver(PROFILE, records, SECRETS, name="test", limits=limits)
    state = await receiver.start(ANYWHERE)
    assert isinstance(state, Listening), state
    stack.push_async_callback(receiver.stop)
    return Caller(receiver, state.at, records, http)
