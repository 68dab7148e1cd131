"""Where a list is to be written: a file's name, and what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Label

from console.language import _, ngettext
from console.operations.export_file import Form
from console.operations.wording import count_words
from console.text import safe_text
from console.tui.dialogs.dialog import Dialog
from console.tui.folded import FoldedText
from console.tui.line_input import LineInput


@dataclass(frozen=True, slots=True)
class Export:
    """The ids that are listed, what the file is called if nobody says otherwise, and who writes it.

    `write` may raise OSError, also for a file that is there already.
    """

    ids: Sequence[int]
    name: str
    write: Callable[[Sequence[int], Path, Form], int]


class ExportDialog(Dialog[None]):
    """Writes the rows that are listed; a file that is there already is left alone."""

    def __init__(self, export: Export) -> None:
        super().__init__()
        self.export = export
        self.field = LineInput(id="export-file", value=export.name)
        self._note = FoldedText(classes="form-note-wrong")

    def compose(self) -> ComposeResult:
        """What is exported, the file's name, and what is wrong with it."""
        n = len(self.export.ids)
        with Vertical(id="export", classes="box"):
            words = ngettext("Export the listed entry", "Export the {n} listed entries", n)
            yield Label(words.format(n=count_words(n)), markup=False, classes="question-title")
            yield FoldedText(
                _(
                    "The file's name ends in .jsonl for programs or in .csv for a spreadsheet. "
                    "Numbers stand in it whole, never masked."
                )
            )
            yield self.field
            yield self._note

    def on_mount(self) -> None:
        """The keys go into the field."""
        self.set_focus(self.field)

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
            self._note.show((_("The file's name ends in .jsonl or .csv."),))
        else:
            self._export(self.file, form)

    def _export(self, file: Path, form: Form) -> None:
        try:
            n = self.export.write(self.export.ids, file, form)
        except OSError as failure:
            reason = failure.strerror or str(failure)
            words = _("{file} was not written: {reason}").format(file=str(file), reason=reason)
            self._note.show((safe_text(words),))
            return
        from console.tui.shell import Shell

        assert isinstance(self.app, Shell)
        self.app.say(ngettext("{n} entry in {file}.", "{n} entries in {file}.", n).format(n=n, file=str(file)))
        self.dismiss(None)
