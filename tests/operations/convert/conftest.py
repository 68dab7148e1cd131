"""A desk at which unionids are converted: an app's client, its records, and a clock that the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from console.operations.convert.conversion import convert
from console.operations.convert.given import given
from console.operations.convert.results import Result
from console.sandbox import AppKind, Sandbox
from console.sandbox.visitors import VISITORS
from console.settings import AppType, Profile
from console.store import Records, Store
from console.wecom.access import AppSecret
from console.wecom.client import WeComClient
from console.wecom.ids import SubjectType
from console.wecom.redact import Hidden
from tests.conftest import NOW
from tests.operations.conftest import at_once

CONVERT = "/idconvert/unionid_to_external_userid"
BACK = "/idconvert/batch/external_userid_to_pending_id"
VISITOR, OTHER_VISITOR, THIRD_VISITOR = VISITORS


class Clock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, slots=True)
class Counter:
    """Where one app's agent converts."""

    client: WeComClient
    records: Records
    profile: Profile
    sandbox: Sandbox

    async def convert(self, unionid: str = VISITOR.unionid, openid: str = VISITOR.openid, **how: object) -> Result:
        """Convert two ids, the first visitor's unless others are given; `subject_type` and other ways by name."""
        subject_type = SubjectType(int(str(how.pop("subject_type", 0))))
        ids = given(unionid, openid, subject_type)
        flags = {name: bool(value) for name, value in how.items()}
        return await convert(self._client, self.records, self.profile, ids, **flags)

    async def _client(self) -> WeComClient:
        return self.client

    @property
    def asked(self) -> int:
        """How many conversions the sandbox was asked for."""
        return self.sandbox.requests[CONVERT]

    def with_profile(self, **changes: str) -> Counter:
        """The same with other settings."""
        return replace(self, profile=replace(self.profile, **changes))  # type: ignore[arg-type]


OpenCounter = Callable[[AppKind], Counter]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def open_counter(sandbox: Sandbox, tmp_path: Path, clock: Clock) -> AsyncIterator[OpenCounter]:
    """Opens a counter for a kind of app; all of one test share the store."""
    store = Store.open(tmp_path / "store.db", clock=clock)
    async with AsyncExitStack() as stack:

        def open_for(kind: AppKind) -> Counter:
            credentials = sandbox.credentials
            secret = credentials.secret if kind is AppKind.SELF_BUILT else credentials.permanent_code
            access = AppSecret(credentials.corp_id, Hidden(secret))
            client = WeComClient(access, base_url=sandbox.base_url, sleep=at_once)
            stack.push_async_callback(client.aclose)
            profile = Profile(kind.value, credentials.corp_id, AppType(kind.value))
            return Counter(client, store.profile(kind.value, credentials.corp_id, kind.value), profile, sandbox)

        yield open_for
    store.close()


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    """A delegated app's counter."""
    return open_counter(AppKind.DELEGATED)


@pytest.fixture
def own_counter(open_counter: OpenCounter) -> Counter:
    """A self-built app's counter."""
    return open_counter(AppKind.SELF_BUILT)
