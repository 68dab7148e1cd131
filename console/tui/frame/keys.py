"""The row of keys: what can be done here, drawn from the registry, the most wanted first."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from console.text import cell_width
from console.tui.commands import Command, label_of, shown_key


class KeyRow(Widget):
    """One line of `key label` entries; what can't be used now stands there muted."""

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._entries: tuple[tuple[str, str, bool], ...] = ()

    def show(self, commands: list[tuple[Command, tuple[str, ...], bool]]) -> None:
        """Show commands with their keys, in the registry's order; False marks one that can't be used now."""
        entries = tuple(
            (shown_key(keys), label_of(command), usable)
            for command, keys, usable in sorted(commands, key=lambda entry: entry[0].row)
            if command.row
        )
        if entries != self._entries:
            self._entries = entries
            self.refresh()

    def render(self) -> Content:
        """As many entries as fit whole; the way back, which is the last, stays in sight."""
        widths = [cell_width(f"{key} {label}  ") for key, label, _usable in self._entries]
        room = self.size.width + 1 - sum(widths[-1:])
        parts: list[tuple[str, str] | str] = [" "]
        for (key, label, usable), width in zip(self._entries[:-1], widths, strict=False):
            room -= width
            if room < 0:
                break
            parts += [(key, "bold" if usable else "dim"), (f" {label}  ", "" if usable else "dim")]
        for key, label, usable in self._entries[-1:]:
            parts += [(key, "bold" if usable else "dim"), (f" {label}", "" if usable else "dim")]
        return Content.assemble(*parts)
