"""A client of the sandbox and the records that it fills."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.sandbox import AppKind, Sandbox
from console.store import Records, Store
from console.store.relations import RelationQuery, RelationRow
from console.wecom.access import AppSecret
from console.wecom.client import WeComClient
from console.wecom.redact import Hidden
from tests.conftest import NOW


@dataclass(frozen=True, slots=True)
class Desk:
    """What an operation works with."""

    client: WeComClient
    records: Records

    def rows(self, userid: str | None = None, contains: str = "") -> list[RelationRow]:
        """The relations that the store knows, gone ones included."""
        query = RelationQuery(userid, contains, gone="include")
        return self.records.relations.window(self.records.relations.select_now(query))


OpenDesk = Callable[..., Desk]


@pytest.fixture
async def open_desk(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[OpenDesk]:
    """Opens a desk for a kind of app; all of one test share the store."""
    store = Store.open(tmp_path / "store.db", clock=lambda: NOW)
    async with AsyncExitStack() as stack:

        def open_for(kind: AppKind = AppKind.SELF_BUILT) -> Desk:
            credentials = sandbox.credentials
            secret = credentials.secret if kind is AppKind.SELF_BUILT else credentials.permanent_code
            access = AppSecret(credentials.corp_id, Hidden(secret))
            client = WeComClient(access, base_url=sandbox.base_url, sleep=at_once)
            stack.push_async_callback(client.aclose)
            return Desk(client, store.profile(kind.value, credentials.corp_id, kind.value))

        yield open_for
    store.close()


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    """A self-built app's desk."""
    return open_desk()


async def at_once(_seconds: float) -> None:
    """A sleep that takes no time."""
