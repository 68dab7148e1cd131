"""The Textual app: the lines around the pane, and the commands that work everywhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from textual import events, work
from textual.app import App, ComposeResult, SystemCommand
from textual.binding import BindingType
from textual.driver import Driver
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from console.language import _
from console.logbook import note_fault
from console.session import Profiles, Session
from console.settings import Environment
from console.tui.commands import COMMANDS, Command, Place, bindings
from console.tui.customers.pane import CustomersPane
from console.tui.frame.header import ApiState, HeaderLine
from console.tui.frame.keys import KeyRow
from console.tui.frame.status import StatusLine
from console.tui.frame.tabs import TabLine
from console.tui.frame.too_small import TooSmall
from console.tui.messages import Answered, CopyOffered, PlaceChanged
from console.tui.own_keys import keymap, mistakes
from console.tui.place import commands_here, heard_here, why_not_here
from console.tui.table import BigTable
from console.tui.terminal import NotUnderstood, patient
from console.tui.themes import THEMES

if TYPE_CHECKING:
    from console.operations.explain import Explanation
    from console.tui.customers.copying import Copyable
    from console.tui.dialogs.find import Found
    from console.wecom.pace import Wait

WAIT_SHOWN_SECONDS = 3.0
LOAD_AFTER_SECONDS = 0.6
"""When the models are loaded that nothing on the first screens needs; sooner if something does."""

Worker.StateChanged.bubble = True  # Textual tells a worker's fault only to the widget that began it


class ConsoleApp(App[int]):
    """wecom-console on one profile; another profile is opened in place."""

    CSS_PATH = "console.tcss"
    TITLE = "wecom-console"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-one"), (80, "-two"), (110, "-three"), (130, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-low"), (22, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.EVERYWHERE)]

    def __init__(self, profiles: Profiles, name: str, *, on_loaded: Callable[[], object] = lambda: None) -> None:
        """`on_loaded` is called when all is loaded that the first paint did not need."""
        super().__init__()
        self._on_loaded = on_loaded
        self.profiles = profiles
        self.session: Session = profiles.open(name)
        self.session.on_wait = self._on_wait
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark"
        self.set_keymap(keymap(self.session.settings.keys))
        self.set_class(self.session.settings.ascii, "-ascii")
        self.masked = self._mask_by_default()
        self.header = HeaderLine(self.session.profile, read_only=self.session.profile.read_only)
        self.status = StatusLine()
        self.keys = KeyRow()
        self._told_about_input_method = False
        self._log_file: Path | None = None

    def compose(self) -> ComposeResult:
        """Header and tabs above, the pane, status and keys below."""
        yield self.header
        yield TabLine(self.session.settings.keys)
        yield CustomersPane(self.session)
        yield self.status
        yield self.keys
        yield TooSmall()

    def get_driver_class(self) -> type[Driver]:
        """The terminal's driver, which survives bytes that it can't read."""
        return patient(super().get_driver_class())

    def on_not_understood(self, event: NotUnderstood) -> None:
        """The terminal sent something that is no text."""
        self.say(event.words)

    def get_default_screen(self) -> Screen[object]:
        """The one screen under all dialogs."""
        screen: Screen[object] = super().get_default_screen()
        # Textual sets these classes with the first resize, which would lay out and paint everything twice.
        both = (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS)
        for extent, breakpoints in zip(self.size, both, strict=True):
            screen.add_class(max(point for point in breakpoints if point[0] <= extent)[1])
        return screen

    def on_mount(self) -> None:
        """Paint first; ask WeCom when something can be seen."""
        self.screen_change_signal.subscribe(self, self._on_screen_change)
        self._open()

    def _on_screen_change(self, _screen: Screen[object]) -> None:
        """A dialog opened or closed: other keys are good now."""
        self.call_after_refresh(self.show_keys)

    def _open(self) -> None:
        self.pane.set_masked(self.masked)
        self.header.masked = self.masked
        self.call_after_refresh(self._begin)

    @property
    def pane(self) -> CustomersPane:
        """Pane 1."""
        return self.screen_stack[0].query_one(CustomersPane)

    def _begin(self) -> None:
        self.header.api = ApiState.STARTING
        self.set_timer(LOAD_AFTER_SECONDS, self._load)
        self.pane.begin()
        self._check_own_keys()

    def _check_own_keys(self) -> None:
        """What is wrong with the operator's own keys stands in the status line until it is seen."""
        if self.session.settings.keys:
            from console.operations.explain import explain

            for mistake in mistakes(self.session.settings):
                self.status.add_error(f"{mistake.key} {mistake.message}", explain(mistake))

    @work(group="load", exit_on_error=False)
    async def _load(self) -> None:
        try:
            await self.session.load()
        finally:
            self._on_loaded()

    def _mask_by_default(self) -> bool:
        setting = self.session.settings.mask
        return self.session.profile.environment is Environment.PROD if setting is None else setting

    # How WeCom answers

    def on_answered(self, event: Answered) -> None:
        """The header and the status line tell how the last call went."""
        from console.tui.faults import explained, is_of_everything

        event.stop()
        self.header.api = ApiState.FAILED if is_of_everything(event.failure) else ApiState.READY
        if event.failure is None:
            self.status.solve(event.what)
        else:
            explanation = explained(event.failure, self.session.profile.app_type)
            what = f"{event.about} {explanation.what}".strip()
            self.status.add_error(event.what, replace(explanation, what=what))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker of any widget met what it did not expect: the app goes on and says so."""
        from console.tui.faults import explained

        if event.state is WorkerState.ERROR and isinstance(event.worker.error, Exception):
            fault = explained(event.worker.error, self.session.profile.app_type)
            self.status.add_error(f"worker {event.worker.group}", fault)

    def _handle_exception(self, error: Exception) -> None:
        """A handler met what it did not expect: the app ends, unless it is ending already."""
        self._log_file = note_fault(error)
        if not self._exit:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """In place of Textual's traceback, whose local values may hold secrets."""
        self.panic()

    def panic(self, *_renderables: object) -> None:
        """End with a sentence that tells what happened and where the details are."""
        from console.tui.faults import last_words

        super().panic(last_words(self._log_file))

    def on_place_changed(self, event: PlaceChanged) -> None:
        """The status line says where one is."""
        event.stop()
        self.status.show_place(event.words)

    def _on_wait(self, wait: Wait) -> None:
        """A call waits for its turn: say which and how long, in the header."""
        self.header.wait_words = _("rate limited, waiting {n} s").format(n=round(wait.seconds))
        if wait.seconds >= 1.0:
            self.header.api = ApiState.WAITING
            self.set_timer(wait.seconds + WAIT_SHOWN_SECONDS, self._waited)

    def _waited(self) -> None:
        if self.header.api is ApiState.WAITING:
            self.header.api = ApiState.READY

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Carry out a key's command before the next key is looked at: what is typed ahead goes where it was meant."""
        if isinstance(event, events.Key) and not event.is_forwarded and self._is_in_a_list():
            self.app_focus = True
            if await self._check_bindings(event.key, priority=True) or await self._check_bindings(event.key):
                return
        await super().on_event(event)

    def _is_in_a_list(self) -> bool:
        return isinstance(self.focused, BigTable) and not isinstance(self.screen, ModalScreen)

    def on_key(self, event: events.Key) -> None:
        """A Chinese character that no field and no key took: an input method is on, and letters don't arrive.

        It is said once, until a letter arrives again.
        """
        character = event.character or ""
        if not character or event.key in self.screen.active_bindings:
            return
        if character.isascii():
            self._told_about_input_method = False
        elif not self._told_about_input_method and unicodedata.category(character)[0] in "LPSM":
            self._told_about_input_method = True
            self.say(_("A Chinese input method is on, so letter keys don't arrive. Press Shift, or use F1 to F9."))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Other keys are good for another place."""
        self.call_after_refresh(self.show_keys)

    def show_keys(self) -> None:
        """Draw the row of keys from what is bound where the keys are."""
        if self.is_running and self.screen_stack:
            self.keys.show(heard_here(self.screen))

    def say(self, words: str) -> None:
        """Say a result in the status line."""
        self.status.say(words)

    # Commands

    async def action_pane_1(self) -> None:
        """Go to the customers."""
        await self._close_dialogs()
        self.pane.listing.focus_table()

    async def _close_dialogs(self) -> None:
        while isinstance(self.screen, ModalScreen):
            await self.screen.dismiss(None)

    def action_mask(self) -> None:
        """Hide or show personal data."""
        self.masked = not self.masked
        self.header.masked = self.masked
        self.pane.set_masked(self.masked)
        for screen in self.screen_stack[1:]:
            if isinstance(screen, ShowsPeople):
                screen.set_masked(self.masked)

    async def action_find(self) -> None:
        """Find anybody from anywhere."""
        from console.tui.dialogs.find import FindDialog

        if not isinstance(self.screen, FindDialog):
            await self._close_dialogs()
            dialog = FindDialog(self.session, masked=self.masked)
            await self.push_screen(dialog, self._go_to)
            dialog.set_focus(dialog.field)

    def _go_to(self, found: Found | None) -> None:
        if found is not None and found.external_userid is not None:
            self.pane.open_detail(found.external_userid, found.userid)
        elif found is not None and found.userid is not None:
            self.pane.go_to_follower(found.userid)

    def action_help(self) -> None:
        """The keys of this place."""
        from console.tui.dialogs.help import help_lines
        from console.tui.dialogs.reader import Reader

        if not isinstance(self.screen, Reader):
            self.push_screen(Reader(_("Keys of this place"), help_lines(commands_here(self.screen), self.keys_of)))

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """The keys of a command, the operator's own if there are any."""
        return self.session.settings.keys.get(command.id, command.keys)

    def action_last_error(self) -> None:
        """The oldest unseen error in full."""
        explanation = self.status.take_error()
        if explanation is None:
            self.say(_("There is no error to show."))
        else:
            self.show_explanation(explanation)

    def show_explanation(self, explanation: Explanation) -> None:
        """What happened, why, what to do, whom to ask, and what support wants to know."""
        from console.tui.dialogs.reader import Reader

        again = _("Trying again can help.") if explanation.again else _("Trying again does not help.")
        whom = _("Ask: {whom}").format(whom=explanation.whom) if explanation.whom else ""
        parts = (explanation.why, explanation.todo, whom, again, explanation.support)
        lines = [line for part in parts if part for line in (part, "")]
        self.push_screen(Reader(explanation.what, lines))

    async def action_palette(self) -> None:
        """Search all commands."""
        from console.tui.palette import Palette

        if not isinstance(self.screen, Palette):
            offered = [command for command in COMMANDS if command.in_palette]
            entries = [(command, self.keys_of(command), why_not_here(command, self.screen)) for command in offered]
            dialog = Palette(entries)
            await self.push_screen(dialog, self.run_command)
            dialog.set_focus(dialog.field)

    async def run_command(self, command_id: str | None) -> None:
        """Carry out a command where the keys are."""
        if command_id is None:
            return
        nodes: Iterable[object] = self.screen.focused.ancestors_with_self if self.screen.focused else [self]
        holder = next((node for node in nodes if hasattr(node, f"action_{command_id}")), None)
        if isinstance(holder, (Widget, App)):
            await self.run_action(command_id, holder)

    async def on_copy_offered(self, event: CopyOffered) -> None:
        """Offer what can be copied here."""
        event.stop()
        self._copy_one_of(event.options)

    @work(group="copy", exclusive=True, exit_on_error=False)
    async def _copy_one_of(self, options: Sequence[Copyable]) -> None:
        from console.tui.dialogs.menu import Menu

        labels = [(option.id, option.label) for option in options]
        chosen = await self.push_screen_wait(Menu(_("Copy"), labels, again="y"))
        text = next((option.text for option in options if option.id == chosen), None)
        if text:
            await self.copy(text)
        elif text is not None:
            self.say(_("There is nothing to copy."))

    async def copy(self, text: str) -> None:
        """Copy, and say truthfully where to."""
        from console.tui.clipboard import copied_words, copy
        from console.tui.customers.cells import short_text

        said = copied_words(await copy(text, self.copy_to_clipboard))
        self.say(said.format(text=short_text(text, masked=self.masked)))

    @work(group="profile", exclusive=True, exit_on_error=False)
    async def action_switch_profile(self) -> None:
        """Work in another profile."""
        from console.tui.dialogs.menu import Menu

        names = [(name, name) for name in self.profiles.names]
        chosen = await self.push_screen_wait(Menu(_("Switch profile"), names))
        if chosen is not None and chosen != self.session.profile.name:
            await self.open_profile(chosen)

    async def open_profile(self, name: str) -> None:
        """Close this profile and open another in its place; nothing of the first stays on the screen."""
        before = self.session
        for worker in self.workers:
            if worker.group != "profile":  # the one that runs here
                worker.cancel()
        self.status.clear()
        self.session = self.profiles.open(name)
        self.session.on_wait = self._on_wait
        self.masked = self._mask_by_default()
        self.header.show_profile(self.session.profile, read_only=self.session.profile.read_only)
        await self.pane.remove()
        await self.screen_stack[0].mount(CustomersPane(self.session), before=self.status)
        await before.close()
        self._open()

    def action_theme(self) -> None:
        """The next look."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]

    def action_screenshot(self) -> None:  # type: ignore[override]
        """Save a picture of the screen, with personal data masked."""
        masked = self.masked
        if not masked:
            self.action_mask()
        self.call_after_refresh(self._take_picture, not masked)

    def _take_picture(self, unmask: bool) -> None:
        try:
            words = _("Saved, masked: {path}").format(path=self.save_screenshot())
        except OSError as failure:
            words = _("Not saved: {why}").format(why=failure)
        if unmask:
            self.action_mask()
        self.say(words)

    async def action_quit(self) -> None:
        """Quit; nothing here can be lost."""
        self.exit(0)

    async def on_unmount(self) -> None:
        """Close the connections."""
        await self.session.close()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Textual's own commands are not offered: they are in English."""
        return ()


@runtime_checkable
class ShowsPeople(Protocol):
    """A dialog with personal data in it."""

    def set_masked(self, masked: bool) -> None: ...
