"""Pane 2: the events as they come, and the chosen one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType

from console.language import _, labelled
from console.session import Session
from console.store.event_rows import EventRow, WelcomeState
from console.tui.commands import Place, bindings
from console.tui.feed.details import EventDetails, Tab
from console.tui.feed.events_list import EventsList
from console.tui.feed.told import Told
from console.tui.going import go_to_customer, open_timeline
from console.tui.listing import Listing
from console.tui.panes import Pane
from console.wecom.callback.events import Kind

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from console.operations.export_file import Form
    from console.tui.app import ConsoleApp


class FeedPane(Pane):
    """The list at the left or above, the details at the right or below."""

    PLACE = Place.FEED
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLACE)]

    def __init__(self, session: Session) -> None:
        super().__init__(session, id="feed-pane")
        self.events = EventsList(session)
        self.details = EventDetails(session)

    def compose(self) -> ComposeResult:
        """List, then details."""
        yield self.events
        yield self.details

    def begin(self) -> None:
        """Show what came so far."""
        if not self.events.is_loaded:
            self.events.reload()
        self.set_interval(1.0, self._tick)

    def take_keys(self) -> None:
        """The keys go to the rows."""
        self.events.focus_table()

    @property
    def _app_of_ours(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def feed_changed(self) -> None:
        """Something came, or followed from what came."""
        self.events.look_again()

    def go_to(self, row_id: int) -> None:
        """Choose an event from elsewhere, whatever is filtered here."""
        self.events.go_to(row_id)

    def on_show(self) -> None:
        """It comes into sight again: what came meanwhile is shown."""
        if self.events.is_loaded:
            self.events.look_again()
        if self._app_of_ours.lookout is not None:
            self._app_of_ours.lookout.see_feed()

    def _tick(self) -> None:
        """Seconds run on a welcome code."""
        if self.display and self.events.has_countdown:
            self.events.redraw()
            self.details.redraw()

    def set_masked(self, masked: bool) -> None:
        """Hide or show personal data."""
        self.events.masked = self.details.masked = masked
        self.events.redraw()
        self.details.redraw()

    @property
    def _chosen(self) -> EventRow | None:
        """The chosen event; None for a row that is none."""
        row = self.events.chosen
        return row if isinstance(row, EventRow) else None

    # What the list tells

    def on_events_list_passed(self, event: EventsList.Passed) -> None:
        """The details follow the choice."""
        event.stop()
        self.details.show(self.session.records.events.row(event.row_id) if event.row_id is not None else None)

    async def on_events_list_opened(self, event: EventsList.Opened) -> None:
        """Enter: the customer, at the relation that the event is about."""
        event.stop()
        row = self.session.records.events.row(event.row_id) if event.row_id is not None else None
        if isinstance(row, EventRow) and row.event.external_userid:
            await go_to_customer(self._app_of_ours, row.event.external_userid, row.event.userid)
        else:
            self.details.show_tab(Tab.RAW)
            self._app_of_ours.say(_("No customer belongs to this row; its raw form is shown."))

    def on_listing_asked(self, event: Listing.Asked) -> None:
        """Esc in the list: there is nowhere to go back to."""
        event.stop()

    # What the keys do

    def action_open(self) -> None:
        """Enter."""
        self.events.action_open()

    def action_pause(self) -> None:
        """Stay, or follow again."""
        self.events.pause()

    def action_newest(self) -> None:
        """Go to the newest event and follow."""
        self.events.follow()

    async def action_filter(self) -> None:
        """Filter by kind, follower, customer, text."""
        await self.events.action_filter()

    def action_next_tab(self) -> None:
        """In words, effects, raw."""
        self.details.next_tab()

    def action_copy(self) -> None:
        """Offer what can be copied of the chosen row."""
        self.events.action_copy()

    def action_receive(self) -> None:
        """Start the receiver, or stop it when that is agreed to."""
        if self._app_of_ours.lookout is not None:
            self._app_of_ours.lookout.toggle()

    def action_welcome(self) -> None:
        """The chosen customer, or else the newest whose code lives; where none came, why."""
        app, row = self._app_of_ours, self._chosen
        if row is not None and row.event.kind is Kind.ADDED and row.welcome.state is WelcomeState.NONE:
            from console.tui.why.asked import open_for_welcome

            open_for_welcome(app, row)
        elif app.lookout is not None:
            has_code = row is not None and row.welcome.state is WelcomeState.OPEN
            app.lookout.greeter.offer(row if has_code else None)

    async def action_timeline(self) -> None:
        """All that happened to the chosen customer."""
        row = self._chosen
        if row is not None and row.event.external_userid:
            await open_timeline(self._app_of_ours, row.event.external_userid, row.event.userid)
        else:
            self._app_of_ours.say(_("No customer belongs to this row."))

    def action_back(self) -> None:
        """Esc: clear the filter, then close it."""
        self.events.action_back()

    def action_raw(self) -> None:
        """The raw form on the whole screen."""
        row = self.events.chosen
        if row is not None:
            from console.tui.dialogs.reader import Reader
            from console.tui.feed.raw import raw

            told = raw(self.session, row, masked=self.details.masked)
            lines = [f"-- {one.label}" if one.is_title else _line(one) for one in told]
            self.app.push_screen(Reader(f"{_('raw')} #{row.id}", lines))

    def action_export(self) -> None:
        """Write the listed rows into a file."""
        from console.operations.event_export import exporting_events
        from console.tui.dialogs.export import Export, ExportDialog

        session, ids = self.session, self.events.ids

        def write(file: Path, form: Form, _masked: bool) -> Generator[int, None, None]:
            return exporting_events(session.records, session.name_of, ids, file, form, session.zone)

        self.app.push_screen(ExportDialog(Export(len(ids), "events.csv", write)))

    async def action_bookmark(self) -> None:
        """Set the bookmark of the chosen row, or take it away."""
        row = self.events.chosen
        if row is not None:
            await self.session.records.events.bookmark(row.id, on=not row.bookmarked)
            self.feed_changed()

    async def action_seen(self) -> None:
        """The chosen failed transfer has been seen to; if none is chosen, the oldest that waits."""
        row = self._chosen
        waiting = {one.id for one in self.session.records.events.unseen()}
        if row is not None and row.id in waiting:
            await self.session.records.events.mark_seen(row.id)
        elif waiting:
            self._app_of_ours.say(_("a marks a failed transfer as seen; choose it first."))
        else:
            self._app_of_ours.say(_("Nothing is to be done."))
        self.feed_changed()


def _line(one: Told) -> str:
    value = one.value if isinstance(one.value, str) else one.value.text
    return labelled(one.label, value) if one.label else value
