"""Ask for a secret that is missing, without echo: for this run only, or to be kept in the keyring."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from console.credentials import SecretKind
from console.credentials.forms import form_mistake
from console.language import _
from console.text import safe_text
from console.tui.commands import Place, bindings
from console.tui.dialogs.dialog import Dialog
from console.tui.folded import FoldedText
from console.tui.line_input import SecretInput


@dataclass(frozen=True, slots=True)
class GivenSecret:
    """A secret as it was typed, and whether it is to be kept in the keyring."""

    value: str = field(repr=False)
    keep: bool


class SecretDialog(Dialog[GivenSecret]):
    """Enter uses what was typed for this run; F8 keeps it."""

    PLACE = Place.SECRET
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLACE)]

    def __init__(self, profile: str, kind: SecretKind, why: str) -> None:
        """`why` says in a sentence why it is asked for."""
        super().__init__()
        self.field = SecretInput(id="secret-field")
        self._kind = kind
        asked = _("{kind} of profile {profile} (not shown):").format(kind=kind.value, profile=safe_text(profile))
        self._question = FoldedText(why, asked)
        self._note = FoldedText(_("Enter: for this run only, written nowhere. F8: keep it in the OS keyring."))

    def compose(self) -> ComposeResult:
        """Why, a field, and what Enter and F8 do."""
        with Vertical(id="secret", classes="box"):
            yield self._question
            yield self.field
            yield self._note

    def on_mount(self) -> None:
        """The keys go into the field."""
        self.set_focus(self.field)

    def on_input_submitted(self, event: Message) -> None:
        """Enter."""
        event.stop()
        self._give(keep=False)

    def action_keep_secret(self) -> None:
        """F8."""
        self._give(keep=True)

    def _give(self, *, keep: bool) -> None:
        value = self.field.value.strip()
        mistake = form_mistake(self._kind, value) if value else _("It can't be empty.")
        if mistake:
            self._note.show([f"! {mistake}"])
        else:
            self.dismiss(GivenSecret(value, keep))
