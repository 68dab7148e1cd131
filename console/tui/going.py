"""Where one goes from elsewhere: to a customer at one relation, to a follower's customers, to a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from textual.widget import Widget

    from console.tui.app import ConsoleApp
    from console.tui.dialogs.find import Found
    from console.tui.feed.pane import FeedPane


async def go_to_found(app: ConsoleApp, found: Found | None) -> None:
    """What was found, if anything was."""
    if found is None:
        return
    app.pasted_id = found.external_userid if found.pasted else None
    if found.external_userid is not None:
        await go_to_customer(app, found.external_userid, found.userid)
    elif found.userid is not None:
        await app.panes.show(1)
        app.pane.go_to_follower(found.userid)
    if found.edit and found.external_userid and found.userid:
        await app.desk.edit(found.external_userid, found.userid)


async def go_to_customer(app: ConsoleApp, external_userid: str, userid: str | None) -> None:
    """A customer's detail in pane 1, at the relation of this follower (None: at any); Esc there leads back."""
    came_from = app.panes.current
    await app.panes.show(1)
    app.pane.open_detail(external_userid, userid)
    app.pane.came_from = came_from if came_from != 1 else None


async def leave_for_customer(app: ConsoleApp, external_userid: str, userid: str | None) -> None:
    """The same from a dialog, which is closed first; not to be awaited by the dialog itself."""
    await app.close_dialogs()
    await go_to_customer(app, external_userid, userid)


async def leave_for_event(app: ConsoleApp, row_id: int) -> None:
    """An event in pane 2, whatever is filtered there, from a dialog; not to be awaited by the dialog itself."""
    await app.close_dialogs()
    await app.panes.show(2)
    cast("FeedPane", app.panes.pane(2)).go_to(row_id)


async def open_timeline_here(widget: Widget, external_userid: str | None, userid: str | None) -> None:
    """The same, asked for by a widget of the app; nothing for nobody."""
    if external_userid:
        await open_timeline(cast("ConsoleApp", widget.app), external_userid, userid)


async def open_timeline(app: ConsoleApp, external_userid: str, userid: str | None) -> None:
    """The timeline of a customer, reached through the relation of this follower."""
    await app.session.load()
    from console.tui.timeline.dialog import TimelineDialog

    await app.push_screen(TimelineDialog(app.session, external_userid, userid, masked=app.masked))


async def open_duplicates_here(widget: Widget, external_userid: str) -> None:
    """Who may be the same person as this customer; nothing for nobody."""
    if external_userid:
        app = cast("ConsoleApp", widget.app)
        from console.tui.duplicates import DuplicatesDialog

        await app.push_screen(DuplicatesDialog(app.session, external_userid, masked=app.masked))
