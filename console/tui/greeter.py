"""Welcomes new customers: by hand while the code lives, and by rule where that was agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import work
from textual.message import Message
from textual.widget import Widget

from console.language import _
from console.operations.error_words import Explanation
from console.session import CANNOT_OPEN, Session
from console.store.event_rows import EventRow
from console.wecom.welcome import CODE_LIFE

if TYPE_CHECKING:
    from console.operations.welcome.send import WelcomeResult
    from console.reception import Reception
    from console.tui.app import ConsoleApp
    from console.tui.feed.welcome import Agreed


class Greeter(Widget):
    """Offers templates, sends the one that was agreed to, and says how it ended."""

    class Welcomed(Message):
        """A welcome was sent by rule, or was to be."""

        def __init__(self, row: EventRow, result: WelcomeResult) -> None:
            super().__init__()
            self.row = row
            self.result = result

    def __init__(self, session: Session, reception: Reception) -> None:
        super().__init__(id="greeter")
        self.session = session
        self.display = False
        self._reception = reception

    @property
    def _app(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def on_mount(self) -> None:
        """Say what the settings want and nobody has agreed to yet."""
        self._tell_of_consent()

    def tell(self, row: EventRow, result: WelcomeResult) -> None:
        """A welcome was sent by rule."""
        self.post_message(self.Welcomed(row, result))

    def live(self) -> list[EventRow]:
        """The new customers whose code lives and was not used here, the newest first."""
        return self.session.records.effects.open_welcomes(self.session.clock() - CODE_LIFE)

    def offer(self, row: EventRow | None) -> None:
        """Offer the templates for an event's code, or for the newest one that lives."""
        row = row or next(iter(self.live()), None)
        if row is None:
            self._app.say(_("No welcome code lives now: each does for 20 seconds."))
            return
        from console.tui.feed.welcome import WelcomeDialog

        self.app.push_screen(WelcomeDialog(self.session, row, masked=self._app.masked), self._agreed)

    def _agreed(self, agreed: Agreed | None) -> None:
        if agreed is not None:
            self._app.status.show_result(_("Sending the welcome .."))
            self._send(agreed)

    @work(group="welcome", exit_on_error=False, description="sending a welcome")
    async def _send(self, agreed: Agreed) -> None:
        from console.operations.welcome.send import send_welcome

        desk = self._reception.welcome_desk(self._app.operator or "?")
        try:
            self._tell_result(await send_welcome(desk, agreed.row, agreed.template))
        except CANNOT_OPEN as failure:
            from console.tui.faults import explained

            self._app.status.show_result(_("The welcome was not sent."), failed=True)
            self._app.status.add_error("welcome", explained(failure, self.session.profile.app_type))

    def on_greeter_welcomed(self, event: Welcomed) -> None:
        """Sent by rule: say how it ended, unless another result stands there."""
        event.stop()
        self._tell_result(event.result)

    def _tell_result(self, result: WelcomeResult) -> None:
        from console.operations.welcome.send import Verdict
        from console.operations.welcome.words import result_words

        done = result.verdict in (Verdict.SENT, Verdict.ALREADY)
        words = result_words(result, self.session.profile.app_type)
        if done:
            self._app.status.show_result("")
            self._app.say(words)
        else:
            self._app.status.show_result(words, failed=True)

    def _tell_of_consent(self) -> None:
        """The settings want welcomes sent by rule, and in production somebody has to agree to that first."""
        from console.operations.welcome.automatic import Automatic, automatic_state

        session = self.session
        if automatic_state(session.profile, session.settings.welcome, session.records) is Automatic.NEEDS_CONSENT:
            explanation = Explanation(
                _("welcomes by rule wait for a consent"),
                _("The settings name this profile in welcome.automatic, and this is production."),
                _("Ctrl+P, then: welcomes by rule. Until then they are sent by hand (w)."),
            )
            self._app.status.add_error("automatic welcomes", explanation)

    @work(group="stop receiving", exclusive=True, exit_on_error=False)
    async def agree_to_rules(self) -> None:
        """Have whoever is at the keys agree, by typing the profile's name, that welcomes are sent by rule."""
        from console.operations.welcome.automatic import Automatic, agree, automatic_state
        from console.operations.welcome.words import automatic_words
        from console.tui.dialogs.question import Question

        session = self.session
        state = automatic_state(session.profile, session.settings.welcome, session.records)
        if state is not Automatic.NEEDS_CONSENT:
            self._app.say(_("Welcomes are sent {how}.").format(how=automatic_words(state)))
            return
        name = session.profile.name
        question = Question(
            _("Send welcomes by rule in {profile}?").format(profile=name),
            [
                _("Every new customer gets the first template for the channel, at once and without being asked again."),
                _("Another program of the company may send one too; the first one counts."),
                _("Type the profile's name to agree: {profile}").format(profile=name),
            ],
            yes=_("Send by rule"),
            no=_("By hand"),
            must_type=name,
        )
        if await self.app.push_screen_wait(question):
            agree(session.records, self._app.operator)
            self._app.status.solve("automatic welcomes")
