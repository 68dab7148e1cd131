"""A picture of the screen for a ticket or a colleague, with personal data masked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from console.language import _

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp


def save_picture(app: ConsoleApp) -> None:
    """Save the screen as SVG; what was not masked is masked for the moment of the picture."""
    was_masked = app.masked
    if not was_masked:
        app.action_mask()
    app.call_after_refresh(partial(_take, app, unmask=not was_masked))


def _take(app: ConsoleApp, *, unmask: bool) -> None:
    try:
        words = _("Saved, masked: {path}").format(path=app.save_screenshot())
    except OSError as failure:
        words = _("Not saved: {why}").format(why=failure)
    if unmask:
        app.action_mask()
    app.say(words)
