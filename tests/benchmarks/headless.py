"""The real app without a terminal, on a demo of its own: what was painted when, and how long the loop stood still."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter

from textual.screen import Screen

from console.demo import SELF_BUILT, demo
from console.session import Profiles
from console.tui.app import ConsoleApp

SIZE = (140, 40)
PATIENCE = 60.0
TICK = 0.001


class MeasuredApp(ConsoleApp):
    """Knows when it painted last, and tells whoever waits for something to be on the screen."""

    def __init__(self, profiles: Profiles, name: str) -> None:
        super().__init__(profiles, name, on_loaded=gc.freeze)
        self.painted = 0.0
        self._wanted: list[tuple[Callable[[], bool], asyncio.Future[float]]] = []

    def _display(self, screen: Screen[object], renderable: object) -> None:
        super()._display(screen, renderable)  # type: ignore[arg-type]
        self.painted = perf_counter()
        for wanted in [wanted for wanted in self._wanted if wanted[0]()]:
            self._wanted.remove(wanted)
            wanted[1].set_result(self.painted)

    async def painting(self, shows: Callable[[], bool]) -> float:
        """The moment of the next painting at which `shows()` is true. Raises TimeoutError."""
        future: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._wanted.append((shows, future))
        return await asyncio.wait_for(future, PATIENCE)

    async def until_quiet(self, seconds: float = 0.3) -> None:
        """Return when nothing was painted and nothing was read for so long."""
        while perf_counter() - self.painted < seconds or self._reads():  # noqa: ASYNC110
            await asyncio.sleep(0.02)

    def _reads(self) -> bool:
        """Whether anything is being read; the work on events goes on as long as the app does."""
        return any(not worker.is_finished and worker.group != "reception" for worker in self.workers)


@dataclass(slots=True)
class Pauses:
    """How late the event loop came back to somebody who asked for a turn every millisecond, in seconds."""

    worst: float = 0.0
    all: list[float] = field(default_factory=list)

    async def watch(self) -> None:
        """Measure until cancelled."""
        while True:
            began = perf_counter()
            await asyncio.sleep(TICK)
            self.all.append(perf_counter() - began - TICK)
            self.worst = max(self.worst, self.all[-1])


@asynccontextmanager
async def running_app(*sandbox: str, receives: bool = True) -> AsyncIterator[MeasuredApp]:
    """The app at 140x40 on a sandbox in a process of its own, its first follower read and all quiet."""
    with demo(*sandbox, receives=receives) as profiles:
        app = MeasuredApp(profiles, SELF_BUILT)
        async with app.run_test(size=SIZE):
            await app.painting(lambda: bool(app.pane.customers.total))
            await app.until_quiet()
            yield app
