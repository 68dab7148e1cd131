"""Leads through steps: says what to do, looks whether it was done, and goes on; the app goes on as ever meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from console.language import _
from console.text import cell_width, fit
from console.tui.columns import fold
from console.tui.tour.step import Arrange, Here, Step

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp

LOOK_SECONDS = 0.2
LINES = 3


class Guide(Widget):
    """Three lines above the status: an offer, a step, or the end."""

    class Over(Message):
        """The operator has done all of it, or wants no more."""

    def __init__(self, app: ConsoleApp, name: str, steps: Sequence[Step]) -> None:
        super().__init__(id="guide")
        self.steps = steps
        self.number = 0
        self._name = name
        self._here = Here(app)
        self._shown: tuple[str, str] = ("", "")
        self._arranging = False
        self._skipped = 0

    def on_mount(self) -> None:
        """Look now and then."""
        self.set_interval(LOOK_SECONDS, self.look)
        self.look()

    @property
    def step(self) -> Step | None:
        """The step that is to be done; None when all are."""
        return self.steps[self.number] if self.number < len(self.steps) else None

    def look(self) -> None:
        """Say what is to be done now; go on if it was."""
        step = self.step
        if step is not None and step.done(self._here):
            self._go(1)
            step = self.step
        if step is not None and step.during is not None and not self._arranging:
            self._arranging = True
            self._arrange(step.during)
        self._show(step)

    def skip(self) -> None:
        """The next step, whether this one was done or not."""
        self._skipped += 1
        self._go(1)
        self.look()

    def back(self) -> None:
        """The step before."""
        if self.number:
            self._go(-1)
            self._show(self.step)

    def _go(self, steps: int) -> None:
        self.number = max(0, self.number + steps)
        self._here = Here(self._here.app)
        self._here.began_writes = self._here.writes

    @work(group="tour", exit_on_error=False)
    async def _arrange(self, during: Arrange) -> None:
        try:
            await during(self._here)
        finally:
            self._arranging = False

    def _show(self, step: Step | None) -> None:
        if step is None:
            done = _("{name}: done") if not self._skipped else _("{name}: over")
            again = _("Begin it again from Ctrl+P whenever you like.") if self._skipped else ""
            shown = (done.format(name=self._name), f"{_('That was all; the demo goes on.')} {again}".strip())
        else:
            place = f"{self._name} {self.number + 1}/{len(self.steps)}  {_(step.title)}"
            shown = (place, step.words(self._here))
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    def render(self) -> Content:
        """The step and its keys, then what to do."""
        width = max(10, self.size.width - 2)
        title, words = self._shown
        keys = _("F12 skips, F11 ends") if self.step is not None else _("F11 closes")
        gap = max(1, width - cell_width(title) - cell_width(keys))
        lines = fold(words, width)[: LINES - 1]
        first = fit(f"{title}{' ' * gap}{keys}", width)
        return Content.assemble(" ", (first, "bold"), *(f"\n {line}" for line in lines))


class Offer(Widget):
    """The same place before a tour begins."""

    def __init__(self) -> None:
        super().__init__(id="guide")

    def render(self) -> Content:
        """What it is, and both answers."""
        width = max(10, self.size.width - 2)
        words = fold(
            _("Seven short steps on this live screen: find, read, fix, a colleague's change, undo, convert, welcome."),
            width,
        )
        title = _("First time here? F12 begins the tour, F11 goes without.")
        return Content.assemble(" ", (fit(title, width), "bold"), *(f"\n {line}" for line in words[: LINES - 1]))
