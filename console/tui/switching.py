"""Work in another profile: which there are now, and how one takes the place of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.language import _
from console.settings import SettingsError
from console.text import safe_text
from console.tui.leaving import may_leave

if TYPE_CHECKING:
    from console.operations.error_words import Explanation
    from console.tui.app import ConsoleApp


async def choose_profile(app: ConsoleApp) -> None:
    """Offer the profiles that there are now, and open the chosen one."""
    from console.tui.dialogs.menu import Menu

    look_again(app)
    names = [(name, safe_text(name)) for name in app.profiles.names]
    chosen = await app.push_screen_wait(Menu(_("Switch profile"), names))
    if chosen is not None and chosen != app.session.profile.name:
        await open_profile(app, chosen)


async def open_profile(app: ConsoleApp, name: str) -> None:
    """Close the profile and open another in its place; nothing of the first stays on the screen.

    One that was removed elsewhere meanwhile is said to be gone, and the profile stays as it is.
    """
    look_again(app)
    if name not in app.profiles.names:
        app.say(_("There is no profile {name}.").format(name=name))
        return
    if await may_leave(app):
        await app.open_anew(name)


def look_again(app: ConsoleApp) -> None:
    """Read the settings again; what is wrong with them, or that this profile is gone, stands in the status line."""
    from console.operations.explain import explain

    try:
        app.profiles.reread()
    except SettingsError as failure:
        app.status.add_error("settings", explain(failure))
        return
    app.status.solve("settings")
    if is_gone(app):
        app.status.add_error("profile removed", _removed(app.session.profile.name))
    else:
        app.status.solve("profile removed")


def is_gone(app: ConsoleApp) -> bool:
    """Whether the profile that is open is no longer in the settings."""
    return app.session.profile.name not in app.profiles.names


def _removed(name: str) -> Explanation:
    from console.operations.error_words import Explanation

    return Explanation(
        _("the profile {name} was removed").format(name=safe_text(name)),
        _("Somebody removed it from the settings while it was in use here, and its secrets with it."),
        _("What was read stays on the screen and in the store. Switch to another profile, or add it again."),
    )
