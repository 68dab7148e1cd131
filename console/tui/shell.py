"""What every app of ours has: our looks, keys, help and palette, a status line, and an orderly end after a fault."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from textual import events
from textual.app import App, SystemCommand
from textual.driver import Driver
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from console.language import _, labelled
from console.logbook import note_fault
from console.settings import LOOKS, AppType, Settings
from console.tui.commands import COMMANDS, Command, label_of, shown_key
from console.tui.frame.keys import KeyRow
from console.tui.frame.status import StatusLine
from console.tui.messages import PlaceChanged
from console.tui.own_keys import keymap
from console.tui.place import commands_here, heard_here, why_not_here
from console.tui.styles import FIRST_SCREEN
from console.tui.terminal import NotUnderstood, patient
from console.tui.themes import THEMES, look_words
from console.tui.typing_ahead import InputMethodHint, goes_at_once

Result = TypeVar("Result")

Worker.StateChanged.bubble = True  # Textual tells a worker's fault only to the widget that began it


class Shell(App[Result]):
    """An app with a status line and a row of keys that follow what has the keys."""

    TITLE = "wecom-console"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-one"), (80, "-two"), (110, "-three"), (130, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-low"), (22, "-high"), (34, "-tall")]  # noqa: RUF012

    def __init__(self, settings: Settings, *further_sheets: Path) -> None:
        super().__init__(css_path=[FIRST_SCREEN, *further_sheets])
        for theme in THEMES:
            self.register_theme(theme)
        self._begin_with(settings.theme)
        self._own_keys = settings.keys
        self.set_keymap(keymap(settings.keys))
        self.set_class(settings.ascii, "-ascii")
        self.status = StatusLine()
        self.keys = KeyRow()
        self._input_method = InputMethodHint()
        self._log_file: Path | None = None

    def _begin_with(self, look: str) -> None:
        """As setting `theme` does, but without its watcher, which has all CSS parsed a second time at the start."""
        self.set_reactive(Shell.theme, look)
        self.stylesheet.set_variables(self.get_css_variables())
        dark = self.current_theme.dark
        classes = {f"-theme-{look}": True, "-dark-mode": dark, "-light-mode": not dark}
        self.update_classes(classes, update=False)

    @property
    def app_type(self) -> AppType | None:
        """The kind of app that faults are explained for; None where there is none yet."""
        return None

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

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Textual's own commands are not offered: they are in English."""
        return ()

    def on_mount(self) -> None:
        """When a dialog opens or closes, other keys are good."""
        self.screen_change_signal.subscribe(self, self._on_screen_change)

    def _on_screen_change(self, _screen: Screen[object]) -> None:
        self.call_after_refresh(self.show_keys)

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Carry out a key's command before the next key is looked at: what is typed ahead goes where it was meant."""
        if isinstance(event, events.Key) and goes_at_once(self, event):
            self.app_focus = True
            if await self._check_bindings(event.key, priority=True) or await self._check_bindings(event.key):
                return
        await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """No field and no key took it: perhaps an input method is on, and letters don't arrive."""
        is_bound = event.key in self.screen.active_bindings
        if words := self._input_method.words_for(event, bound=is_bound) or (
            "" if is_bound else self._elsewhere(event.key)
        ):
            self.say(words)

    def _elsewhere(self, key: str) -> str:
        """Where a key that does nothing here is heard; "" for one that is nobody's."""
        command = next((command for command in COMMANDS if key in self.keys_of(command)), None)
        why = why_not_here(command, self.screen) if command is not None else ""
        return labelled(label_of(command), why) if command is not None and why else ""

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Other keys are good for another place."""
        self.call_after_refresh(self.show_keys)

    def show_keys(self) -> None:
        """Draw the row of keys from what is bound where the keys are."""
        if self.is_running and self.screen_stack:
            self.keys.show(heard_here(self.screen))
            self._show_below()

    def _show_below(self) -> None:
        """Textual does not paint anew what shines through two dialogs."""
        for screen in self.screen_stack[1:-1]:
            screen.refresh()

    # Commands

    def action_help(self) -> None:
        """The keys of this place."""
        from console.tui.dialogs.help import help_lines
        from console.tui.dialogs.reader import MARGIN, Reader

        if not isinstance(self.screen, Reader):
            lines = help_lines(commands_here(self.screen), self.keys_of, self.size.width - MARGIN)
            self.push_screen(Reader(_("Keys of this place"), lines))

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """The keys of a command, the operator's own if there are any."""
        return self._own_keys.get(command.id, command.keys)

    def key_words(self, command_id: str) -> str:
        """How the first key of a command is written on the screen."""
        return shown_key(self.keys_of(next(command for command in COMMANDS if command.id == command_id)))

    async def action_palette(self) -> None:
        """Search all commands."""
        from console.tui.palette import Palette, entries_here

        if not isinstance(self.screen, Palette):
            dialog = Palette(entries_here(self.screen, self.keys_of))
            await self.push_screen(dialog, self.run_command)
            dialog.set_focus(dialog.field)

    async def run_command(self, command_id: str | None) -> None:
        """Carry out a command where the keys are."""
        if command_id is None:
            return
        action = next(command.action for command in COMMANDS if command.id == command_id)
        nodes: Iterable[object] = self.screen.focused.ancestors_with_self if self.screen.focused else [self]
        holder = next((node for node in nodes if hasattr(node, f"action_{action.partition('(')[0]}")), None)
        if isinstance(holder, (Widget, App)):
            await self.run_action(action, holder)

    def action_theme(self) -> None:
        """The next look."""
        self.theme = LOOKS[(LOOKS.index(self.theme) + 1) % len(LOOKS)] if self.theme in LOOKS else LOOKS[0]
        words = _("Look: {look}. {setting} in config.toml keeps it.")
        self.say(words.format(look=look_words(self.theme), setting=f'theme = "{self.theme}"'))

    # What is said

    def say(self, words: str) -> None:
        """Say a result in the status line."""
        self.status.say(words)
        self._show_below()

    def on_place_changed(self, event: PlaceChanged) -> None:
        """The status line says where one is."""
        event.stop()
        self.status.show_place(event.words)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker of any widget met what it did not expect: the app goes on and says so."""
        from console.tui.faults import explained

        if event.state is WorkerState.ERROR and isinstance(event.worker.error, Exception):
            self.status.add_error(f"worker {event.worker.group}", explained(event.worker.error, self.app_type))

    def _handle_exception(self, error: Exception) -> None:
        """A handler met what it did not expect: the app ends, unless it can go on or is ending already."""
        self._log_file = note_fault(error)
        if not self._exit and not self.goes_on_after(error):
            super()._handle_exception(error)

    def goes_on_after(self, _error: Exception) -> bool:
        """Whether the app goes on although a handler failed."""
        return False

    def _fatal_error(self) -> None:
        """In place of Textual's traceback, whose local values may hold secrets."""
        self.panic()

    def panic(self, *_renderables: object) -> None:
        """End with a sentence that tells what happened and where the details are."""
        from console.tui.faults import last_words

        super().panic(last_words(self._log_file))
