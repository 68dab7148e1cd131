"""The followers of a sync, those that failed first, then those being read, then the others in WeCom's order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from console.language import _
from console.operations.sync.progress import FollowerProgress, FollowerState
from console.operations.sync.words import reason_words, state_words
from console.operations.wording import count_words
from console.session import Session
from console.text import safe_text
from console.tui.columns import Column
from console.tui.commands import Place, bindings
from console.tui.customers.cells import follower_words, userid_words
from console.tui.customers.copying import Copyable
from console.tui.listing import Listing
from console.tui.rows import Cell, MadeSource, Row, Toned
from console.tui.table import BigTable

_ORDER = (FollowerState.FAILED, FollowerState.READING, FollowerState.WAITING, FollowerState.DONE)


class SyncFollowersList(Listing):
    """What has become of each follower."""

    PLACE = Place.SYNC
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLACE)]

    class Opened(Message):
        """Enter on a follower."""

        def __init__(self, userid: str) -> None:
            super().__init__()
            self.userid = userid

    def __init__(self, session: Session) -> None:
        super().__init__(id="sync-followers")
        self.session = session
        self.masked = False
        self._followers: tuple[FollowerProgress, ...] = ()
        self.table.columns = (
            Column("follower", _("follower"), 8, grow=1),
            Column("account", _("account"), 10, grow=1, leave=1),
            Column("state", _("state"), 10),
            Column("relations", _("relations"), 9, right=True),
            Column("reason", _("reason"), 14, grow=4),
        )

    def show_followers(self, followers: Sequence[FollowerProgress]) -> None:
        """Show these; the chosen one stays chosen."""
        self._followers = tuple(sorted(followers, key=lambda one: _ORDER.index(one.state)))
        self.table.show(MadeSource([one.userid for one in self._followers], self._row))
        self.show_matches()

    def redraw(self) -> None:
        """Draw the rows anew, masked or not."""
        self.table.refresh_rows()

    @property
    def chosen(self) -> FollowerProgress | None:
        """The chosen follower."""
        return next((one for one in self._followers if one.userid == self.table.chosen_key), None)

    def _row(self, place: int) -> Row:
        one = self._followers[place]
        state = state_words(one.state)
        failed = one.state is FollowerState.FAILED
        cells: tuple[Cell, ...] = (
            follower_words(self.session, one.userid, masked=self.masked),
            userid_words(one.userid, masked=self.masked),
            Toned(state, "error") if failed else Toned(state, "muted") if one.state is FollowerState.WAITING else state,
            count_words(one.relations) if one.relations is not None else self._known(one),
            self._why(one) if failed else "",
        )
        return Row(one.userid, cells)

    def _known(self, one: FollowerProgress) -> Cell:
        return Toned(count_words(one.known), "muted") if one.known is not None else ""

    def _why(self, one: FollowerProgress) -> str:
        return reason_words(one.errcode, self.session.profile.app_type)

    def copyables(self) -> Sequence[Copyable]:
        """The account, and why it could not be read."""
        one = self.chosen
        if one is None:
            return ()
        found = [Copyable("id", _("account"), safe_text(one.userid))]
        if one.state is FollowerState.FAILED:
            found.append(Copyable("reason", _("reason"), self._why(one)))
        return found

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter or a double click: this follower's customers."""
        event.stop()
        self.post_message(self.Opened(str(event.key)))

    def action_sync(self) -> None:
        """Start; again: pause, and go on."""
        self.post_message(self.Asked(self, "sync"))
