"""Three columns after the guard said no: as it was opened, as it is now, as it was to be; then the choice."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from console.language import _, ngettext
from console.operations.remark.guard import Conflict, TextRow
from console.operations.remark.plan import Plan
from console.operations.remark.plan_words import field_words, fields_words, problem_words
from console.operations.remark.values import RemarkField
from console.operations.wording import time_words
from console.session import Session
from console.tui.columns import Column
from console.tui.commands import Place, bindings
from console.tui.customers.cells import follower_words
from console.tui.dialogs.dialog import Dialog
from console.tui.dialogs.question import DEAF_SECONDS
from console.tui.listing import TitleLine
from console.tui.remark.conflict_rows import block_rows, blocks, wide_rows
from console.tui.remark.diff import DiffTable, label_width
from console.tui.remark.hint import HintLine
from console.tui.remark.write_anew import WriteAnew
from console.tui.rows import ListSource
from console.tui.rule import Rule
from console.tui.table import BigTable

WIDE = 130
TAKE_WIDTH = 10


class ConflictTable(BigTable):
    """The fields; Up and Down go from one to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False, id="table.up"),
        Binding("down,j", "move(1)", show=False, id="table.down"),
    ]

    def action_move(self, rows: int) -> None:
        """Choose the next field, or the one before."""
        heads = [place for place in range(len(self.source)) if str(self.source.key(place)).endswith("#0")]
        here = self.chosen_index or 0
        further = [place for place in heads if (place > here if rows > 0 else place < here)]
        if further:
            super().action_move((further[0] if rows > 0 else further[-1]) - here)

    @property
    def chosen_field(self) -> RemarkField | None:
        """The field under the cursor."""
        key = self.chosen_key
        return None if key is None else RemarkField(str(key).partition("#")[0])


class BackToForm(Enum):
    """The answer of who wants to go on typing."""

    YES = "back to the form"


class ConflictDialog(Dialog[Plan | BackToForm]):
    """The result is the plan to write, or the way back to the form. Nothing is chosen beforehand."""

    AUTO_FOCUS = "ConflictTable"
    PLACE = Place.CONFLICT
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.CONFLICT)]

    def __init__(
        self, session: Session, conflict: Conflict, whose: str, *, clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__()
        self.session = session
        self.conflict = conflict
        self.choices: dict[RemarkField, str | None] = {}
        self.table = ConflictTable(id="conflict-table")
        self._whose = whose
        self._clock = clock
        self._opened_at = clock()
        self._shows_body = False
        self._title = TitleLine()
        self._rule = Rule(id="conflict-rule")
        self._diff = DiffTable(id="conflict-diff")
        self._hint = HintLine()

    def compose(self) -> ComposeResult:
        """The fields above what would be written."""
        with Vertical(id="conflict"):
            yield self._title
            yield self.table
            yield self._rule
            yield self._diff
            yield self._hint

    def on_mount(self) -> None:
        """Say what happened, and begin at the first field that needs a choice."""
        now, zone = self.session.clock(), self.session.zone
        opened, current = (time_words(seen.read_at, zone, now) for seen in (self.conflict.opened, self.conflict.now))
        self._title.show(
            _("Not written: somebody else changed it while you edited"), f"{self._whose}  {opened} -> {current}"
        )
        self._title.add_class("-failed")
        self._show()
        self.table.choose(f"{self.conflict.to_choose[0].field.value}#0")

    def on_resize(self) -> None:
        """Three columns or blocks."""
        self.call_after_refresh(self._show)

    # What is shown

    def _show(self) -> None:
        found = blocks(self.conflict, self.choices)
        width = self.table.size.width
        if self.app.size.width >= WIDE:
            side = max(10, (width - label_width() - TAKE_WIDTH - 8) // 3)
            self.table.columns = (
                Column("field", "", max(label_width(), 12)),
                Column("opened", _("opened"), side, grow=1),
                Column("now", _("now, at WeCom"), side, grow=1),
                Column("yours", _("yours"), side, grow=1),
                Column("take", _("take"), TAKE_WIDTH),
            )
            self.table.show_header = True
            rows = list(wide_rows(found, side))
        else:
            self.table.show_header = False
            self.table.columns = (Column("block", "", 20, grow=1),)
            rows = list(block_rows(found, max(20, width - 2)))
        self.table.show(ListSource(rows))
        self._rule.show(_("to be written"))
        self._diff.show_plan(self.plan, self._person, with_body=self._shows_body, body_alone=True)
        self._show_hint()

    def _show_hint(self) -> None:
        in_the_way = self._in_the_way()
        self._hint.show(in_the_way or _("it is read once more before it is written"), in_the_way=bool(in_the_way))

    def _in_the_way(self) -> str:
        if self._open:
            n = len(self._open)
            words = ngettext("{n} field still to choose: {fields}", "{n} fields still to choose: {fields}", n)
            return words.format(n=n, fields=fields_words(row.field for row in self._open))
        return problem_words(self.plan.problems[0]) if self.plan.problems and self.plan.changes else ""

    def _person(self, userid: str) -> str:
        return follower_words(self.session, userid, masked=False)

    @property
    def _open(self) -> list[TextRow]:
        return [row for row in self.conflict.to_choose if row.field not in self.choices]

    @property
    def plan(self) -> Plan:
        """What would be written by the choices made so far."""
        return self.conflict.chosen(self.choices)

    # Choices

    def _chosen_row(self) -> TextRow | None:
        field = self.table.chosen_field
        return next((row for row in self.conflict.to_choose if row.field is field), None)

    def _choose(self, row: TextRow | None, text: str | None) -> None:
        if row is not None:
            self.choices[row.field] = text
            self._show()
            self.show_keys()

    def action_keep_theirs(self) -> None:
        """Left: what is there now stays."""
        self._choose(self._chosen_row(), None)

    def action_use_mine(self) -> None:
        """Right: what I wrote."""
        row = self._chosen_row()
        self._choose(row, row.yours if row is not None else None)

    def action_write_anew(self) -> None:
        """o: another text."""
        row = self._chosen_row()
        if row is None:
            return

        def written(text: str | None) -> None:
            if text is not None:
                self._choose(row, text)

        begun = self.choices.get(row.field) or row.yours or ""
        self.app.push_screen(WriteAnew(row.field, field_words(row.field), begun), written)

    def action_close(self) -> None:
        """Esc: back to the form, which still holds what was typed."""
        self.dismiss(BackToForm.YES)

    def action_request_body(self) -> None:
        """F4: the request as it is sent."""
        self._shows_body = not self._shows_body
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Writing needs every choice; the line at the bottom says which are missing."""
        if action == "agree" and self._in_the_way():
            return None
        return super().check_action(action, parameters)

    def action_agree(self) -> None:
        """F8: write what was chosen; with nothing left to write, everything stays as it is."""
        if self._clock() - self._opened_at < DEAF_SECONDS or self._in_the_way():
            return
        self.dismiss(self.plan)

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter chooses nothing: a choice is one of the three keys."""
        event.stop()

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Moving alone chooses nothing."""
        event.stop()
