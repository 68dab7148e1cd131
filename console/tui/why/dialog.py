"""Why WeCom refused, or left something out: which of the causes it is, and what can't be excluded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from console.language import _, labelled, listed
from console.operations.why.causes import Verdict, Why, verdict_words
from console.session import Session
from console.text import mask_text, safe_text
from console.tui.columns import Column
from console.tui.commands import Place, bindings
from console.tui.customers.cells import follower_words
from console.tui.customers.copying import Copyable
from console.tui.dialogs.dialog import Dialog
from console.tui.folded import FoldedText
from console.tui.going import leave_for_customer, open_timeline
from console.tui.listing import TitleLine
from console.tui.messages import CopyOffered
from console.tui.profile.report import LineTable
from console.tui.rows import ListSource, Row, Tone, Toned
from console.tui.table import BigTable

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp

LOOK_EVERY = 1.0
"""Seconds between looks whether an event has changed the answer."""

_TONES: dict[Verdict, Tone] = {Verdict.YES: "changed", Verdict.NO: "muted", Verdict.UNKNOWN: "info"}


class WhyDialog(Dialog[None]):
    """One answer about one customer; `ask` gives it anew as the store has it, `support` is the server's message."""

    AUTO_FOCUS = "#why-table"
    PLACE = Place.WHY
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.WHY)]

    def __init__(
        self,
        session: Session,
        ask: Callable[[], Why],
        external_userid: str,
        userid: str | None,
        *,
        masked: bool,
        support: str = "",
    ) -> None:
        super().__init__()
        self.session = session
        self.external_userid = external_userid
        self.userid = userid
        self.masked = masked
        self._ask = ask
        self._support = support
        self._why = ask()
        self._version = -1
        self._title = TitleLine()
        self._said = FoldedText(classes="full-text")
        self.table = LineTable(
            (
                Column("verdict", _("verdict"), 9),
                Column("cause", _("possible cause"), 24, grow=3),
                Column("evidence", _("evidence here"), 20, grow=4),
            ),
            id="why-table",
        )
        self._todo = FoldedText(classes="full-text")

    def compose(self) -> ComposeResult:
        """What WeCom says, the causes, what to do."""
        with Vertical(id="why", classes="page"):
            yield self._title
            yield self._said
            yield self.table
            yield self._todo

    def on_mount(self) -> None:
        """Show the answer, and a new one when an event comes."""
        self._look()
        self.set_interval(LOOK_EVERY, self._look)

    @property
    def _app(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    @property
    def why(self) -> Why:
        """The answer as it is shown."""
        return self._why

    def _look(self) -> None:
        version = self.session.records.events.version
        if version != self._version:
            self._version = version
            self._why = self._ask()
            self._show()

    def set_masked(self, masked: bool) -> None:
        """Hide or show personal data."""
        self.masked = masked
        self._show()

    def _show(self) -> None:
        why = self._why
        self._title.show(self._words(why.title), safe_text(self.external_userid))
        self._said.show([self._words(why.said), ""])
        self.table.show(ListSource([self._row(place) for place in range(len(why.causes))]))
        self._todo.show(["", *map(self._words, self._ending())])

    def _row(self, place: int) -> Row:
        cause = self._why.causes[place]
        verdict = Toned(f"[{verdict_words(cause.verdict)}]", _TONES[cause.verdict])
        return Row(place, (verdict, self._words(cause.text), self._words(cause.evidence)))

    def _ending(self) -> Iterator[str]:
        yield self._why.todo
        if self._why.others:
            names = listed(follower_words(self.session, userid, masked=False) for userid in self._why.others)
            yield _("Following this customer now: {names}. Enter opens the first of them.").format(names=names)
        chosen = self._chosen
        if chosen:
            yield chosen
        if self._support:
            yield self._support

    @property
    def _chosen(self) -> str:
        """The chosen cause in full: its columns may be too narrow for it."""
        place = self.table.chosen_index
        if place is None or place >= len(self._why.causes):
            return ""
        cause = self._why.causes[place]
        return f"[{verdict_words(cause.verdict)}] {labelled(cause.text, cause.evidence)}"

    def _words(self, text: str) -> str:
        return mask_text(text) if self.masked else text

    # What the keys do

    def action_open(self) -> None:
        """Enter: the customer at somebody who follows them."""
        if self._why.others:
            self._app.call_later(leave_for_customer, self._app, self.external_userid, self._why.others[0])
        else:
            self._app.say(_("Nobody else is known to follow this customer."))

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter or a double click."""
        event.stop()
        self.action_open()

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Another cause: it stands in full below."""
        event.stop()
        self._show()

    async def action_timeline(self) -> None:
        """All that happened to the customer."""
        await open_timeline(self._app, self.external_userid, self.userid)

    def action_copy(self) -> None:
        """Offer the whole answer, for a developer or the ticket."""
        why = self._why
        causes = [f"[{verdict_words(cause.verdict)}] {labelled(cause.text, cause.evidence)}" for cause in why.causes]
        who = f"userid={safe_text(self.userid or '-')} external_userid={safe_text(self.external_userid)}"
        text = "\n".join(filter(None, (why.title, who, why.said, *causes, why.todo, self._support)))
        self.post_message(CopyOffered([Copyable("why", _("the whole answer"), text)]))
