"""The help of a place: its keys and what they do, from the registry."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from console.language import _
from console.operations.search_words import field_help
from console.text import cell_width
from console.tui.columns import fold
from console.tui.commands import Command, shown_key


def help_lines(commands: Sequence[Command], keys_of: Callable[[Command], tuple[str, ...]], columns: int) -> list[str]:
    """Each command's keys beside what it does, then how the filter matches and how to move, in `columns` cells."""
    rows = [(_keys(keys_of(command)), _(command.help)) for command in commands if keys_of(command)]
    moving = [
        ("Up Down, j k", _("a row up or down")),
        ("PgUp PgDn", _("a page up or down")),
        ("Home End, g G", _("the first or the last row")),
        ("Tab", _("next part; Shift+Tab: the one before")),
    ]
    width = max(cell_width(keys) for keys, _help in [*rows, *moving]) + 2
    lines = [line for keys, words in [*rows, *moving] for line in _beside(keys, words, width, columns)]
    return [
        *lines,
        "",
        _("A filter finds one or two Chinese characters, pinyin initials (ljg), digits of a phone, company and ID."),
        *field_help(),
        _("With a Chinese input method on, use F1 to F9, Ctrl keys and digits, or full-width letters."),
    ]


def _beside(keys: str, words: str, width: int, columns: int) -> list[str]:
    first, *more = fold(words, max(20, columns - width))
    return [f"{keys}{' ' * (width - cell_width(keys))}{first}", *(" " * width + line for line in more)]


def _keys(keys: Sequence[str]) -> str:
    shown = (shown_key((key,)) for key in keys if key.isascii() and not key.startswith(("fullwidth", "ideographic")))
    return " ".join(shown)
