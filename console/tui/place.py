"""Where the keys are, and what can be done there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.screen import ModalScreen, Screen

from console.language import _, listed
from console.tui.commands import Command, Place, commands_at

Heard = tuple[Command, tuple[str, ...], bool]
"""A command, the keys that it is heard by here, and whether it can be used now."""

_OF_ITS_PART = {"enter": "open", "escape": "dialog.close"}
"""Keys that the table or the field of a place takes itself, and the command that they come to."""


def commands_here(screen: Screen[object]) -> Sequence[Command]:
    """The commands of the place that the keys are in, and those heard everywhere."""
    nodes = screen.focused.ancestors_with_self if screen.focused else [screen]
    place = next((node.PLACE for node in nodes if hasattr(node, "PLACE")), Place.EVERYWHERE)
    return commands_at(place, Place.EVERYWHERE, *((Place.DEMO,) if getattr(screen.app, "is_demo", False) else ()))


def heard_here(screen: Screen[object]) -> list[Heard]:
    """The commands with the keys that really do something here: in a text field letters are text."""
    commands = {command.id: command for command in commands_here(screen)}
    typing = screen.focused is not None and screen.focused.check_consume_key("a", "a")
    opens = isinstance(screen, ModalScreen)  # in a list's filter Enter only goes to the rows
    heard: dict[str, tuple[list[str], bool]] = {}
    for key, active in screen.active_bindings.items():
        command_id = active.binding.id or ""
        if command_id not in commands:
            command_id = _OF_ITS_PART.get(key, "")
        is_text = typing and not key.startswith(("f", "ctrl+", "escape")) and not (key == "enter" and opens)
        if command_id in commands and not is_text:
            heard.setdefault(command_id, ([], active.enabled))[0].append(key)
    return [(commands[command_id], tuple(keys), usable) for command_id, (keys, usable) in heard.items()]


def why_not_here(command: Command, screen: Screen[object]) -> str:
    """Why a command can't be used where the keys are; empty when it can."""
    if command in commands_here(screen):
        return ""
    return _("only in: {places}").format(places=listed(place_words(place) for place in command.places))


def place_words(place: Place) -> str:
    """A place in the operator's language."""
    words: dict[Place, Callable[[], str]] = {
        Place.EVERYWHERE: lambda: _("everywhere"),
        Place.DEMO: lambda: _("the demo"),
        Place.FOLLOWERS: lambda: _("followers"),
        Place.CUSTOMERS: lambda: _("customers"),
        Place.CONTACTS: lambda: _("served contacts"),
        Place.DETAIL: lambda: _("detail"),
        Place.FIND: lambda: _("find"),
        Place.MENU: lambda: _("a menu"),
        Place.DIALOG: lambda: _("a dialog"),
        Place.EXPORT: lambda: _("export"),
        Place.REPORT: lambda: _("a report"),
        Place.FEED: lambda: _("events"),
        Place.GREETING: lambda: _("welcome"),
        Place.TIMELINE: lambda: _("timeline"),
        Place.WHY: lambda: _("why it failed"),
        Place.DUPLICATES: lambda: _("duplicates"),
        Place.CONVERT: lambda: _("convert"),
        Place.MAPPINGS: lambda: _("mappings"),
        Place.SYNC: lambda: _("sync"),
        Place.RECORD: lambda: _("record"),
        Place.PROFILE: lambda: _("profile"),
        Place.SECRET: lambda: _("secret"),
        Place.EDITOR: lambda: _("edit remark"),
        Place.TAKE_OVER: lambda: _("take over"),
        Place.CONFLICT: lambda: _("conflict"),
        Place.QUESTION: lambda: _("question"),
        Place.RESULT: lambda: _("result of a write"),
        Place.WELCOME: lambda: _("first run"),
        Place.SETUP_FORM: lambda: _("first run"),
        Place.SETUP_TRIAL: lambda: _("first run"),
    }
    return words[place]()
