"""The frame of every dialog: it covers the content and leaves header, status and keys in sight."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None]):
    """Esc closes it without a result."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "close", id="dialog.close")]

    def action_close(self) -> None:
        """Close without a result."""
        self.dismiss(None)
