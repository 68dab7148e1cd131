"""uvicorn as a guest in somebody else's program: it takes no signals, writes no log, and says when it listens."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from console.receiver.connection import connections_to
from console.receiver.endpoint import Endpoint
from console.receiver.limits import Limits


class QuietServer(uvicorn.Server):
    """`ready` is set once it listens; `leave` ends it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self._asked_to_leave = asyncio.Event()

    def leave(self) -> None:
        """Answer what is being asked, then have `serve` end."""
        self.should_exit = True
        self._asked_to_leave.set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        """Keep the Date header right; uvicorn's own loop looks ten times a second whether it is to end."""
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._asked_to_leave.wait(), 1.0)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the program's own affair."""
        yield


def server_of(endpoint: Endpoint, path: str, limits: Limits) -> QuietServer:
    """A server of this one address; `serve(sockets=[..])` runs it until it is asked to leave.

    Every other path is 404, and noted nowhere.
    """
    app = Starlette(routes=[Route(path, endpoint.serve, methods=["GET", "POST"])])
    app.router.redirect_slashes = False
    config = uvicorn.Config(
        app,
        http=connections_to(endpoint, path, limits),
        ws="none",
        lifespan="off",
        access_log=False,  # its lines would have the query, and with it what is needed to send an event again
        log_config=None,
        log_level="critical",
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=max(1, round(limits.head)),
        timeout_graceful_shutdown=round(limits.body) + 1,
    )
    return QuietServer(config)
