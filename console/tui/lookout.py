"""Keeps an eye on what is received for the session that is open: the tab's count, the header, and what can't wait."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING, cast

from textual import work
from textual.message import Message
from textual.widget import Widget

from console.language import _, listed, ngettext
from console.operations.event_people import people_of
from console.receiver.states import Listening, PortTaken, Starting, State, Stopped, WhyStopped
from console.reception import Reception
from console.session import Session
from console.settings import Environment
from console.store import StoreFailure
from console.store.event_query import EventQuery
from console.text import mask_text
from console.tui.greeter import Greeter
from console.tui.receiver_words import header_words, why_not_listening
from console.wecom.callback.events import Kind

if TYPE_CHECKING:
    from console.credentials import Secrets
    from console.tui.app import ConsoleApp

WORK = ("console.operations.effects.runner", "console.operations.welcome.automatic")
"""What the work on events is done with: loaded in a thread, so that keys stay quick."""
FEED = 2
"""The number of the feed's pane."""
LOOK_EVERY = 0.5
"""Seconds between looks at the version of the feed."""
RARELY = 10
"""Every so many looks it is looked even though nobody listens and the feed is not in sight, and ages are told anew."""
TOAST_SECONDS = 8.0

_COUNTED = frozenset(kind.value for kind in Kind if kind is not Kind.SUITE_TICKET)
_FAILED = frozenset({Kind.TRANSFER_FAILED.value})


async def look_out(app: ConsoleApp) -> None:
    """Begin to look out for the session that is open, unless somebody does."""
    if app.lookout is None:
        app.lookout = Lookout(app.session, app.profiles.secrets)
        await app.screen_stack[0].mount(app.lookout)


class Lookout(Widget):
    """Receives, and looks now and then whether anybody else has; what it finds goes to tab, header and status line."""

    class ReceiverChanged(Message):
        """The receiver of this process does something else now."""

        def __init__(self, state: State) -> None:
            super().__init__()
            self.state = state

    def __init__(self, session: Session, secrets: Secrets) -> None:
        super().__init__()  # without an id: the one before may still be on its way out
        self.session = session
        self.display = False
        self.reception = Reception(
            session,
            secrets=secrets,
            what="app",
            on_state=lambda state: self.post_message(self.ReceiverChanged(state)),
            on_welcome=lambda row, result: self.greeter.tell(row, result),
        )
        self.greeter = Greeter(session, self.reception)
        self._looks = 0
        self._version = -1
        self._elsewhere: frozenset[str] = frozenset()
        self._counted = 0
        self._unseen = 0
        self._told: set[int] = set()
        self._is_stopping = False

    @property
    def _app(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def on_mount(self) -> None:
        """Begin; where a sandbox can be told to call back, as in a demo, the receiver starts by itself."""
        self.mount(self.greeter)
        self._begin()

    @work(group="reception", exit_on_error=False)
    async def _begin(self) -> None:
        ids = await self.session.records.events.select(EventQuery())
        self._counted = ids[0] if ids else 0
        self._told = {row.id for row in self.greeter.live()}
        self.set_interval(LOOK_EVERY, self.look)
        self.look()
        if self.session.call_back is not None:
            self.start()
        for module in WORK:
            await asyncio.to_thread(import_module, module)
        await self.reception.work()

    async def leave(self) -> None:
        """Another session takes this one's place: nothing of it stays in the header and on the tab."""
        self._is_stopping = True
        app = self._app
        app.lookout = None
        self._count(-self._unseen)
        app.header.receiving = ("", "")
        await self.remove()

    async def on_unmount(self) -> None:
        """The session is left: what is received here ends."""
        self._is_stopping = True
        await self.reception.stop()

    # The receiver

    @property
    def listens_for_real(self) -> bool:
        """Whether events would be missed if this process ended."""
        is_demo = self.session.profile.environment is Environment.DEMO
        return isinstance(self.reception.state, Listening) and not is_demo

    def toggle(self) -> None:
        """Start the receiver; or, when that is agreed to, stop it."""
        match self.reception.state:
            case Starting():
                self._app.say(_("The receiver is starting."))
            case Listening():
                self._ask_to_stop()
            case _:
                self.start()

    @work(group="receiver", exit_on_error=False)
    async def start(self) -> None:
        """Listen at the profile's address."""
        await self.reception.start()

    @work(group="stop receiving", exclusive=True, exit_on_error=False)
    async def _ask_to_stop(self) -> None:
        from console.tui.dialogs.question import Question

        question = Question(
            _("Stop receiving?"),
            [
                _("The receiver listens here; events that come while nobody listens are lost."),
                _("wecom-console receive goes on receiving without a screen."),
            ],
            yes=_("Stop"),
            no=_("Go on receiving"),
        )
        if await self.app.push_screen_wait(question):
            await self.reception.stop()

    def on_lookout_receiver_changed(self, event: ReceiverChanged) -> None:
        """Say what the receiver does; what went wrong stands in the status line until it is seen."""
        event.stop()
        if self._is_stopping:
            return
        state, status = event.state, self._app.status
        if isinstance(state, Listening):
            status.solve("receiver")
            self._app.say(_("Listening at {address}.").format(address=str(state.at)))
        elif isinstance(state, Stopped) and state.why is WhyStopped.STOPPED:
            self._app.say(_("The receiver is stopped."))
        elif isinstance(state, (Stopped, PortTaken)):
            explanation = why_not_listening(state, self.session.profile.app_type)
            if explanation is not None:
                status.add_error("receiver", explanation)
                if not self._in_sight:
                    self._speak(explanation.what)
        self._tell_header()

    # What is in the store

    @property
    def _in_sight(self) -> bool:
        return self._app.panes.current == FEED

    def look(self) -> None:
        """See whether the feed is another one than at the last look."""
        self._looks += 1
        rarely = self._looks % RARELY == 0
        if not (rarely or self._in_sight or self._elsewhere or isinstance(self.reception.state, Listening)):
            return
        try:
            version = self.session.records.events.version
            if version != self._version:
                self._version = version
                self._look_at_what_came()
            if rarely:
                self._tell_header()
        except StoreFailure:  # it is being closed, or said elsewhere that it can't be read
            return

    def _look_at_what_came(self) -> None:
        self._app.panes.feed_changed()
        came = self.session.records.events.select_now(EventQuery(kinds=_COUNTED, after=self._counted))
        if self._in_sight:
            self.see_feed()
        else:
            self._count(len(came))
            self._tell_what_cannot_wait()
        self._counted = came[0] if came else self._counted
        self._tell_header()

    def see_feed(self) -> None:
        """The feed is in sight: nothing in it is unseen."""
        self._told |= {row.id for row in self.greeter.live()}
        self._count(-self._unseen)

    def _count(self, more: int) -> None:
        self._unseen += more
        marks = {number: mark for number, mark in self._app.tabs.marks.items() if number != FEED}
        self._app.tabs.marks = marks | ({FEED: f"+{self._unseen}"} if self._unseen else {})

    def _tell_header(self) -> None:
        records, now, zone = self.session.records, self.session.clock(), self.session.zone
        receiving = records.receivers.state()
        elsewhere = frozenset(run.receiver for run in receiving.listening) - {self.reception.name}
        if self._elsewhere and not receiving.listening and not self._is_stopping:
            self._speak(_("The receiver stopped: {who}").format(who=listed(sorted(self._elsewhere))))
        self._elsewhere = elsewhere
        rejected = records.events.counts(now - 3600).rejected
        self._app.header.receiving = header_words(self.reception.state, receiving, rejected, now, zone)

    # What can't wait

    def _tell_what_cannot_wait(self) -> None:
        events = self.session.records.events
        failed = len(events.select_now(EventQuery(kinds=_FAILED, after=self._counted)))
        if failed:
            words = ngettext(
                "A customer could not be handed over; pane 2 says why.",
                "{n} customers could not be handed over; pane 2 says why.",
                failed,
            )
            self._speak(words.format(n=failed))
        fresh = [row for row in self.greeter.live() if row.id not in self._told]
        self._told |= {row.id for row in fresh}
        for row in fresh[:1]:
            self._app.show_keys()
            people = people_of(row.event, self.session.records, self.session.name_of)
            words = _("New customer of {follower}: {customer}. {key} welcomes them.").format(
                follower=people.follower, customer=people.customer, key=self._app.key_words("welcome")
            )
            self._speak(words)

    def _speak(self, words: str) -> None:
        """Say it over whatever is on the screen."""
        said = mask_text(words) if self._app.masked else words
        self._app.notify(said, timeout=TOAST_SECONDS, markup=False)
