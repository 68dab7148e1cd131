"""The one registry of commands: from it come keys, the row of keys, the palette, the help and the keys to re-bind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding

from console.language import N_, _


class Place(StrEnum):
    """Where a command's keys are heard; `EVERYWHERE` includes dialogs."""

    EVERYWHERE = "everywhere"
    FOLLOWERS = "followers"
    CUSTOMERS = "customers"
    CONTACTS = "contacts"
    DETAIL = "detail"
    FIND = "find"


LISTS = (Place.FOLLOWERS, Place.CUSTOMERS, Place.CONTACTS)
PANE_1 = (*LISTS, Place.DETAIL)


@dataclass(frozen=True, slots=True)
class Command:
    """Something an operator can do with a key.

    `keys` are Textual's key names: the letter, then its twin for a Chinese input method, then the full-width aliases.
    `row` orders the row of keys (0: not in the row); `label` is short, `help` is a whole line; both are msgids.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    places: tuple[Place, ...] = (Place.EVERYWHERE,)
    row: int = 0
    in_palette: bool = True

    @property
    def action(self) -> str:
        """The Textual action that carries it out."""
        return self.id


COMMANDS: tuple[Command, ...] = (
    Command("open", ("enter",), N_("open"), N_("open what is chosen"), LISTS, 1, in_palette=False),
    Command("open", ("enter",), N_("open"), N_("open this customer at this relation"), (Place.FIND,), 1, False),
    Command(
        "filter",
        ("slash", "ctrl+f", "fullwidth_solidus", "ideographic_comma"),
        N_("filter"),
        N_("filter this list by name, pinyin initials, phone digits, company or ID"),
        PANE_1,
        3,
    ),
    Command("sort", ("s", "ｓ"), N_("sort"), N_("choose the column to sort by; again: reverse"), LISTS, 4),
    Command(
        "contacts",
        ("c", "ｃ"),
        N_("served contacts"),
        N_("change between customers and served contacts"),
        LISTS,
        5,
    ),
    Command(
        "copy",
        ("y", "ｙ"),
        N_("copy"),
        N_("copy the ID, the mobiles, the row, a reply for the ticket or JSON"),
        (*PANE_1, Place.FIND),
        6,
    ),
    Command("raw", ("v", "ｖ"), N_("raw"), N_("show the JSON that WeCom returned"), (Place.DETAIL,), 7),
    Command(
        "read_again",
        ("r", "f5", "ｒ"),
        N_("read again"),
        N_("read this again from WeCom"),
        PANE_1,
        8,
    ),
    Command("mask", ("m", "f9", "ｍ"), N_("mask"), N_("hide or show phone numbers and IDs of people"), row=9),
    Command("back", ("escape",), N_("back"), N_("one step back: filter, dialog, column"), PANE_1, 10, False),
    Command(
        "find",
        ("f", "f3", "ｆ"),
        N_("find"),
        N_("find anybody among all known customers, or paste an ID"),
    ),
    Command("help", ("question_mark", "f1", "fullwidth_question_mark"), N_("help"), N_("keys of this place")),
    Command("pane_1", ("1", "１"), N_("customers"), N_("go to the customers pane")),
    Command(
        "last_error",
        ("exclamation_mark", "fullwidth_exclamation_mark"),
        N_("last error"),
        N_("show the error in the status line: what happened, why, what to do"),
    ),
    Command("palette", ("ctrl+p",), N_("commands"), N_("search all commands"), in_palette=False),
    Command("switch_profile", (), N_("switch profile"), N_("work in another profile")),
    Command("theme", (), N_("theme"), N_("change between dark, light and no colour")),
    Command("screenshot", (), N_("screenshot"), N_("save a picture of the screen, masked")),
    Command("quit", ("q", "ctrl+q", "ｑ"), N_("quit"), N_("quit wecom-console")),
)


def bindings(place: Place, holder: str = "") -> list[Binding]:
    """Textual bindings of the commands heard at a place; each has its command's id, so that it can be re-bound.

    `holder` ("app.") is who carries them out, where that is not whoever has the bindings.
    """
    return [
        Binding(",".join(command.keys), holder + command.action, command.label, id=command.id)
        for command in commands_at(place)
        if command.keys
    ]


def commands_at(*places: Place) -> list[Command]:
    """The commands heard at any of these places, in the registry's order."""
    return [command for command in COMMANDS if set(command.places) & set(places)]


def shown_key(keys: Iterable[str]) -> str:
    """How a command's first key is written on the screen: `slash` is `/`, `f3` is `F3`, `ctrl+p` is `Ctrl+P`."""
    first = next(iter(keys), "")
    names = {
        "slash": "/",
        "question_mark": "?",
        "exclamation_mark": "!",
        "escape": "Esc",
        "enter": "Enter",
        "space": "Space",
    }
    if first in names:
        return names[first]
    if first.startswith("ctrl+"):
        return f"Ctrl+{first[5:].upper()}"
    return first.upper() if len(first) > 1 and first[0] == "f" and first[1:].isdigit() else first


def label_of(command: Command) -> str:
    """The command's label in the operator's language."""
    return _(command.label)
