"""Keys that come before the screen is ready for them, and keys that never come because an input method is on."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from textual import events
from textual.screen import ModalScreen

from console.language import _
from console.tui.table import BigTable

if TYPE_CHECKING:
    from textual.app import App


def goes_at_once(app: App[Any], event: events.Event) -> bool:
    """Whether a key's command is carried out before the next key is looked at.

    So it is in a list, and in what says so itself by `KEYS_AT_ONCE`, so that what is typed ahead goes where it was
    meant: into the filter that `/` opens.
    """
    is_key = isinstance(event, events.Key) and not event.is_forwarded
    at_once = isinstance(app.focused, BigTable) or getattr(app.focused, "KEYS_AT_ONCE", False)
    return is_key and at_once and not isinstance(app.screen, ModalScreen)


class InputMethodHint:
    """Notices that a Chinese input method is on; said once, until a letter arrives again."""

    def __init__(self) -> None:
        self._told = False

    def words_for(self, event: events.Key, *, bound: bool) -> str:
        """What to say of a key that no field took; empty for nothing. `bound` keys do something here."""
        character = event.character or ""
        if not character or bound:
            return ""
        if character.isascii():
            self._told = False
        elif not self._told and unicodedata.category(character)[0] in "LPSM":
            self._told = True
            return _("A Chinese input method is on, so letter keys don't arrive. Press Shift, or use F1 to F9.")
        return ""
