"""The frame of every dialog: it covers the content and leaves header, status and keys in sight."""

from __future__ import annotations

from typing import ClassVar, Protocol, TypeVar, runtime_checkable

from textual.binding import BindingType
from textual.screen import ModalScreen

from console.tui.commands import Place, bindings
from console.tui.frame.too_small import TooSmall
from console.tui.styles import DIALOGS

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None]):
    """Esc closes it without a result; what works everywhere works in it too."""

    CSS_PATH = DIALOGS
    PLACE = Place.DIALOG
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLACE), *bindings(Place.EVERYWHERE, "app.")]

    def on_mount(self) -> None:
        """A screen that is too small says so over a dialog as well, which keeps what was typed."""
        self.mount(TooSmall())

    def show_keys(self) -> None:
        """What can be used has changed: draw the row of keys anew."""
        from console.tui.shell import Shell  # here: it knows the dialogs' keys

        if isinstance(self.app, Shell):
            self.app.show_keys()

    def action_close(self) -> None:
        """Close without a result."""
        self.dismiss(None)


@runtime_checkable
class ShowsPeople(Protocol):
    """A dialog with personal data in it."""

    def set_masked(self, masked: bool) -> None: ...
