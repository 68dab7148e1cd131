"""The list of mappings: what each unionid means, how that was learned, and how long a pending id is still good."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.message import Message

from console.language import _, ngettext
from console.operations.convert.documents import mapping_document
from console.operations.convert.words import customer_words, id_words, left_words, source_words, state_words
from console.operations.wording import count_words, time_words
from console.session import Session
from console.store.mappings import IdMapping, MappingState
from console.text import json_safe, safe_text
from console.tui.columns import Column
from console.tui.commands import Place, bindings
from console.tui.customers.copying import Copyable
from console.tui.listing import Listing
from console.tui.profile.report import LineTable
from console.tui.rows import Cell, Row, Toned, VectorSource
from console.tui.table import BigTable


class MappingsList(Listing):
    """What this profile knows, the newest first."""

    PLACE = Place.MAPPINGS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLACE)]

    class Opened(Message):
        """Enter on a mapping."""

        def __init__(self, mapping: IdMapping) -> None:
            super().__init__()
            self.mapping = mapping

    class Selected(Message):
        """The ids that a text selects."""

        def __init__(self, text: str, ids: array[int]) -> None:
            super().__init__()
            self.text = text
            self.ids = ids

    def __init__(self, session: Session) -> None:
        super().__init__(id="mappings")
        self.session = session
        self.masked = False
        self._total = 0
        self._wanted: int | None = None
        self.table = LineTable(
            (
                Column("time", _("time"), 11, leave=2),
                Column("unionid", _("unionid"), 16, grow=2),
                Column("result", _("result"), 8),
                Column("customer", _("customer / ID"), 14, grow=3),
                Column("from", _("from"), 10, leave=1),
                Column("left", _("good for"), 8),
            ),
            id="mappings-table",
        )

    @property
    def chosen(self) -> IdMapping | None:
        """The chosen mapping as the store has it now."""
        key = self.table.chosen_key
        return next(iter(self.session.records.mappings.window([key])), None) if isinstance(key, int) else None

    def reload(self, *, choose: int | None = None) -> None:
        """Select again, because something was learned; `choose` is the mapping to go to."""
        self._wanted = choose if choose is not None else self._wanted
        self._select(self.filter_text)

    @work(group="mappings", exclusive=True, exit_on_error=False)
    async def _select(self, text: str) -> None:
        ids = await self.session.records.mappings.select(text)
        self.post_message(self.Selected(text, ids))

    def on_mappings_list_selected(self, event: Selected) -> None:
        """Show an answer, unless the text has changed since."""
        event.stop()
        if event.text != self.filter_text:
            return
        if not event.text:
            self._total = len(event.ids)
        self.table.show(VectorSource(event.ids, self._rows))
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        self.show_state()

    def redraw(self) -> None:
        """Draw the rows anew, masked or not."""
        self.table.refresh_rows()

    def show_state(self) -> None:
        """The title, and why there is nothing where there is nothing."""
        n = self._total
        count = ngettext("{n} unionid known", "{n} unionids known", n).format(n=count_words(n))
        self.title.show(_("Mappings"), count if n else "")
        self.table.notes_below = self._notes()
        self.show_matches()

    def show_matches(self) -> None:
        """Beside the filter: how many match."""
        super().show_matches()
        if (line := self.filter_line) is not None:
            found = _("{n} of {total}").format(n=count_words(len(self.table.source)), total=count_words(self._total))
            line.count.show("", found)

    def _notes(self) -> Sequence[Cell]:
        if not self._total:
            return (
                _("No unionid is known yet."),
                _("What is converted stands here and is not asked twice; what a customer's detail shows, too."),
            )
        if not len(self.table.source):
            nothing = _("No mapping matches {text}. Esc clears the filter.")
            return (nothing.format(text=f"「{safe_text(self.filter_text)}」"),)
        return ()

    def _rows(self, ids: Sequence[int]) -> list[Row]:
        now = self.session.clock()
        return [self._row(mapping, now) for mapping in self.session.records.mappings.window(ids)]

    def _row(self, mapping: IdMapping, now: float) -> Row:
        state, left = mapping.state(now), left_words(mapping, now)
        if state is MappingState.CUSTOMER:
            whom = customer_words(mapping, masked=self.masked)
        else:
            whom = id_words(mapping.pending_id, masked=self.masked)
        cells: tuple[Cell, ...] = (
            time_words(mapping.learned_at, self.session.zone, now),
            id_words(mapping.unionid, masked=self.masked),
            _("gone") if mapping.is_gone else state_words(mapping, now),
            whom,
            source_words(mapping.source),
            Toned(left, "changed") if mapping.ends_soon(now) else left,
        )
        return Row(mapping.id, cells, muted=state is MappingState.EXPIRED or mapping.is_gone)

    # What the keys do

    def copyables(self) -> Sequence[Copyable]:
        """The chosen mapping: the customer ID first where there is one."""
        mapping = self.chosen
        if mapping is None:
            return ()
        ids = (
            ("id", _("customer ID"), mapping.external_userid),
            ("pending", _("pending ID"), mapping.pending_id),
            ("unionid", _("unionid"), mapping.unionid),
            ("openid", "openid", mapping.openid),
        )
        document = json_safe(mapping_document(mapping, self.session.clock()))
        return [
            *(Copyable(key, label, safe_text(text)) for key, label, text in ids if text),
            Copyable("json", "JSON", document),
        ]

    def action_convert(self) -> None:
        """F8: convert what stands in the form."""
        self.post_message(self.Asked(self, "convert"))

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter or a double click."""
        event.stop()
        if (mapping := self.chosen) is not None:
            self.post_message(self.Opened(mapping))

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Tell the place; nothing else follows the choice."""
        event.stop()
        self.tell_place()

    def on_listing_filter_changed(self, event: Listing.FilterChanged) -> None:
        """Filter at every keystroke."""
        event.stop()
        self.reload()
