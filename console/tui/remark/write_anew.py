"""Another text for a field that two people changed: neither theirs nor what was written before."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Label

from console.language import _
from console.operations.remark.values import RemarkField
from console.text import safe_text
from console.tui.dialogs.answers import AnswerLine
from console.tui.dialogs.dialog import Dialog
from console.tui.line_input import LineInput
from console.tui.remark.boxes import TextBox
from console.wecom.remark import LIMITS


class WriteAnew(Dialog[str]):
    """The result is the text."""

    def __init__(self, field: RemarkField, title: str, begun: str) -> None:
        """`begun` is what stands there to begin with."""
        super().__init__()
        self._field = field
        self._title = title
        self._begun = begun
        self._box = TextBox(id="anew") if field is RemarkField.DESCRIPTION else LineInput(id="anew")
        self._count = Label("", markup=False)

    def compose(self) -> ComposeResult:
        """A field, its length, and the answers."""
        with Vertical(id="write-anew", classes="box"):
            yield Label(self._title, markup=False, classes="question-title")
            yield self._box
            yield self._count
            yield AnswerLine(_("Cancel"), _("Take this"))

    def on_mount(self) -> None:
        """The keys go into the field."""
        if isinstance(self._box, TextBox):
            self._box.show(self._begun)
        else:
            self._box.value = safe_text(self._begun)
        self.set_focus(self._box)
        self._show_count()

    @property
    def _text(self) -> str:
        return self._box.text if isinstance(self._box, TextBox) else self._box.value

    def _show_count(self) -> None:
        limit = LIMITS[self._field.value]
        self._count.update(f"{len(self._text)}/{limit}")
        self._count.set_class(len(self._text) > limit, "form-note-wrong")

    def on_input_changed(self, event: Message) -> None:
        """A keystroke."""
        event.stop()
        self._show_count()

    on_text_area_changed = on_input_changed

    def on_input_submitted(self, event: Message) -> None:
        """Enter takes a text of one line."""
        event.stop()
        self.dismiss(self._text)

    def on_answer_line_given(self, event: AnswerLine.Given) -> None:
        """One of the answers."""
        event.stop()
        self.dismiss(self._text if event.place else None)
