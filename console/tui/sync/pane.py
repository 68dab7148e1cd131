"""Pane 4: it holds the sync that runs here, and shows how the last one ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer

from console.language import _, joined
from console.operations.sync.holder import holder_name, is_dead
from console.operations.sync.progress import FollowerProgress, FollowerState
from console.operations.sync.results import StoppedEarly
from console.operations.sync.words import changes_words, elsewhere_words, result_words
from console.operations.wording import age_words, count_words, time_words
from console.session import CANNOT_OPEN, Session
from console.store.syncs import Ending, ReadState, Sync, SyncFollower
from console.tui.listing import Listing
from console.tui.messages import Answered
from console.tui.panes import Pane
from console.tui.sync.charts import Charts
from console.tui.sync.followers import SyncFollowersList
from console.tui.sync.status import SyncStatus

if TYPE_CHECKING:
    from console.operations.charts import Chart
    from console.operations.sync.results import SyncResult
    from console.operations.sync.run import SyncRun
    from console.tui.app import ConsoleApp

LOOK_SECONDS = 0.5
"""While a sync runs, here or elsewhere, the numbers are shown anew this often."""


class SyncPane(Pane):
    """Status above, the followers, and the charts below or beside."""

    class Ended(Message):
        """The sync that ran here has ended."""

        def __init__(self, result: SyncResult | Exception) -> None:
            super().__init__()
            self.result = result

    class Drawn(Message):
        """The charts are counted."""

        def __init__(self, charts: Sequence[Chart]) -> None:
            super().__init__()
            self.charts = charts

    def __init__(self, session: Session) -> None:
        super().__init__(session, id="sync-pane")
        self.status = SyncStatus()
        self.followers = SyncFollowersList(session)
        self.charts = Charts()
        self.run: SyncRun | None = None
        self._looking: Timer | None = None

    def compose(self) -> ComposeResult:
        """The sync, and what the known customers look like."""
        with Vertical(id="sync-main"):
            yield self.status
            yield self.followers
        yield self.charts

    def begin(self) -> None:
        """Say how the last sync ended, or who is at one."""
        self._show_last()
        self._count()

    def take_keys(self) -> None:
        """The keys go to the followers."""
        self.followers.focus_table()

    def set_masked(self, masked: bool) -> None:
        """Hide or show personal data."""
        self.followers.masked = masked
        self.followers.redraw()

    def show_changed(self, external_userid: str) -> None:
        """One customer makes no difference here."""

    @property
    def is_running(self) -> bool:
        """Whether a sync runs in this app."""
        return self.run is not None

    # What is shown

    def _show_last(self) -> None:
        last = self.session.records.syncs.last()
        self.status.set_class(False, "-failed")
        if last is None:
            self.followers.title.show(_("Sync"), _("never yet"))
            self.status.show_lines(
                (
                    _("Nothing was synced yet: only what was opened here is known."),
                    _("F8 reads all followers and all their customers, ten requests at a time; Esc stops it."),
                )
            )
            return
        self.followers.show_followers([_as_noted(one) for one in self.session.records.syncs.followers(last.id)])
        now = self.session.clock()
        if last.runs(now) and not is_dead(last.holder):
            self.followers.title.show(_("Sync"), _("running elsewhere"))
            self.status.show_lines((elsewhere_words(last), _("What it reads is shown here as well.")))
            self._look()
            return
        self._stop_looking()
        ended = last.ended_at or last.beat_at
        at = time_words(ended, self.session.zone, now)
        self.followers.title.show(_("Last sync"), joined((at, age_words(now - ended))))
        self.status.set_class(last.ending is not Ending.COMPLETE, "-failed")
        self.status.show_lines(self._words_of(last))

    def _words_of(self, last: Sync) -> Sequence[str]:
        failed = [one for one in self.session.records.syncs.followers(last.id) if one.state is ReadState.FAILED]
        changes = self.session.records.sync_changes.counts(last.id)
        numbers = _("{n} relations").format(n=count_words(last.relations))
        match last.ending:
            case Ending.COMPLETE:
                first = _("Complete, {numbers}.").format(numbers=numbers)
            case Ending.INCOMPLETE:
                first = _("Incomplete, {numbers}; {n} not read: r reads just those again.").format(
                    numbers=numbers, n=len(failed)
                )
            case _:
                first = _("It did not come to its end; F8 goes on behind the last finished follower.")
        found = _("Since the sync before: {changes}.").format(changes=changes_words(changes))
        return (first, found if changes or last.ending is Ending.COMPLETE else "")

    def _look(self) -> None:
        if self._looking is None:
            self._looking = self.set_interval(LOOK_SECONDS, self._show_now)

    def _stop_looking(self) -> None:
        if self._looking is not None:
            self._looking.stop()
            self._looking = None

    def _show_now(self) -> None:
        if self.run is None:
            self._show_last()
            return
        if self.display:
            self.status.show_progress(self.run.progress)
            self.followers.show_followers(self.run.followers)

    @work(group="charts", exclusive=True, exit_on_error=False)
    async def _count(self) -> None:
        from console.operations.charts import customer_charts

        names = {row.userid.casefold(): row.name or "" for row in self.session.records.followers.rows()}
        names |= {userid: name for userid, name in self.session.names.items() if name}
        charts = await customer_charts(self.session.records, names, self.session.zone, self.session.clock())
        self.post_message(self.Drawn(charts))

    def on_sync_pane_drawn(self, event: Drawn) -> None:
        """Draw the charts."""
        event.stop()
        self.charts.show(event.charts)

    # What the keys ask for

    def on_listing_asked(self, event: Listing.Asked) -> None:
        """Start, pause, stop, and those that failed again."""
        event.stop()
        match event.command:
            case "sync" if self.run is None:
                self._start()
            case "sync" if self.run is not None:
                self._pause_or_go_on(self.run)
            case "read_again" if self.run is None:
                self._start_with_the_failed()
            case "back" if self.run is not None:
                self.run.stop()

    def _start_with_the_failed(self) -> None:
        failed = [one.userid for one in self.session.records.syncs.failed()]
        if failed:
            self._start(*failed)
        else:
            cast("ConsoleApp", self.app).say(_("There is nobody who could not be read the last time."))

    def _pause_or_go_on(self, run: SyncRun) -> None:
        if run.progress.paused:
            run.resume()
        else:
            run.pause()
        self._show_now()

    def _start(self, *only: str) -> None:
        self.followers.title.show(_("Sync"), _("Esc stops, F8 pauses"))
        self.status.set_class(False, "-failed")
        self.status.show_lines((_("reading the followers"),))
        self._sync(only)

    @work(group="sync", exclusive=True, exit_on_error=False, description="syncing all customers")
    async def _sync(self, only: Sequence[str]) -> None:
        from console.operations.sync.run import SyncRun

        try:
            self.run = SyncRun(await self.session.client(), self.session.records, holder_name("app"))
            self._look()
            result: SyncResult | Exception = await self.run.run(only)
        except CANNOT_OPEN as failure:
            result = failure
        finally:
            self.run = None
        self.post_message(self.Ended(result))

    def on_sync_pane_ended(self, event: Ended) -> None:
        """Say how it ended, wherever the operator is."""
        event.stop()
        result = event.result
        app = cast("ConsoleApp", self.app)
        self._stop_looking()
        self._show_last()
        self._count()
        app.pane.followers.show_known()
        app.pane.customers.reload()
        if isinstance(result, Exception):
            self.post_message(Answered("sync", result))
            return
        failure = result.failure if isinstance(result, StoppedEarly) else None
        self.post_message(Answered("sync", failure))
        if failure is None:
            app.say(result_words(result))

    def on_sync_followers_list_opened(self, event: SyncFollowersList.Opened) -> None:
        """Enter: the follower's customers in pane 1."""
        event.stop()
        self._go_to(event.userid)

    @work(group="go", exclusive=True, exit_on_error=False)
    async def _go_to(self, userid: str) -> None:
        app = cast("ConsoleApp", self.app)
        await app.panes.show(1)
        app.pane.go_to_follower(userid)


def _as_noted(one: SyncFollower) -> FollowerProgress:
    state = {
        ReadState.WAITING: FollowerState.WAITING,
        ReadState.DONE: FollowerState.DONE,
        ReadState.FAILED: FollowerState.FAILED,
    }[one.state]
    return FollowerProgress(one.userid, state, one.relations, one.known, one.errcode, one.reason)
