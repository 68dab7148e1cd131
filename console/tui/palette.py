"""The palette: type a part of a verb, Enter does it; what can't be used here says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen

from console.language import _, labelled
from console.operations.matching import Needle, search_words
from console.tui.columns import Column
from console.tui.commands import COMMANDS, Command, Place, label_of, shown_key
from console.tui.dialogs.dialog import Dialog
from console.tui.filter import FilterInput
from console.tui.place import why_not_here
from console.tui.rows import ListSource, Row
from console.tui.table import BigTable

Entry = tuple[Command, tuple[str, ...], str]


def entries_here(screen: Screen[object], keys_of: Callable[[Command], tuple[str, ...]]) -> list[Entry]:
    """All commands, with their keys and, for those that can't be used where the keys are, why."""
    offered = [command for command in COMMANDS if command.in_palette]
    return [(command, keys_of(command), why_not_here(command, screen)) for command in offered]


class Palette(Dialog[str]):
    """Entries are commands with their keys and, where they can't be used, the reason. The result is an id."""

    PLACE = Place.MENU

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        by_id: dict[str, Entry] = {}
        for entry in entries:  # of several with one name, the one that can be used here stands for all
            if (known := by_id.get(entry[0].id)) is None or (known[2] and not entry[2]):
                by_id[entry[0].id] = entry
        self._entries = list(by_id.values())
        self.table = BigTable(
            (Column("label", _("command"), 16), Column("help", "", 20, grow=1), Column("key", _("key"), 8, right=True))
        )
        self.field = FilterInput(self.table, placeholder=_("search commands"))

    def compose(self) -> ComposeResult:
        """The field above the commands."""
        with Vertical(classes="page", id="palette"):
            yield self.field
            yield self.table

    def on_mount(self) -> None:
        """The keys go into the field."""
        self._show("")
        self.field.focus()

    def _show(self, text: str) -> None:
        needle = Needle(text)
        rows = [
            Row(command.id, (label_of(command), why or _(command.help), shown_key(keys)), muted=bool(why))
            for command, keys, why in self._entries
            if needle.is_in(search_words((label_of(command), _(command.help)), (command.id, command.label), ()))
        ]
        # A label that matches stands before a description that does, what can be done here before what can't.
        first = {command.id for command, _keys, _why in self._entries if needle.is_in(self._label_words(command))}
        rows.sort(key=lambda row: (row.key not in first, row.muted))
        self.table.show(ListSource(rows), fresh=True)
        self.table.notes_below = () if rows else (_("No command matches."),)

    def _label_words(self, command: Command) -> str:
        return search_words((label_of(command),), (command.id, command.label), ())

    def on_input_changed(self, event: Message) -> None:
        """Every keystroke searches."""
        event.stop()
        self._show(self.field.value)

    def on_input_submitted(self, event: Message) -> None:
        """Enter does the chosen command, if it can be used here."""
        event.stop()
        self._take()

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter or a double click in the list."""
        event.stop()
        self._take()

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Moving alone does nothing."""
        event.stop()

    def on_filter_input_left(self, event: Message) -> None:
        """Esc in an empty field."""
        event.stop()
        self.dismiss(None)

    def _take(self) -> None:
        chosen = self.table.chosen_key
        why = {command.id: why for command, _keys, why in self._entries}
        if chosen is not None and not why.get(str(chosen)):
            self.dismiss(str(chosen))
            return
        from console.tui.shell import Shell  # here: it knows the palette

        if chosen is not None and isinstance(self.app, Shell):
            label = next(label_of(command) for command, _keys, _why in self._entries if command.id == chosen)
            self.app.say(labelled(label, why[str(chosen)]))
