"""A question before something that can't be taken back lightly: the safe answer is the default."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Label

from console.language import _
from console.tui.commands import Place, bindings
from console.tui.dialogs.answers import AnswerLine
from console.tui.dialogs.dialog import Dialog
from console.tui.folded import FoldedText
from console.tui.line_input import LineInput
from console.tui.rows import Cell

_HEAD_START_SECONDS = 0.005
DEAF_SECONDS = 0.6
"""How long a question does not hear the key that agrees: the same key has just opened it."""


class Question(Dialog[bool]):
    """The result is True when it was agreed to. `lines` are safe text.

    With `must_type` only who has typed that can agree. With `has_key` F8 agrees too, once the question has been
    there for a moment on `clock` (seconds). `agreed` is called before the screen is drawn anew without the question.
    """

    PLACE = Place.QUESTION
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.QUESTION)]

    def __init__(
        self,
        title: str,
        lines: Sequence[Cell],
        *,
        yes: str,
        no: str,
        must_type: str = "",
        has_key: bool = False,
        agreed: Callable[[], object] = lambda: None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__()
        self._title = title
        self._lines = tuple(lines)
        self._must_type = must_type
        self._has_key = has_key
        self._agreed = agreed
        self._is_answered = False
        self._clock = clock
        self._opened_at = clock()
        self.answers = AnswerLine(no, yes)
        self.field = LineInput(id="question-field") if must_type else None
        self._note = Label("", markup=False, classes="form-note-wrong")

    def compose(self) -> ComposeResult:
        """The title, the lines, perhaps a field, and the answers."""
        with Vertical(id="question", classes="box"):
            yield Label(self._title, markup=False, classes="question-title")
            for line in self._lines:
                text, tone = (line, "plain") if isinstance(line, str) else (line.text, line.tone)
                yield FoldedText(text, classes=f"question-{tone}")
            if self.field is not None:
                yield self.field
                yield self._note
            yield self.answers

    def on_mount(self) -> None:
        """The keys go into the field, or to the answers."""
        self.set_focus(self.field or self.answers)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key agrees here."""
        return self._has_key if action == "agree" else super().check_action(action, parameters)

    def action_agree(self) -> None:
        """F8: agree, unless it is still the F8 that opened this."""
        if self._clock() - self._opened_at >= DEAF_SECONDS:
            self._agree()

    def on_answer_line_given(self, event: AnswerLine.Given) -> None:
        """Enter or a click on an answer."""
        event.stop()
        if event.place:
            self._agree()
        elif not self._is_answered:
            self.dismiss(False)

    def on_input_changed(self, event: Message) -> None:
        """What was wrong may be right now."""
        event.stop()
        self._note.update("")

    def on_input_submitted(self, event: Message) -> None:
        """Enter in the field: who has typed that has agreed."""
        event.stop()
        self._agree()

    def _agree(self) -> None:
        if self.field is None or self.field.value.strip() == self._must_type:
            if not self._is_answered:
                self._is_answered = True
                self._agreed()
                # A request that this began leaves first: to draw the screen anew takes a part of its round trip.
                self.set_timer(_HEAD_START_SECONDS, self._leave)
        else:
            self._note.update(_("That is not {words}.").format(words=self._must_type))
            self.set_focus(self.field)

    def _leave(self) -> None:
        if self.is_current:
            self.dismiss(True)

    def on_screen_resume(self) -> None:
        """Another dialog was above it when it was to be left."""
        if self._is_answered:
            self._leave()

    def action_close(self) -> None:
        """Esc: not agreed, unless that was said already."""
        if not self._is_answered:
            self.dismiss(None)
