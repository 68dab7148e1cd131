"""The operator's own keys, the `[keys]` of the settings: what they re-bind, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.binding import Binding

from console.language import _
from console.settings import Settings, SettingsError
from console.tui.commands import COMMANDS, Place, commands_at
from console.tui.dialogs.dialog import Dialog
from console.tui.table import BigTable

KeysOf = Mapping[str, tuple[str, ...]]
_MODIFIERS = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})

MOVES: KeysOf = {
    binding.id: tuple(binding.key.split(","))
    for binding in (*BigTable.BINDINGS, *Dialog.BINDINGS)
    if isinstance(binding, Binding) and binding.id is not None and "." in binding.id
}
"""Ids that are no commands of the registry: moving in a table, closing a dialog."""


def bindable_ids() -> frozenset[str]:
    """Every id that `[keys]` may name."""
    return frozenset(command.id for command in COMMANDS) | frozenset(MOVES)


def keymap(keys: KeysOf) -> dict[str, str]:
    """Textual's keymap for the operator's own keys: the ids that exist, each with its keys."""
    known = bindable_ids()
    wanted = {command_id: own for command_id, own in keys.items() if command_id in known and own}
    return {command_id: ",".join(map(_long_name, own)) for command_id, own in wanted.items()}


def mistakes(settings: Settings) -> list[SettingsError]:
    """What `[keys]` says that cannot be: ids that don't exist, keys that no keyboard sends, and keys given twice."""
    return [*_unknown(settings), *_unusable(settings), *_clashes(settings)]


def _unknown(settings: Settings) -> Iterator[SettingsError]:
    from difflib import get_close_matches  # here: only a mistake needs it

    known = bindable_ids()
    for own in settings.keys:
        if own not in known:
            nearest = get_close_matches(own.lower().replace("-", "_"), known, n=1, cutoff=0.5)
            why = _("There is no such command.")
            yield SettingsError(settings.file, f"keys.{own}", why, nearest[0] if nearest else None)


def _unusable(settings: Settings) -> Iterator[SettingsError]:
    for command_id, keys in settings.keys.items():
        for key in keys:
            if not _is_key(key):
                why = _("There is no key {key}. Keys are written like: f, F3 as f3, ctrl+o.").format(key=key)
                yield SettingsError(settings.file, f"keys.{command_id}", why)


def _is_key(key: str) -> bool:
    """Whether a terminal may send a key of this name: a character, its Unicode name, or one of Textual's."""
    from unicodedata import lookup

    from textual.keys import Keys, _character_to_key

    *modifiers, name = key.split("+") if key != "+" else ["+"]
    if not set(modifiers) <= _MODIFIERS:
        return False
    of_a_keyboard = {_character_to_key(chr(code)) for code in range(0x20, 0x7F)} | {known.value for known in Keys}
    if len(name) == 1 or name in of_a_keyboard:
        return True
    try:
        lookup(name.replace("_", " "))
    except KeyError:
        return False
    return True


def _clashes(settings: Settings) -> Iterator[SettingsError]:
    own = {command_id: tuple(map(_long_name, keys)) for command_id, keys in settings.keys.items() if keys}
    told: set[tuple[str, str, str]] = set()
    for place in Place:
        heard: dict[str, str] = {}
        for command_id, keys in _heard_at(place).items():
            for key in own.get(command_id, keys):
                other = heard.setdefault(key, command_id)
                clash = (key, other, command_id)
                if other != command_id and {other, command_id} & set(own) and clash not in told:
                    told.add(clash)
                    mine = command_id if command_id in own else other
                    why = _("Key {key} is given to both {one} and {other}.")
                    words = why.format(key=key, one=other, other=command_id)
                    yield SettingsError(settings.file, f"keys.{mine}", words)


def _heard_at(place: Place) -> KeysOf:
    """The keys heard at a place by command id; Enter in a table and in the registry are one and the same."""
    moves = {move: keys for move, keys in MOVES.items() if move.startswith("table.") and move != "table.open"}
    return {**moves, **{command.id: command.keys for command in commands_at(place, Place.EVERYWHERE)}}


def _long_name(key: str) -> str:
    """A key as Textual names it, `slash` for `/`."""
    from textual.keys import _character_to_key

    return _character_to_key(key) if len(key) == 1 else key
