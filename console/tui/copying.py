"""Copy one of what can be copied here: the menu, and the truth about where the text went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from console.language import _

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp
    from console.tui.customers.copying import Copyable


async def copy_one_of(app: ConsoleApp, options: Sequence[Copyable]) -> None:
    """Let the operator choose, and copy it."""
    from console.tui.dialogs.menu import Menu

    labels = [(option.id, option.label) for option in options]
    chosen = await app.push_screen_wait(Menu(_("Copy"), labels, again="y"))
    text = next((option.text for option in options if option.id == chosen), None)
    if text:
        await copy_text(app, text)
    elif text is not None:
        app.say(_("There is nothing to copy."))


async def copy_text(app: ConsoleApp, text: str) -> None:
    """Copy, and say truthfully where to."""
    from console.tui.clipboard import copied_words, copy
    from console.tui.customers.cells import short_text

    said = copied_words(await copy(text, app.copy_to_clipboard))
    app.say(said.format(text=short_text(text, masked=app.masked)))
