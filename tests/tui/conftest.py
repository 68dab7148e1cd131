"""The app for a walk through it: a store of the test's own, the sandbox, and a clock that the test moves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Protocol

import pytest
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from console import language
from console.demo import DELEGATED, SELF_BUILT
from console.sandbox import Options, Sandbox
from console.sandbox.fault_kinds import Hold
from console.settings import Settings
from console.store.relations import RelationRow
from console.tui.app import ConsoleApp
from console.tui.customers import pane
from console.tui.profile.report import Line, Report
from console.tui.remark import writing
from console.tui.table import BigTable
from tests.conftest import NOW
from tests.stage import SOON_AFTER, profiles_on, settled

__all__ = [
    "DELEGATED",
    "LOW",
    "NARROW",
    "SELF_BUILT",
    "WIDE",
    "Clock",
    "OpenApp",
    "Walk",
    "rows_of",
    "screen_text",
    "wait_until",
]

LOW = (80, 24)
WIDE = (140, 40)
NARROW = (60, 24)
MOST_SECONDS = 10.0


@dataclass(slots=True)
class Clock:
    """A clock that stands still until the test moves it; seconds since the epoch."""

    now: float = NOW + SOON_AFTER

    def __call__(self) -> float:
        return self.now


async def wait_until(pilot: Pilot[int], condition: Callable[[], object]) -> None:
    """Return when `condition` holds; fails with the screen's text when it never does."""
    until = monotonic() + MOST_SECONDS
    while monotonic() < until:
        await pilot.pause()
        if condition():
            return
        await pilot.pause(0.005)
    assert isinstance(pilot.app, ConsoleApp)
    pytest.fail("it never came to be; on the screen:\n" + screen_text(pilot.app))


def screen_text(app: ConsoleApp) -> str:
    """What stands on the screen, dialogs and what shines through them included, a line for each line."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def rows_of(table: BigTable) -> list[tuple[str, ...]]:
    """The texts of all rows of a table, in sight or not."""
    source = table.source
    return [
        tuple(cell if isinstance(cell, str) else cell.text for cell in row.cells) for row in source.rows(0, len(source))
    ]


@dataclass(frozen=True, slots=True)
class Walk:
    """A running app and the operator who walks through it."""

    app: ConsoleApp
    pilot: Pilot[int]
    clock: Clock
    sandbox: Sandbox

    async def press(self, *keys: str) -> None:
        """Press keys and wait until all that follows from them is on the screen."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text, each character as the terminal sends it."""
        await self.press(*text)

    async def paste(self, text: str) -> None:
        """Paste a text into whatever has the keys."""
        from textual import events

        assert self.app.screen.focused is not None
        self.app.screen.focused.post_message(events.Paste(text))
        await self.settle()

    async def click(self, widget: Widget, x: int, y: int, *, times: int = 1) -> None:
        """Click into a widget, at cells from its own corner."""
        assert await self.pilot.click(widget, offset=(x, y), times=times)
        await self.settle()

    async def settle(self) -> None:
        """Wait until no read runs and nothing waits to be drawn."""
        await settled(self.pilot)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        await wait_until(self.pilot, condition)

    async def reaches(self, hold: Hold) -> None:
        """Wait until a request hangs at the sandbox."""
        assert await asyncio.to_thread(hold.reached_by), "no request came"

    async def until_shown(self, *words: str) -> None:
        """Wait until all these words stand on the screen."""
        await self.until(lambda: all(word in self.screen for word in words))

    async def resize(self, width: int, height: int) -> None:
        """Change the terminal's size."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    @property
    def screen(self) -> str:
        """All that stands on the screen."""
        return screen_text(self.app)

    @property
    def words(self) -> str:
        """All that stands on the screen as one line, so that folded sentences are found."""
        return " ".join(self.screen.split())

    @property
    def place(self) -> str:
        """The id of what has the keys."""
        focused = self.app.screen.focused
        return "" if focused is None else focused.id or type(focused).__name__

    @property
    def status(self) -> str:
        """The status line."""
        return str(self.app.status.render())

    @property
    def keys(self) -> str:
        """The row of keys."""
        return str(self.app.keys.render())

    def relations(self) -> list[RelationRow]:
        """The relations that the list of customers shows."""
        source = self.app.pane.customers.table.source
        return self.app.session.records.relations.window([int(source.key(at)) for at in range(len(source))])

    def customers(self) -> list[tuple[str, ...]]:
        """The rows of the list of customers."""
        return rows_of(self.app.pane.customers.table)

    def followers(self) -> list[tuple[str, ...]]:
        """The rows of the list of followers."""
        return rows_of(self.app.pane.followers.table)

    def profile_lines(self) -> tuple[Line, ...]:
        """The lines of pane 6."""
        return self.app.panes.pane(6).query_one(Report).lines

    def fields(self) -> dict[str, str]:
        """The fields of the detail, the customer's and the chosen relation's, by label; lines joined by ` / `."""
        found: dict[str, str] = {}
        for table in (self.app.pane.detail.contact_table, self.app.pane.detail.relation_table):
            label = ""
            for shown, value in rows_of(table):
                label = shown or label
                found[label] = value if shown else f"{found[label]} / {value}"
        return found


class OpenApp(Protocol):
    """Opens the app; see the fixture `open_app`."""

    def __call__(
        self,
        size: tuple[int, int] = LOW,
        *,
        sandbox: Sandbox | None = None,
        profile: str = SELF_BUILT,
        lang: str = "en",
        settings: Settings | None = None,
        clock: Clock | None = None,
        settle: bool = True,
    ) -> AbstractAsyncContextManager[Walk]: ...


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No blinking, no movement, what is waited for comes at once, and the language that was there before."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda _self: None)
    monkeypatch.setattr(pane, "SETTLE_SECONDS", 0.01)
    monkeypatch.setattr(writing, "DELAYS", (0.0, 0.005, 0.01))
    before = language.current()
    yield
    language.install(before)


@pytest.fixture
def shop(start_sandbox: Callable[[Options], Sandbox]) -> Sandbox:
    """A small corp, quick to read: eight followers, 张伟 and 李娜 with all the customers written by hand."""
    return start_sandbox(Options(staff=8, customers=320, seed=7, now=NOW))


@pytest.fixture
def open_app(shop: Sandbox, tmp_path: Path) -> OpenApp:
    """Opens the app on the demo's two profiles; the second time in one test it finds what the first has left."""

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = LOW,
        *,
        sandbox: Sandbox | None = None,
        profile: str = SELF_BUILT,
        lang: str = "en",
        settings: Settings | None = None,
        clock: Clock | None = None,
        settle: bool = True,
    ) -> AsyncIterator[Walk]:
        language.install(lang)
        corp, time = sandbox or shop, clock or Clock()
        with profiles_on(corp, tmp_path, NOW, settings, clock=time) as profiles:
            app = ConsoleApp(profiles, profile)
            app.animation_level = "none"
            async with app.run_test(size=size) as pilot:
                walk = Walk(app, pilot, time, corp)
                if settle:
                    await walk.settle()
                yield walk

    return opened
