"""The receiver as its users hold it: started, listening, stopped; in whichever event loop it is started in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.address import Address
from console.credentials import KeyringUnavailable, SecretCommandFailed, Secrets
from console.receiver.binding import bind, bound_address
from console.receiver.limits import Limits
from console.receiver.secrets import CallbackSecretMissing, envelope_of
from console.receiver.states import Listening, PortTaken, Starting, State, Stopped, WhyStopped
from console.settings import Profile
from console.store import Records, StoreFailure
from console.store.receivers import BEAT_EVERY
from console.wecom.callback.rejection import Rejected

if TYPE_CHECKING:
    from console.receiver.endpoint import OnStored
    from console.receiver.serving import QuietServer

_log = logging.getLogger("console")


@dataclass(frozen=True, slots=True)
class _Run:
    """What is at work while it listens; `id` is the run's in the store."""

    id: int
    server: QuietServer
    serving: asyncio.Task[None]
    beating: asyncio.Task[None]


class Receiver:
    """Receives callbacks for one profile; `state` is what it is doing, and `on_state` is told of each change.

    `name` names this process in the store, and no other has it. `on_stored` is called for each event that is on
    disk, in the loop; it must be quick. Nothing is loaded, asked or listened at before `start`.
    """

    def __init__(
        self,
        profile: Profile,
        records: Records,
        secrets: Secrets,
        *,
        name: str,
        on_stored: OnStored = lambda _stored, _event: None,
        on_state: Callable[[State], object] = lambda _state: None,
        limits: Limits | None = None,
    ) -> None:
        self.state: State = Stopped(WhyStopped.NOT_STARTED)
        self._profile = profile
        self._records = records
        self._secrets = secrets
        self._name = name
        self._on_stored = on_stored
        self._on_state = on_state
        self._limits = limits or Limits()
        self._changing = asyncio.Lock()
        self._run: _Run | None = None
        self._ending: asyncio.Task[None] | None = None

    async def start(self, at: Address) -> State:
        """Listen at an address: secrets first, then the port, then the store; how that ended.

        Does nothing while it listens.
        """
        async with self._changing:
            if self._run is None:
                self._enter(Starting(at))
                try:
                    self._enter(await self._start(at))
                except BaseException:
                    self._enter(Stopped(WhyStopped.CRASHED))
                    raise
            return self.state

    async def stop(self) -> None:
        """Answer what is being asked, listen no longer, and note so in the store."""
        async with self._changing:
            await self._end(WhyStopped.STOPPED)

    async def _start(self, at: Address) -> State:
        await asyncio.to_thread(_load)
        try:
            server = await self._server_at(at.path)
        except (CallbackSecretMissing, KeyringUnavailable, SecretCommandFailed) as failure:
            return Stopped(WhyStopped.SECRETS, failure)
        except Rejected as failure:
            return Stopped(WhyStopped.KEY, failure)
        try:
            listener = await asyncio.to_thread(bind, at)
        except OSError as failure:
            return Stopped(WhyStopped.ADDRESS, failure)
        if isinstance(listener, PortTaken):
            return listener
        at = bound_address(listener, at)
        try:
            run_id = await self._records.receivers.start(self._name, str(at))
        except StoreFailure as failure:
            listener.close()
            return Stopped(WhyStopped.STORE, failure)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        serving.add_done_callback(lambda _ended: server.ready.set())
        self._run = _Run(run_id, server, serving, asyncio.create_task(self._beat(run_id)))
        await server.ready.wait()
        serving.add_done_callback(self._server_ended)
        if serving.done():
            return Stopped(WhyStopped.CRASHED)
        return Listening(at, self._records.clock())

    async def _server_at(self, path: str) -> QuietServer:
        from console.receiver.endpoint import Endpoint
        from console.receiver.serving import server_of

        envelope = await envelope_of(self._profile, self._secrets)
        endpoint = Endpoint(envelope, self._records, self._name, self._on_stored, self._limits)
        return server_of(endpoint, path, self._limits)

    async def _end(self, why: WhyStopped, failure: BaseException | None = None) -> None:
        run, self._run = self._run, None
        if run is None:
            return
        run.beating.cancel()
        run.server.leave()
        with suppress(Exception):
            await run.serving
        with suppress(StoreFailure):
            await self._records.receivers.stop(run.id, why.value)
        self._enter(Stopped(why, failure if isinstance(failure, Exception) else None))

    def _server_ended(self, serving: asyncio.Task[None]) -> None:
        if self._run is None:  # it was asked to
            return
        failure = None if serving.cancelled() else serving.exception()
        _log.error("the receiver ended by itself", exc_info=failure)
        self._ending = asyncio.create_task(self._end(WhyStopped.CRASHED, failure))

    async def _beat(self, run_id: int) -> None:
        while True:
            await asyncio.sleep(BEAT_EVERY)
            with suppress(StoreFailure):  # what is missed for long shows as a gap
                await self._records.receivers.beat(run_id)

    def _enter(self, state: State) -> None:
        if state != self.state:
            self.state = state
            self._on_state(state)


def _load() -> None:
    """Load what takes a tenth of a second, in a thread, so that keys stay quick."""
    import console.receiver.endpoint
    import console.receiver.serving
    import console.wecom.callback.envelope  # noqa: F401 - this is the loading
