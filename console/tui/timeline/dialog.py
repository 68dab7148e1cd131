"""The timeline of one customer on the whole screen, of all followers or of one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from console.language import _
from console.operations.timeline import Entry, Happened, Timeline, Written, timeline
from console.operations.timeline_words import entry_words, source_words
from console.operations.wording import moment_words, time_words
from console.session import Session
from console.store.relations import RelationRow, RelationState
from console.text import cell_width, mask_text, safe_text
from console.tui.columns import Column
from console.tui.commands import Place, bindings
from console.tui.customers.cells import follower_words
from console.tui.dialogs.dialog import Dialog
from console.tui.folded import FoldedText
from console.tui.listing import TitleLine
from console.tui.messages import CopyOffered
from console.tui.profile.report import LineTable
from console.tui.rows import MadeSource, Row, Toned
from console.tui.rule import Rule
from console.tui.table import BigTable
from console.tui.tabs_rule import TabsRule
from console.tui.timeline.last_remark import last_remark

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp

LOOK_EVERY = 1.0
"""Seconds between looks whether something has happened."""


class TimelineDialog(Dialog[None]):
    """Keeps the customer it was opened for, and the follower that it was reached through."""

    AUTO_FOCUS = "#timeline-table"
    PLACE = Place.TIMELINE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.TIMELINE)]

    def __init__(self, session: Session, external_userid: str, userid: str | None, *, masked: bool) -> None:
        super().__init__()
        self.session = session
        self.external_userid = external_userid
        self.userid = userid
        self.masked = masked
        self.tab = 0
        self._title = TitleLine()
        self._tabs = TabsRule()
        self.table = LineTable(
            (
                Column("time", _("time"), 11),
                Column("source", _("from"), max(map(cell_width, source_words())), leave=1),
                Column("who", _("who"), 8),
                Column("what", _("what happened"), 20, grow=1),
                Column("number", _("no."), 6, right=True, leave=2),
            ),
            id="timeline-table",
        )
        self._rule = Rule(id="timeline-rule")
        self._last = FoldedText(classes="full-text")
        self._foot = TitleLine()
        self._timeline = Timeline(external_userid, (), None)
        self._relations: Sequence[RelationRow] = ()
        self._shown: Sequence[Entry] = ()
        self._known_state: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """Whose it is, the followers, the entries, and what a follower who is gone has left."""
        with Vertical(id="timeline", classes="page"):
            yield self._title
            yield self._tabs
            yield self.table
            yield self._rule
            yield self._last
            yield self._foot

    def on_mount(self) -> None:
        """Show what is known, and look now and then whether there is more."""
        self._look()
        self.set_interval(LOOK_EVERY, self._look)

    @property
    def _app(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    @property
    def chosen(self) -> Entry | None:
        """The chosen entry."""
        place = self.table.chosen_index
        return self._shown[place] if place is not None and place < len(self._shown) else None

    @property
    def followers(self) -> list[str]:
        """Whose relations there are entries of or are known, the one that it was reached through first."""
        known = {row.userid.casefold(): row.userid for row in self._relations}
        for entry in self._timeline.entries:
            known.setdefault(entry.userid.casefold(), entry.userid)
        own = (self.userid or "").casefold()
        return sorted(filter(None, known.values()), key=lambda userid: userid.casefold() != own)

    # What is shown

    def _look(self) -> None:
        """Read it again where anything has changed since it was read."""
        records = self.session.records
        state = (records.version, records.events.version, id(self._app.desk.result))
        if state != self._known_state:
            self._known_state = state
            self._timeline = timeline(records, self.external_userid)
            self._relations = records.relations.of_customer(self.external_userid)
            self._show()

    def set_masked(self, masked: bool) -> None:
        """Hide or show personal data."""
        self.masked = masked
        self._show()

    def _show(self) -> None:
        followers = self.followers
        names = [self._named(userid) for userid in followers]
        self._tabs.show([_("all"), *names], self.tab)
        chosen = followers[self.tab - 1] if 0 < self.tab <= len(followers) else None
        self._shown = self._timeline.of(chosen) if chosen else self._timeline.entries
        keys = [_key(entry) for entry in self._shown]
        self.table.show(MadeSource(keys, self._row))
        self.table.notes_below = () if keys else (_("Nothing has happened here that is known on this computer."),)
        self._title.show(self._words(_("Timeline: {customer}").format(customer=self._customer())))
        self._show_last(chosen)
        self._foot.show(self._since())

    def _row(self, place: int) -> Row:
        entry = self._shown[place]
        words = entry_words(entry, self.session.name_of, self.session.zone)
        at = time_words(entry.at, self.session.zone, self.session.clock())
        silent = words.source == "-"
        cells = (at, words.source, self._words(words.who), self._words(words.what), Toned(words.number, "muted"))
        return Row(_key(entry), cells, muted=silent)

    def _words(self, text: str) -> str:
        return mask_text(text) if self.masked else text

    def _customer(self) -> str:
        own = (self.userid or "").casefold()
        row = next((row for row in self._relations if row.userid.casefold() == own), None)
        named = row or next(iter(self._relations), None)
        name = (named.remark or named.name or "") if named else ""
        return f"{safe_text(name)} {safe_text(self.external_userid)}".strip()

    def _named(self, userid: str) -> str:
        name = follower_words(self.session, userid, masked=self.masked)
        row = next((row for row in self._relations if row.userid.casefold() == userid.casefold()), None)
        gone = row is not None and row.state is RelationState.GONE
        return _("{name} (gone)").format(name=name) if gone else name

    def _show_last(self, userid: str | None) -> None:
        left = last_remark(self.session, self.external_userid, userid)
        self._rule.display = self._last.display = left is not None
        if left is not None:
            self._rule.show(left.title)
            self._last.show([self._words(line) for line in left.lines])

    def _since(self) -> str:
        since = self._timeline.listened_since
        if since is None:
            return _("Nobody ever received events here: changes made elsewhere show only in what was read.")
        time = moment_words(since, self.session.zone)
        return _("Events were received since {time}; changes before that are not known here.").format(time=time)

    # What the keys do

    def action_next_tab(self) -> None:
        """The next follower."""
        self._show_tab((self.tab + 1) % (len(self.followers) + 1))

    def on_tabs_rule_wanted(self, event: TabsRule.Wanted) -> None:
        """A click on a follower."""
        event.stop()
        self._show_tab(event.place)

    def _show_tab(self, tab: int) -> None:
        self.tab = tab
        self._show()

    async def action_open(self) -> None:
        """Enter: the event, the entry of the record, or the customer at that follower."""
        entry = self.chosen
        if isinstance(entry, Happened):
            from console.tui.going import leave_for_event

            self._app.call_later(leave_for_event, self._app, entry.row.id)
        elif isinstance(entry, Written):
            from console.tui.record.entry_dialog import EntryDialog

            await self._app.push_screen(EntryDialog(self.session, entry.entry, masked=self.masked))
        elif entry is not None and entry.userid:
            from console.tui.going import leave_for_customer

            self._app.call_later(leave_for_customer, self._app, self.external_userid, entry.userid)

    async def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter or a double click."""
        event.stop()
        await self.action_open()

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Nothing follows the choice."""
        event.stop()

    def action_undo(self) -> None:
        """Take back the chosen write, else the newest one."""
        writes = [entry for entry in (self.chosen, *self._shown) if isinstance(entry, Written)]
        if writes:
            self._app.desk.undo(writes[0].entry.id)
        else:
            self._app.say(_("Nothing was written from here."))

    def action_take_over(self) -> None:
        """The form of the follower that this was reached through, filled from another one's remark."""
        active = [row.userid for row in self._relations if row.state is not RelationState.GONE]
        own = (self.userid or "").casefold()
        target = next((userid for userid in active if userid.casefold() == own), next(iter(active), None))
        if target is None:
            self._app.say(_("Nobody follows this customer now, so there is no remark to take anything over into."))
            return
        self.dismiss(None)
        edit = partial(self._app.desk.edit, self.external_userid, target, take_over=True)
        self._app.call_later(edit)

    def action_copy(self) -> None:
        """Offer what can be copied of the chosen entry."""
        from console.tui.timeline.copying import of_entry

        if self.chosen is not None:
            self.post_message(CopyOffered(of_entry(self.session, self.external_userid, self.chosen)))


def _key(entry: Entry) -> str:
    match entry:
        case Happened(row=row):
            return f"event {row.id}"
        case Written(entry=written):
            return f"write {written.id}"
    return f"{type(entry).__name__} {entry.userid} {entry.at}"
