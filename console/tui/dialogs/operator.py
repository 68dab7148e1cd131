"""Who is at the keys: asked once a session on an account that several people share."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Label

from console.language import _
from console.settings_schema import operator_mistake
from console.tui.dialogs.dialog import Dialog
from console.tui.line_input import LineInput


class OperatorDialog(Dialog[str]):
    """The result is a name that the record of changes can hold."""

    def __init__(self) -> None:
        super().__init__()
        self.field = LineInput(id="operator-name")
        self._note = Label("", markup=False, classes="form-note-wrong")

    def compose(self) -> ComposeResult:
        """A question, a field, and room for what is wrong with the answer."""
        with Vertical(id="operator", classes="box"):
            yield Label(_("Who is at the keys? The name stands in the record of changes."), markup=False)
            yield self.field
            yield self._note

    def on_mount(self) -> None:
        """The keys go into the field."""
        self.set_focus(self.field)

    def on_input_changed(self, event: Message) -> None:
        """What was wrong may be right now."""
        event.stop()
        self._note.update("")

    def on_input_submitted(self, event: Message) -> None:
        """Enter: the name, if it can be one."""
        event.stop()
        name = self.field.value.strip()
        if mistake := operator_mistake(name):
            self._note.update(mistake)
        else:
            self.dismiss(name)
