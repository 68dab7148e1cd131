"""A text field of one line: the terminal's cursor where it belongs, pastes whole, and secrets that stay unseen."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.geometry import Offset
from textual.widgets import Input


class LineInput(Input):
    """One line of text."""

    def __init__(self, *, value: str = "", placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(value=value, placeholder=placeholder, compact=True, select_on_focus=False, id=id)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor is, so that an input method's window opens at the text.

        Textual places it one cell too far when the cursor stands behind the last character, which is where one types.
        """
        offset = super().cursor_screen_offset
        return offset - Offset(1, 0) if self.cursor_at_end else offset

    async def on_key(self, event: events.Key) -> None:
        """Carry out what a key does to the text in its turn; Textual would let the letters behind it overtake it."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return

    def _on_paste(self, event: events.Paste) -> None:
        """A paste of several lines is one text; Textual would keep the first line only."""
        event.prevent_default()
        super()._on_paste(events.Paste(" ".join(event.text.split())))
        event.stop()


class SecretInput(LineInput):
    """A secret as it is typed: a sign for each character, and nothing to be copied out of it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.password = True

    @property
    def _value(self) -> Text:
        # Textual's own sign is two cells wide on some terminals.
        return Text("*" * len(self.value), no_wrap=True, overflow="ignore", end="")

    def action_copy(self) -> None:
        """A secret goes into the field and not out of it."""

    def action_cut(self) -> None:
        """A secret goes into the field and not out of it."""
