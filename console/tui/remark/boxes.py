"""The text fields of the form: what is pasted is made fit for a terminal, and keys are heard in their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.widgets import TextArea

from console.operations.remark.mobiles import parse_mobiles
from console.text import safe_lines, typable
from console.tui.line_input import LineInput

_OURS = {"f6", "f7", "ctrl+f"}
"""Keys that Textual gives another meaning in a text area."""


def _textuals_own() -> list[BindingType]:
    kept: list[BindingType] = []
    for binding in TextArea.BINDINGS:
        if isinstance(binding, Binding):
            keys = [key for key in binding.key.split(",") if key not in _OURS]
            if keys:
                kept.append(Binding(",".join(keys), binding.action, binding.description, show=False))
    return kept


class LineBox(LineInput):
    """A text of one line. `changed` is called at once: a message would come a frame later, and so would the diff."""

    changed: Callable[[], object] | None = None

    def watch_value(self, _value: str) -> None:
        """The text has changed."""
        if self.changed is not None:
            self.changed()


class TextBox(TextArea, inherit_bindings=False):
    """A text of several lines, folded to its width. `changed` is called at once, as in a `LineBox`."""

    changed: Callable[[], object] | None = None

    BINDINGS: ClassVar[list[BindingType]] = _textuals_own()

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(compact=True, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False, id=id)

    async def on_key(self, event: events.Key) -> None:
        """Carry out what a key does to the text in its turn; Textual would let the letters behind it overtake it."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return

    def edit(self, edit: Edit) -> EditResult:
        """Change the text."""
        result = super().edit(edit)
        if self.changed is not None:
            self.changed()
        return result

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        await super()._on_paste(events.Paste(self.fit_to_paste(event.text)))

    def fit_to_paste(self, pasted: str) -> str:
        """What goes into the text of what is pasted."""
        return "\n".join(typable(line) for line in pasted.replace("\r\n", "\n").replace("\r", "\n").split("\n"))

    def show(self, text: str) -> None:
        """Put `text` in place of what is there, the cursor at its end."""
        shown = "\n".join(safe_lines(text))
        if shown != self.text:
            self.load_text(shown)
        self.move_cursor(self.document.end)


class MobilesBox(TextBox):
    """Numbers, one a line; a pasted list comes in as lines, however its numbers were parted."""

    _shown: frozenset[str] = frozenset()

    def show(self, text: str) -> None:
        """Put these numbers in place of those that are there."""
        super().show(text)
        self._shown = frozenset(filter(None, self.text.split("\n")))

    async def on_key(self, event: events.Key) -> None:
        """A digit right behind a number that was there is the first one of another number, on a line of its own."""
        row, column = self.cursor_location
        line = self.document.get_line(row)
        is_digit = event.character is not None and event.character.isdigit()
        if is_digit and self.selection.is_empty and column == len(line) and line in self._shown:
            self.insert("\n")

    def fit_to_paste(self, pasted: str) -> str:
        """Each number on a line of its own, also beside those that stand where it is pasted."""
        text = super().fit_to_paste(pasted)
        numbers = list(parse_mobiles(text))
        if not numbers:
            return ""
        row, column = self.selection.start if self.selection.start <= self.selection.end else self.selection.end
        last_row, last_column = max(self.selection.start, self.selection.end)
        before, behind = self.document[row][:column].strip(), self.document[last_row][last_column:].strip()
        if len(numbers) == 1 and not _are_two(before, numbers[0]) and not _are_two(numbers[0], behind):
            return text.strip()
        return ("\n" if before else "") + "\n".join(numbers) + ("\n" if behind else "")


def _are_two(first: str, second: str) -> bool:
    """Whether two pieces are numbers of their own and not the halves of one."""
    return len(parse_mobiles(f"{first} {second}")) > 1
