"""Receiving for one session: the receiver, and what follows from the events that it or another process received."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from console.address import Address
from console.credentials import Secrets
from console.process_name import process_name
from console.receiver.server import Receiver
from console.receiver.states import Listening, State
from console.session import Session

if TYPE_CHECKING:
    from console.operations.effects.runner import EffectRunner
    from console.operations.effects.tickets import Tickets
    from console.operations.welcome.automatic import AutomaticWelcomes
    from console.operations.welcome.send import WelcomeDesk, WelcomeResult
    from console.store.event_rows import EventRow
    from console.store.events import Duplicate, New
    from console.wecom.callback.events import Event


class Reception:
    """What both fronts hold: `start` and `stop` the receiver, `work` on events; `state` is the receiver's.

    `name` names this process in the store; `on_state` is told of each change, `on_welcome` of what was sent by rule.
    """

    def __init__(
        self,
        session: Session,
        secrets: Secrets,
        *,
        what: str = "app",
        on_state: Callable[[State], object] = lambda _state: None,
        on_welcome: Callable[[EventRow, WelcomeResult], object] = lambda _row, _result: None,
    ) -> None:
        self.name = process_name(what)
        self._session = session
        self._secrets = secrets
        self._on_welcome = on_welcome
        self._receiver = Receiver(
            session.profile, session.records, secrets, name=self.name, on_stored=self._stored, on_state=on_state
        )
        self._tickets: Tickets | None = None
        self._runner: EffectRunner | None = None
        self._automatic: AutomaticWelcomes | None = None

    @property
    def state(self) -> State:
        """What the receiver is doing."""
        return self._receiver.state

    async def start(self, at: Address | None = None) -> State:
        """Listen, at the profile's own address if none is given; in a demo the sandbox is told where.

        Raises what opening a client raises, in a demo alone: its secrets are known when its sandbox runs.
        """
        call_back = self._session.call_back
        if call_back is not None:
            await self._session.client()
        state = await self._receiver.start(at or self._session.profile.receiver)
        if call_back is not None and isinstance(state, Listening):
            await call_back(state.at.url)
        return state

    async def stop(self) -> None:
        """Listen no longer; what has come is still worked on."""
        await self._receiver.stop()

    async def work(self) -> None:
        """Run effects and automatic welcomes, until cancelled; whether or not anything listens here."""
        await self._session.load()
        self._prepare()
        assert self._runner is not None
        assert self._automatic is not None
        async with asyncio.TaskGroup() as both:
            both.create_task(self._runner.run())
            both.create_task(self._automatic.run())

    def welcome_desk(self, operator: str = "") -> WelcomeDesk:
        """What an operator sends a welcome with; without a name it counts as sent by rule."""
        from console.operations.welcome.send import WelcomeDesk

        session = self._session
        return WelcomeDesk(
            session.client,
            session.records,
            session.profile,
            self.name,
            session.settings.file.parent,
            session.name_of,
            operator,
        )

    def _prepare(self) -> None:
        from console.operations.effects.handling import EffectDesk
        from console.operations.effects.runner import EffectRunner
        from console.operations.effects.tickets import Tickets
        from console.operations.welcome.automatic import AutomaticWelcomes

        session = self._session
        self._tickets = self._tickets or Tickets()
        desk = EffectDesk(
            session.client, session.records, session.profile, self._secrets, self.name, self._tickets, session.load
        )
        self._runner = EffectRunner(desk)
        self._automatic = AutomaticWelcomes(self.welcome_desk(), session.settings.welcome, self._on_welcome)

    def _stored(self, stored: New | Duplicate, event: Event) -> None:
        if event.suite_ticket:
            from console.operations.effects.tickets import Tickets

            self._tickets = self._tickets or Tickets()
            self._tickets.put(stored.id, event.suite_ticket)
        if self._automatic is not None and event.welcome_code:
            self._automatic.wake()
        if self._runner is not None:
            self._runner.wake()
