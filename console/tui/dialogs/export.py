"""Where a list is to be written: a file's name, how far it is, and what is wrong with it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Label
from textual.widgets.input import Selection

from console.language import _, ngettext, system_words
from console.operations.export_file import Form, TooManyRows
from console.operations.wording import count_words
from console.text import safe_text
from console.tui.commands import Place, bindings
from console.tui.dialogs.dialog import Dialog
from console.tui.folded import FoldedText
from console.tui.line_input import LineInput


@dataclass(frozen=True, slots=True)
class Export:
    """How many are listed, what the file is called if nobody says otherwise, and who writes it.

    `write` (file, form, masked) gives how many were written, step by step, and may raise OSError, also for a file that
    is there already. `masked` is how it begins; None where it is always whole.
    """

    count: int
    name: str
    write: Callable[[Path, Form, bool], Generator[int, None, None]]
    masked: bool | None = None


class ExportDialog(Dialog[None]):
    """Writes the rows that are listed; a file that is there already is left alone, and Esc leaves no half of one."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.EXPORT)]

    def __init__(self, export: Export) -> None:
        super().__init__()
        self.export = export
        self.masked = bool(export.masked)
        self.field = LineInput(id="export-file", value=export.name)
        self._people = FoldedText()
        self._note = FoldedText(classes="form-note-wrong")

    def compose(self) -> ComposeResult:
        """What is exported, the file's name, and what is wrong with it."""
        n = self.export.count
        with Vertical(id="export", classes="box"):
            words = ngettext("Export the listed entry", "Export the {n} listed entries", n)
            yield Label(words.format(n=count_words(n)), markup=False, classes="question-title")
            yield FoldedText(_("The file's name ends in .csv or .xlsx for a spreadsheet, or in .jsonl for programs."))
            yield self._people
            yield self.field
            yield self._note

    def on_mount(self) -> None:
        """The keys go into the field."""
        self._show_people()
        self.set_focus(self.field)
        self.field.selection = Selection(0, len(self.field.value))  # another name is typed in its place

    def _show_people(self) -> None:
        if self.export.masked is None:
            words = _("Numbers stand in it whole, never masked.")
        elif self.masked:
            words = _("Phone numbers and unionids are masked in it; F9 has them written whole.")
        else:
            words = _("Phone numbers and unionids stand in it whole; F9 has them masked.")
        self._people.show((words,))

    def action_mask_file(self) -> None:
        """F9: masked or whole."""
        if self.export.masked is not None:
            self.masked = not self.masked
            self._show_people()

    @property
    def file(self) -> Path:
        """Where to, from the folder that the console was started in."""
        return Path(os.path.expanduser(self.field.value.strip())).absolute()

    def on_input_changed(self, event: Message) -> None:
        """What was wrong may be right now."""
        event.stop()
        self._note.show(())

    def on_input_submitted(self, event: Message) -> None:
        """Enter writes."""
        event.stop()
        form = Form.of(self.file)
        if form is None:
            self._note.show((_("The file's name ends in .csv, .xlsx or .jsonl."),))
        else:
            self._write(self.file, form)

    @work(group="export", exclusive=True, exit_on_error=False)
    async def _write(self, file: Path, form: Form) -> None:
        """Step by step, so that keys and screen go on; closing the dialog ends it."""
        steps = self.export.write(file, form, self.masked)
        count = 0
        try:
            for count in steps:
                if count < self.export.count:
                    words = _("{n} of {total} .., Esc stops")
                    self._note.show((words.format(n=count_words(count), total=count_words(self.export.count)),))
                    await asyncio.sleep(0)
        except (OSError, TooManyRows) as failure:
            words = _("{file} was not written: {reason}").format(file=str(file), reason=_reason(failure))
            self._note.show((safe_text(words),))
            return
        finally:
            steps.close()
        from console.tui.shell import Shell

        assert isinstance(self.app, Shell)
        self.app.say(
            ngettext("{n} entry in {file}.", "{n} entries in {file}.", count).format(n=count, file=safe_text(str(file)))
        )
        self.dismiss(None)


def _reason(failure: OSError | TooManyRows) -> str:
    if isinstance(failure, TooManyRows):
        return _("A sheet has room for {n} rows.").format(n=count_words(failure.most))
    return system_words(failure)
