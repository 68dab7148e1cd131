"""The sandbox as its users hold it: made from options, served in a loop or in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from console.sandbox.http import Connection, Incoming, Outgoing
from console.sandbox.options import AppKind, Options, invent_credentials

if TYPE_CHECKING:
    from console.sandbox.callbacks import Callbacks
    from console.sandbox.comings import Comings
    from console.sandbox.conversions import Conversions
    from console.sandbox.faults import Faults
    from console.sandbox.happenings import Colleague
    from console.sandbox.people import People
    from console.sandbox.site import Site
    from console.sandbox.welcomes import Welcomes
    from console.sandbox.world import World


class Sandbox:
    """A WeCom on loopback. `base_url` is known while it serves, and is what a profile's base_url means.

    What it takes to answer is loaded when it already listens: a request that comes sooner waits a moment.
    """

    def __init__(self, options: Options | None = None, *, clock: Callable[[], float] = time.time) -> None:
        self.options = options or Options()
        self.credentials = invent_credentials(self.options.seed)
        self.base_url = ""
        self._clock = clock
        self._made = clock()
        self._living: asyncio.Task[None] | None = None

    @cached_property
    def _world(self) -> World:
        from console.sandbox.world import open_world

        return open_world(self.options, self.credentials, self._clock, self._made)

    @cached_property
    def _site(self) -> Site:
        from console.sandbox.site import Site

        return Site(self._world)

    @property
    def people(self) -> People:
        """Everybody in the corp."""
        return self._world.people

    @property
    def faults(self) -> Faults:
        """What is to go wrong."""
        return self._world.faults

    @property
    def colleague(self) -> Colleague:
        """Somebody who changes customers meanwhile."""
        return self._world.colleague

    @property
    def comings(self) -> Comings:
        """Customers who come and go."""
        return self._world.comings

    @property
    def callbacks(self) -> Callbacks:
        """The addresses that are told of what happens, and what was delivered to them."""
        return self._world.callbacks

    @property
    def welcomes(self) -> Welcomes:
        """Welcome codes, and the messages sent for them."""
        return self._world.welcomes

    @property
    def conversions(self) -> Conversions:
        """How many conversions there were, and may be."""
        return self._world.conversions

    @property
    def requests(self) -> Counter[str]:
        """How many requests came, by path below /cgi-bin ("/gettoken")."""
        return self._site.requests

    @property
    def bodies(self) -> dict[str, bytes]:
        """The last request body, by path below /cgi-bin."""
        return self._site.bodies

    @property
    def queries(self) -> dict[str, dict[str, str]]:
        """The last request's query, by path below /cgi-bin."""
        return self._site.queries

    @property
    def most_in_flight(self) -> int:
        """The most requests that were being answered at once, refused ones left out."""
        return self._site.most_in_flight

    def external_userid(self, name: str, kind: AppKind = AppKind.SELF_BUILT) -> str:
        """The id of a hand-written customer by nickname or remark; raises LookupError."""
        return self.people.external_userid(name, kind)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Listen in the running event loop; gives the base_url."""
        loop = asyncio.get_running_loop()
        connections: set[Connection] = set()
        server = await loop.create_server(
            lambda: Connection(self._handle, self._clock, connections),
            self.options.host,
            self.options.port,
            backlog=1024,
        )
        host, port = server.sockets[0].getsockname()[:2]
        self.base_url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        loop.call_soon(self._begin)
        try:
            yield self.base_url
        finally:
            server.close()
            self._end()
            for connection in list(connections):
                connection.close()
            await asyncio.sleep(0)

    @contextmanager
    def running(self) -> Iterator[str]:
        """Listen in a thread with an event loop of its own; gives the base_url."""
        self._load()
        started = threading.Event()
        running: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
        failures: list[OSError] = []

        async def serve() -> None:
            stop = asyncio.Event()
            async with self.serving():
                running.append((asyncio.get_running_loop(), stop))
                started.set()
                await stop.wait()

        def run() -> None:
            try:
                asyncio.run(serve())
            except OSError as failure:
                failures.append(failure)
            finally:
                started.set()

        thread = threading.Thread(target=run, name="sandbox", daemon=True)
        thread.start()
        started.wait()
        if failures:
            raise failures[0]
        try:
            yield self.base_url
        finally:
            loop, stop = running[0]
            loop.call_soon_threadsafe(stop.set)
            thread.join()

    def _load(self) -> None:
        """Make what the answers come from; in one thread, before others may ask for it."""
        _ = self._site

    def _begin(self) -> None:
        """What happens is told from now on, and things may happen by themselves."""
        self._load()
        self._world.callbacks.begin()
        self._world.ambience.a_minute = self.options.ambient
        self._living = asyncio.create_task(self._world.ambience.live())

    def _end(self) -> None:
        if self._living is not None:
            self._living.cancel()
        if "_world" in self.__dict__:
            self._world.callbacks.end()

    async def _handle(self, incoming: Incoming) -> Outgoing:
        return await self._site.handle(incoming)
