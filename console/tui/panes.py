"""The panes on the number keys: a table of contents, and the container that opens each when it is first visited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.widget import Widget

from console.language import N_
from console.session import Session
from console.tui import styles
from console.tui.styles import read_styles


class Pane(Container):
    """One of the panes, opened on one session; it is asked to `begin` once, when it can be seen."""

    def __init__(self, session: Session, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.session = session

    def begin(self) -> None:
        """Read what is to be shown."""

    def take_keys(self) -> None:
        """Put the keys into the pane's first part, or keep them where in the pane they are."""
        raise NotImplementedError

    def set_masked(self, masked: bool) -> None:
        """Hide or show personal data."""

    def show_changed(self, external_userid: str) -> None:
        """A customer was written to, or read again: show what is there now."""

    def feed_changed(self) -> None:
        """Something came in at the callback address, or followed from it; told only to the pane in sight."""


@dataclass(frozen=True, slots=True)
class PaneKind:
    """A pane in the table of contents: `title` and `help` are msgids, `load` imports its class."""

    number: int
    title: str
    help: str
    load: Callable[[], Callable[[Session], Pane]]


def _customers() -> Callable[[Session], Pane]:
    from console.tui.customers.pane import CustomersPane

    return CustomersPane


def _feed() -> Callable[[Session], Pane]:
    from console.tui.feed.pane import FeedPane

    return FeedPane


def _convert() -> Callable[[Session], Pane]:
    from console.tui.convert.pane import ConvertPane

    return ConvertPane


def _sync() -> Callable[[Session], Pane]:
    from console.tui.sync.pane import SyncPane

    return SyncPane


def _record() -> Callable[[Session], Pane]:
    from console.tui.record.pane import RecordPane

    return RecordPane


def _profile() -> Callable[[Session], Pane]:
    from console.tui.profile.pane import ProfilePane

    return ProfilePane


PANES: tuple[PaneKind, ...] = (
    PaneKind(1, N_("Customers"), N_("go to the customers pane"), _customers),
    PaneKind(2, N_("Events"), N_("go to the events as they come"), _feed),
    PaneKind(3, N_("Convert"), N_("go to the conversion of unionids"), _convert),
    PaneKind(4, N_("Sync"), N_("go to the sync of all customers"), _sync),
    PaneKind(5, N_("Record"), N_("go to the record of what was written"), _record),
    PaneKind(6, N_("Profile"), N_("go to the profile and its check-up"), _profile),
)
"""The panes that there are, in the order of the tabs."""


class Panes(Container):
    """Holds the panes, of which one is in sight; the first is there from the beginning, the others once visited."""

    class Shown(Message):
        """Another pane came into sight."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, session: Session, *, current: int = 1) -> None:
        super().__init__(id="panes")
        self._session = session
        self._masked = False
        self._opened: dict[int, Pane] = {}
        self._begun: set[int] = set()
        self._keys_were_in: dict[int, Widget] = {}
        self.current = current

    def compose(self) -> ComposeResult:
        """The first pane, and the one that is to be in sight."""
        for number in sorted({PANES[0].number, self.current}):
            pane = self._open(number)
            pane.display = number == self.current
            yield pane

    def pane(self, number: int) -> Pane:
        """A pane that was opened. Raises KeyError."""
        return self._opened[number]

    def begin(self) -> None:
        """Have the pane in sight read what it shows, the first time."""
        if self.current not in self._begun:
            self._begun.add(self.current)
            self._opened[self.current].begin()
            if self.current != PANES[0].number and not self.has_focus_within:
                self._opened[self.current].take_keys()  # the first pane takes them when it is made

    async def show(self, number: int) -> None:
        """Bring a pane into sight, opening it if need be, and put the keys where they were in it."""
        if number == self.current:
            self._opened[number].take_keys()
            return
        if self.screen.focused is not None and self.has_focus_within:
            self._keys_were_in[self.current] = self.screen.focused
        if number not in self._opened:
            await self.mount(self._open(number))
            self._opened[number].set_masked(self._masked)
        self._opened[self.current].display = False
        self._opened[number].display = True
        self.current = number
        self.post_message(self.Shown(number))
        before = self._keys_were_in.get(number)
        if before is not None and before.is_attached:
            self.screen.set_focus(before)
        else:
            self._opened[number].take_keys()
        self.call_after_refresh(self.begin)

    def set_masked(self, masked: bool) -> None:
        """Hide or show personal data in all panes, those to come included."""
        self._masked = masked
        for pane in self._opened.values():
            pane.set_masked(masked)

    def show_changed(self, external_userid: str) -> None:
        """A customer was written to, or read again: all panes show what is there now."""
        for pane in self._opened.values():
            pane.show_changed(external_userid)

    def feed_changed(self) -> None:
        """Something came in at the callback address: the pane in sight shows it."""
        self._opened[self.current].feed_changed()

    def _open(self, number: int) -> Pane:
        kind = next(kind for kind in PANES if kind.number == number)
        if kind is not PANES[0]:
            read_styles(self.app, styles.PANES)
        pane = self._opened[number] = kind.load()(self._session)
        return pane
