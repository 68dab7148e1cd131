"""Events that the sandbox's people cause, and somebody to carry out what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from console.credentials import MemorySecrets, SecretKind
from console.operations.effects.handling import EffectDesk
from console.operations.effects.outcome import EffectNote, Outcome, note_of
from console.operations.effects.runner import EffectRunner
from console.operations.effects.words import outcome_of
from console.sandbox import AppKind
from console.settings import AppType, Profile
from console.store.event_rows import EventRow, RawRequest
from console.store.events import New
from console.wecom.callback.events import event_of
from console.wecom.client import WeComClient
from tests.conftest import LI_JIANGUO
from tests.operations.conftest import Desk, OpenDesk
from tests.wecom.callback.samples import SUITE, change

REQUEST = RawRequest("POST", "127.0.0.1", "", (), b"")
ME = "receive 1"


@dataclass
class Reception:
    """One process on the store: it receives, and carries out effects when told."""

    desk: Desk
    effects: EffectDesk
    runner: EffectRunner

    def comes(
        self,
        name: str,
        userid: str = "zhangwei",
        customer: str = LI_JIANGUO,
        *,
        at: int | None = None,
        more: str = "",
        received_at: float | None = None,
    ) -> int:
        """A change arrives; the row's number. `at` is its CreateTime."""
        fields = f"<UserID>{userid}</UserID><ExternalUserID>{customer}</ExternalUserID>{more}"
        message = change(name, fields=fields)
        if at is not None:
            message = message.replace(b"1403610513", str(at).encode())
        return self.arrives(message, received_at)

    def arrives(self, message: bytes, received_at: float | None = None) -> int:
        """Any message arrives."""
        event = event_of(message)
        stored = self.desk.records.events.put(event, REQUEST, receiver=ME, received_at=received_at).wait(5)
        assert isinstance(stored, New)
        if event.suite_ticket:
            self.effects.tickets.put(stored.id, event.suite_ticket)
        return stored.id

    async def after(self, row_id: int) -> tuple[Outcome | None, EffectNote]:
        """Run what is due; how the effects of one row ended."""
        await self.runner.run_due()
        return outcome_of(self.row(row_id)), note_of(self.row(row_id))

    def row(self, row_id: int) -> EventRow:
        """One row that is an event."""
        row = self.desk.records.events.row(row_id)
        assert isinstance(row, EventRow)
        return row


OpenReception = Callable[..., Reception]


@pytest.fixture
def open_reception(open_desk: OpenDesk) -> OpenReception:
    """Another process on the same store."""

    def open_for(kind: AppKind = AppKind.SELF_BUILT, owner: str = ME, desk: Desk | None = None) -> Reception:
        at = desk or open_desk(kind)
        suite = SUITE if kind is AppKind.THIRD_PARTY else ""
        profile = Profile("acme", "ww1", AppType(kind.value), suite_id=suite)

        async def client() -> WeComClient:
            return at.client

        effects = EffectDesk(client, at.records, profile, MemorySecrets(), owner)
        return Reception(at, effects, EffectRunner(effects))

    return open_for


@pytest.fixture
def reception(open_reception: OpenReception) -> Reception:
    """A self-built app's."""
    return open_reception()


def kept_ticket(reception: Reception) -> str | None:
    """The suite ticket among the secrets."""
    return reception.effects.secrets.get("acme", SecretKind.SUITE_TICKET)
