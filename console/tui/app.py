"""The Textual app: the lines around the pane, and the commands that work everywhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from console.credentials import SecretKind, main_secret_kind
from console.language import _
from console.logbook import note_fault
from console.session import Profiles, Session
from console.settings import ASK, AppType, Environment, operator_of
from console.tui import errors, leaving
from console.tui.commands import Place, bindings, commands_at
from console.tui.dialogs.dialog import ShowsPeople
from console.tui.frame.header import ApiState, HeaderLine
from console.tui.frame.tabs import TabLine
from console.tui.frame.too_small import TooSmall
from console.tui.going import go_to_found
from console.tui.messages import Answered, CopyOffered
from console.tui.panes import Panes
from console.tui.recovering import Recovery
from console.tui.remark.desk import Desk
from console.tui.shell import Shell
from console.tui.styles import DIALOGS, PANES, read_styles

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode

    from console.operations.explain import Explanation
    from console.tui.customers.copying import Copyable
    from console.tui.customers.pane import CustomersPane
    from console.tui.lookout import Lookout
    from console.tui.tour.pressed import KeysPressed

EDITOR, LOOKOUT = "console.tui.remark.editor", "console.tui.lookout"
LOAD_AFTER_SECONDS = 0.6
"""When the models are loaded that nothing on the first screens needs; sooner if something does."""


class TourWish(Enum):
    """Whether a demo offers its tour, begins with it, or says nothing of it."""

    NONE = auto()
    OFFER = auto()
    BEGIN = auto()


class ConsoleApp(Shell[int]):
    """wecom-console on one profile; another profile is opened in place."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Place.EVERYWHERE),
        *bindings(Place.DEMO),
        *bindings(Place.RESULT, first=True),
    ]

    def __init__(
        self,
        profiles: Profiles,
        name: str,
        *,
        on_loaded: Callable[[], object] = lambda: None,
        tour: TourWish = TourWish.NONE,
    ) -> None:
        """`on_loaded` is called when all is loaded that the first paint did not need; `tour` is a demo's."""
        super().__init__(profiles.settings)
        self._on_loaded = on_loaded
        self.profiles = profiles
        self.session: Session = profiles.open(name)
        self.masked = self._mask_by_default()
        self.header = HeaderLine(self.session.profile, profiles.settings)
        self.asked_for: set[tuple[str, SecretKind | None]] = set()
        self.operator = "" if profiles.settings.operator == ASK else operator_of(profiles.settings)
        self.session.on_wait = self.header.show_wait
        self.tabs = TabLine(self.session.settings.keys)
        self.panes = Panes(self.session)
        self.desk = Desk(self.session)
        self.lookout: Lookout | None = None
        self.tour_wish = tour
        self.is_still = False
        self.pressed: KeysPressed | None = None
        self.recovery = Recovery(self)
        self.pasted_id: str | None = None
        """The customer whose pasted ID is being read: why WeCom refuses it is shown without another key."""

    @property
    def is_demo(self) -> bool:
        """Whether the company is an invented one, in which things happen on cue."""
        return self.session.cue is not None

    def compose(self) -> ComposeResult:
        """Header and tabs above, the panes, status and keys below."""
        yield self.header
        yield self.tabs
        yield self.panes
        yield self.status
        yield self.keys
        yield TooSmall()

    @property
    def app_type(self) -> AppType:
        """The kind of app that faults are explained for."""
        return self.session.profile.app_type

    def on_mount(self) -> None:
        """Paint first; ask WeCom, and whoever is at the keys, when something can be seen."""
        self._open()
        if not self.operator:
            self.call_after_refresh(self.action_operator)

    def _open(self) -> None:
        self.panes.set_masked(self.masked)
        self.header.masked = self.masked
        self.header.operator = self.operator
        self.call_after_refresh(self._begin)

    @property
    def pane(self) -> CustomersPane:
        """Pane 1."""
        return cast("CustomersPane", self.panes.pane(1))

    def _begin(self) -> None:
        if not self.desk.is_attached:  # nothing of it is seen, so that the first paint goes without
            self.screen_stack[0].mount(self.desk)
        self.header.api = ApiState.STARTING
        self.set_timer(LOAD_AFTER_SECONDS, self._load)
        self.panes.begin()
        errors.tell_own_keys(self)

    @work(group="load", exit_on_error=False)
    async def _load(self) -> None:
        try:
            await self.session.load()
            await asyncio.to_thread(import_module, EDITOR)
            await asyncio.to_thread(import_module, LOOKOUT)
            read_styles(self, PANES, DIALOGS)
        finally:
            self._on_loaded()
        self.desk.recover()
        await import_module(LOOKOUT).look_out(self)
        if self.tour_wish is not TourWish.NONE:
            from console.tui.tour import leading

            await leading.begin_or_offer(self)

    def _mask_by_default(self) -> bool:
        setting = self.session.settings.mask
        return self.session.profile.environment is Environment.PROD if setting is None else setting

    # How WeCom answers

    def on_answered(self, event: Answered) -> None:
        """WeCom answered, or did not."""
        event.stop()
        errors.tell_answer(self, event)

    # The last write

    async def on_event(self, event: events.Event) -> None:
        """A result's keys are its own until another key is pressed."""
        if isinstance(event, events.Key) and not event.is_forwarded and event.key not in self._result_keys:
            self.desk.last.disturb()
        if isinstance(event, events.Key) and self.pressed is not None and not event.is_forwarded:
            self.pressed.note(event.key, event.character)
        await super().on_event(event)

    @property
    def _result_keys(self) -> set[str]:
        return {key for command in commands_at(Place.RESULT) for key in self.keys_of(command)}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What goes on from a result is heard while one stands there."""
        if any(command.action == action for command in commands_at(Place.RESULT)):
            return self.desk.last.offers(action)
        if action == "demo":
            return self.is_demo
        if action == "welcome":
            return self.lookout is not None and bool(self.lookout.greeter.live())
        return super().check_action(action, parameters)

    def action_welcome(self) -> None:
        """The newest customer whose welcome code lives."""
        if self.lookout is not None:
            self.lookout.greeter.offer(None)

    def action_automatic_welcomes(self) -> None:
        """Agree that welcomes are sent by rule."""
        if self.lookout is not None:
            self.lookout.greeter.agree_to_rules()

    def action_open_result(self) -> None:
        """What has to be decided, or why nothing was written."""
        self.desk.open_result()

    async def action_back_to_form(self) -> None:
        """The form whose text was not written."""
        await self.desk.back_to_form()

    def action_look_again(self) -> None:
        """Read back what was not seen."""
        self.desk.look_again()

    # Commands

    async def action_show_pane(self, number: int) -> None:
        """Go to a pane."""
        if not leaving.asks_first(self, partial(self._show_pane, number)):
            await self._show_pane(number)

    async def _show_pane(self, number: int) -> None:
        await self.close_dialogs()
        await self.panes.show(number)

    async def on_customers_pane_left(self, event: CustomersPane.Left) -> None:
        """Back to where the customer was opened from."""
        event.stop()
        await self._show_pane(event.number)

    def on_panes_shown(self, event: Panes.Shown) -> None:
        """The tabs say which pane is in sight; a place in another one is none here."""
        event.stop()
        self.tabs.current = event.number
        self.status.show_place("")

    async def close_dialogs(self) -> None:
        """Close all dialogs without a result."""
        while isinstance(self.screen, ModalScreen):
            await self.screen.dismiss(None)

    def action_mask(self) -> None:
        """Hide or show personal data."""
        self.masked = not self.masked
        self.header.masked = self.masked
        self.panes.set_masked(self.masked)
        for screen in self.screen_stack[1:]:
            if isinstance(screen, ShowsPeople):
                screen.set_masked(self.masked)

    async def action_find(self) -> None:
        """Find anybody from anywhere."""
        from console.tui.dialogs.find import FindDialog

        if not isinstance(self.screen, FindDialog) and not leaving.asks_first(self, self.action_find):
            await self.close_dialogs()
            dialog = FindDialog(self.session, masked=self.masked)
            await self.push_screen(dialog, partial(go_to_found, self))
            dialog.set_focus(dialog.field)

    async def action_demo(self, what: str) -> None:
        """A command of the tour or of a trainer."""
        from console.tui.tour import leading

        await leading.carry_out(self, what)

    def action_last_error(self) -> None:
        """The oldest unseen error in full."""
        errors.show_last(self)

    def show_explanation(self, explanation: Explanation) -> None:
        """An error in full."""
        self.push_screen(errors.in_full(explanation))

    async def on_copy_offered(self, event: CopyOffered) -> None:
        """Offer what can be copied here."""
        event.stop()
        self._copy_one_of(event.options)

    @work(group="copy", exclusive=True, exit_on_error=False)
    async def _copy_one_of(self, options: Sequence[Copyable]) -> None:
        from console.tui.copying import copy_one_of

        await copy_one_of(self, options)

    @work(group="profile", exclusive=True, exit_on_error=False)
    async def action_switch_profile(self) -> None:
        """Work in another profile."""
        from console.tui.switching import choose_profile

        await choose_profile(self)

    @work(group="profile", exclusive=True, exit_on_error=False)
    async def open_profile(self, name: str) -> None:
        """Work in this profile."""
        from console.tui.switching import open_profile

        await open_profile(self, name)

    @work(group="operator", exclusive=True, exit_on_error=False)
    async def action_operator(self) -> None:
        """Ask who is at the keys."""
        await self._ask_operator()

    async def operator_named(self) -> str:
        """Who is at the keys, for a worker; asked if it was not said yet, and empty when it is not said now."""
        return self.operator or await self._ask_operator()

    async def _ask_operator(self) -> str:
        from console.tui.dialogs.operator import OperatorDialog

        name = await self.push_screen_wait(OperatorDialog())
        self.operator = self.header.operator = name or self.operator
        return self.operator

    def action_give_secret(self) -> None:
        """Type the secret of this profile."""
        self.ask_for_secret(main_secret_kind(self.app_type), _("In place of the one that is used now."))

    @work(group="secret", exclusive=True, exit_on_error=False)
    async def ask_for_secret(self, kind: SecretKind, why: str) -> None:
        """Ask for a secret, and go on with it."""
        from console.tui.asking import ask_for_secret

        await ask_for_secret(self, kind, why)

    async def use(self, session: Session) -> None:
        """Take a session in the place of the present one; the panes are opened anew on it, and nothing else stays."""
        self.status.clear()
        self.session = session
        self.masked = self._mask_by_default()
        self.header.show_profile(session.profile, self.profiles.settings)
        session.on_wait = self.header.show_wait
        if self.lookout is not None:
            await self.lookout.leave()
        await self.panes.remove()
        await self.desk.remove()
        self.panes = Panes(session, current=self.panes.current)
        self.desk = Desk(session)
        await self.screen_stack[0].mount(self.panes, self.desk, before=self.status)
        self._open()

    async def open_anew(self, name: str) -> None:
        """Close dialogs, panes and session, and open those of a profile, which may be the same."""
        await self.close_dialogs()
        before = self.session
        for worker in self.workers:
            if worker.group != "profile":  # the one that may have asked for this
                worker.cancel()
        await self.use(self.profiles.open(name))
        await before.close()

    # What nobody expected

    def goes_on_after(self, error: Exception) -> bool:
        """A widget failed: its pane is opened anew."""
        return self.recovery.from_handler(error, self._log_file)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """A command that fails is not carried out, and all else goes on."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except Exception as fault:  # of whatever kind: this one command is lost, not the operator's day
            if not self.recovery.from_action(fault, note_fault(fault)):
                raise
            return True

    async def action_debug(self) -> None:
        """What support wants to know."""
        from console.tui.recovering import installation_page

        await self.push_screen(installation_page(self))

    def action_screenshot(self) -> None:  # type: ignore[override]
        """Save a picture of the screen, with personal data masked."""
        from console.tui.picture import save_picture

        save_picture(self)

    async def action_quit(self) -> None:
        """Quit; what would be lost is asked about, and a write is read back first."""
        if not leaving.quit_after_write(self) and not leaving.asks_first(self, partial(self.exit, 0), session=True):
            self.exit(0)

    async def on_unmount(self) -> None:
        """Close the connections."""
        await self.session.close()
