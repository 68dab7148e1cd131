"""The frame of every dialog: it covers the content and leaves header, status and keys in sight."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from console.tui.commands import Place, bindings
from console.tui.frame.too_small import TooSmall

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None]):
    """Esc closes it without a result; what works everywhere works in it too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close", id="dialog.close"),
        *bindings(Place.EVERYWHERE, "app."),
    ]

    def on_mount(self) -> None:
        """A screen that is too small says so over a dialog as well, which keeps what was typed."""
        self.mount(TooSmall())

    def action_close(self) -> None:
        """Close without a result."""
        self.dismiss(None)
