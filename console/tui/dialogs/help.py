"""The help of a place: its keys and what they do, from the registry."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from console.language import _
from console.operations.search_words import field_help
from console.text import cell_width
from console.tui.commands import Command, shown_key


def help_lines(commands: Sequence[Command], keys_of: Callable[[Command], tuple[str, ...]]) -> list[str]:
    """One line for each command with its keys, then how the filter matches and how to move."""
    rows = [(_keys(keys_of(command)), _(command.help)) for command in commands if keys_of(command)]
    moving = [
        (_("Up Down PgUp PgDn Home End"), _("move; j k g G do the same")),
        ("Tab", _("next part; Shift+Tab: the one before")),
    ]
    width = max(cell_width(keys) for keys, _help in [*rows, *moving])
    lines = [f"{keys}{' ' * (width - cell_width(keys) + 2)}{words}" for keys, words in [*rows, *moving]]
    return [
        *lines,
        "",
        _("A filter finds one or two Chinese characters, pinyin initials (ljg), digits of a phone, company and ID."),
        *field_help(),
        _("With a Chinese input method on, use F1 to F9, Ctrl keys and digits, or full-width letters."),
    ]


def _keys(keys: Sequence[str]) -> str:
    shown = (shown_key((key,)) for key in keys if key.isascii() and not key.startswith(("fullwidth", "ideographic")))
    return " ".join(shown)
