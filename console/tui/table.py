"""The one big table: a window onto rows in any number, with a chosen row that is known by its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, TypeAlias

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from console.language import N_
from console.tui import table_messages
from console.tui.columns import Column, Sort
from console.tui.rows import Cell, Key, ListSource, RemembersRows, RowSource, Window
from console.tui.table_choice import Choice
from console.tui.table_paint import CSS, Painter
from console.tui.table_sheet import Sheet


class BigTable(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a `RowSource`; reads and renders only the lines on the screen, at any number of rows.

    The highlighted row is always the one whose key `chosen_key` gives: a row is painted as chosen only when
    it has that key. The operator's choice is kept by key through `show`. When its row is not in the new
    source, its key becomes `wanted_key`, the nearest row is highlighted in its stead (`is_stand_in` is True
    and `chosen_key` names the stand-in), and the wanted row is chosen again when it comes back. A deliberate
    choice (key, click, Enter, `choose`) ends the wanting. A dialog takes `chosen_key` when it is opened and
    keeps it, since the highlight may move under it; one that writes refuses a stand-in.
    """

    Highlighted: TypeAlias = table_messages.Highlighted
    Chosen: TypeAlias = table_messages.Chosen
    HeaderPressed: TypeAlias = table_messages.HeaderPressed

    ALLOW_SELECT = False
    DEFAULT_CSS = CSS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", N_("Row up"), show=False, id="table.up"),
        Binding("down,j", "move(1)", N_("Row down"), show=False, id="table.down"),
        Binding("pageup", "move_page(-1)", N_("Page up"), show=False, id="table.page_up"),
        Binding("pagedown", "move_page(1)", N_("Page down"), show=False, id="table.page_down"),
        Binding("home,ctrl+home,g", "first", N_("First row"), show=False, id="table.first"),
        Binding("end,ctrl+end,G", "last", N_("Last row"), show=False, id="table.last"),
        Binding("enter", "open", N_("Open"), show=False, id="table.open"),
    ]

    columns: reactive[tuple[Column, ...]] = reactive((), init=False)
    """The columns, in the order of the cells."""
    sort: reactive[Sort | None] = reactive(None, init=False)
    """The column marked in the header as the one that orders the rows; the order itself is the source's."""
    show_header: reactive[bool] = reactive(True, init=False)
    """Whether the titles stand above the rows."""
    notes_above: reactive[Sequence[Cell]] = reactive((), init=False)
    """Safe texts under the header that stay in sight: muted unless toned, folded, never chosen."""
    notes_below: reactive[Sequence[Cell]] = reactive((), init=False)
    """As `notes_above`, but after the last row and scrolled with the rows."""

    def __init__(
        self,
        columns: Iterable[Column] = (),
        *,
        show_header: bool = True,
        shows_choice_always: bool = True,
        on_open: Callable[[], None] | None = None,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self.set_reactive(BigTable.columns, tuple(columns))
        self.set_reactive(BigTable.show_header, show_header)
        self._shows_choice_always = shows_choice_always
        self._on_open = on_open
        self._source: RowSource = ListSource()
        self._choice = Choice()
        self._clicked: Key | None = None
        self._lines_seen = 0
        self._sheet: Sheet | None = None
        self._window = Window(self._source)
        self._painter = Painter(self)

    # What is shown

    @property
    def source(self) -> RowSource:
        """What `show` was given last."""
        return self._source

    def show(self, source: RowSource, *, scroll: bool = False, fresh: bool = False) -> None:
        """Show `source`; the chosen row stays chosen by its key, on the same line of the screen if it can.

        `scroll` brings the chosen row into sight. `fresh` forgets the choice and starts at the top: for
        another list, not another state of this one.
        """
        choice, before = self._choice, self._choice.key
        line = self._line_on_screen()
        self._source = source
        self._window = Window(source)
        if fresh:
            choice.forget()
        line = choice.follow(source, None if fresh else line)
        self._measure()
        if fresh:
            self._scroll(0)
        if choice.index is not None and (scroll or (before is None and line is None)):
            self._reveal(choice.index)
        elif choice.index is not None and line is not None and not self._can_stay_at_top(choice.index):
            self._scroll(choice.index - line)
        self._tell(before)
        self.refresh()

    def refresh_rows(self) -> None:
        """Show the source again after it changed in place; what was read before is forgotten."""
        if isinstance(self._source, RemembersRows):
            self._source.forget()
        self.show(self._source)

    @property
    def shown_columns(self) -> tuple[str, ...]:
        """The ids of the columns that have room at the present width."""
        return tuple(span.column.id for span in self._laid_out().spans)

    # What is chosen

    @property
    def chosen_key(self) -> Key | None:
        """The key of the highlighted row, whoever chose it; None when there are no rows."""
        return self._choice.key

    @property
    def chosen_index(self) -> int | None:
        """Where the highlighted row is, from 0."""
        return self._choice.index

    @property
    def wanted_key(self) -> Key | None:
        """The operator's choice while its row is not in the source."""
        return self._choice.wanted

    @property
    def is_stand_in(self) -> bool:
        """Whether the highlighted row only stands in for the wanted one."""
        return self._choice.wanted is not None and self._choice.key is not None

    def choose(self, key: Key, scroll: bool = True) -> bool:
        """Choose the row with `key`. False when it is not here; it is chosen when it comes (`wanted_key`)."""
        index = self._source.index(key)
        if index is None:
            self._choice.want(key)
            return False
        self._take(index, reveal=scroll)
        return True

    def action_move(self, rows: int) -> None:
        """Choose the row `rows` further down."""
        self._take(0 if self._choice.index is None else self._choice.index + rows)

    def action_move_page(self, pages: int) -> None:
        """Choose the row a page further down (the rows in sight less one), and move the view with it."""
        step = pages * max(1, self._lines_for_rows() - 1)
        top = self.scroll_offset.y + step
        self._take((self._choice.index or 0) + step, reveal=False)
        self._scroll(top)
        self._reveal(self._choice.index)

    def action_first(self) -> None:
        """Choose the first row."""
        self._take(0)

    def action_last(self) -> None:
        """Choose the last row."""
        self._take(len(self._source) - 1)

    def action_open(self) -> None:
        """Post `Chosen` for the highlighted row, or call `on_open` at once: the next key finds the keys moved."""
        if self._choice.index is not None and self._choice.key is not None:
            self._take(self._choice.index)
            if self._on_open is None:
                self.post_message(self.Chosen(self, self._choice.key))
            else:
                self._on_open()

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the mouse; open it on the second click; name the column of a title."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        frozen = self._frozen()
        index = offset.y - frozen + self.scroll_offset.y
        if offset.y < frozen:
            column = self._laid_out().column_at(offset.x)
            if self.show_header and offset.y == 0 and column is not None:
                self.post_message(self.HeaderPressed(self, column.id))
        elif index < len(self._source):
            self._take(index)
            # The second click opens only the row that the first one hit: rows may have moved in between.
            if event.chain == 2 and self._clicked == self._choice.key:
                self.action_open()
            self._clicked = self._choice.key

    def _take(self, index: int, *, reveal: bool = True) -> None:
        """Choose the row nearest to `index` on purpose; two lines are painted, not all."""
        if not len(self._source):
            return
        before, was_at = self._choice.key, self._choice.index
        self._choice.take(self._source, max(0, min(index, len(self._source) - 1)))
        if was_at != self._choice.index:
            self._repaint_row(was_at)
            self._repaint_row(self._choice.index)
        if reveal:
            self._reveal(self._choice.index)
        self._tell(before)

    def _tell(self, before: Key | None) -> None:
        if self._choice.key != before:
            self.post_message(self.Highlighted(self, self._choice.key))

    # Where things are

    def _laid_out(self) -> Sheet:
        width = max(0, self.size.width - self.scrollbar_size_vertical)
        if self._sheet is None or self._sheet.width != width:
            self._painter.relaid()
            self._sheet = Sheet.lay_out(width, self.columns, self.show_header, self.notes_above, self.notes_below)
        return self._sheet

    def _frozen(self) -> int:
        height = 0 if self.styles.auto_dimensions else self.size.height
        return self._laid_out().frozen(height, len(self._source))

    def _lines_for_rows(self) -> int:
        return max(0, self.size.height - self._frozen())

    def _line_on_screen(self) -> int | None:
        """The chosen row's line among those for rows; None when it is out of sight."""
        if self._choice.index is None:
            return None
        line = self._choice.index - self.scroll_offset.y
        return line if 0 <= line < self._lines_for_rows() else None

    def _can_stay_at_top(self, index: int) -> bool:
        """A list that nobody moved in yet stays at its top while rows arrive above the first."""
        return not self._choice.deliberate and self.scroll_offset.y == 0 and index < self._lines_for_rows()

    def _scroll(self, row: int) -> None:
        self.scroll_to(y=max(0, row), animate=False, force=True)

    def _reveal(self, index: int | None) -> None:
        """Scroll as little as puts the row in sight; with the last row come the notes below it."""
        if index is None:
            return
        top = self.scroll_offset.y
        lines = max(1, self._lines_for_rows())
        after = len(self._laid_out().below) if index == len(self._source) - 1 else 0
        if index < top:
            self._scroll(index)
        elif index + after >= top + lines:
            self._scroll(min(index, index + after - lines + 1))

    def _measure(self) -> None:
        """Tell Textual the height of everything; the screen is laid out again only if it depends on ours."""
        height = self._frozen() + len(self._source) + len(self._laid_out().below)
        size = Size(self.size.width, height)
        if size == self.virtual_size:
            return
        if self.styles.auto_dimensions or not self.is_mounted:
            self.virtual_size = size
        else:
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def _lay_out_again(self) -> None:
        in_sight = self._line_on_screen() is not None
        self._sheet = None
        self._measure()
        if in_sight:
            self._reveal(self._choice.index)
        self.refresh()

    watch_columns = watch_show_header = watch_notes_above = watch_notes_below = _lay_out_again

    def on_mount(self) -> None:
        """Know the height before the first layout."""
        self._measure()

    def on_resize(self) -> None:
        """Keep the chosen row in sight if it was."""
        index = self._choice.index
        in_sight = index is not None and 0 <= index - self.scroll_offset.y < max(1, self._lines_seen)
        self._lines_seen = self._lines_for_rows()
        self._measure()
        if in_sight:
            self._reveal(index)

    # Painting

    def on_focus(self) -> None:
        """The chosen row looks different with and without focus."""
        self._repaint_row(self._choice.index)

    on_blur = on_focus

    def notify_style_update(self) -> None:
        """Textual's word that colours may have changed."""
        super().notify_style_update()
        self._painter.restyle()

    def render_line(self, y: int) -> Strip:
        """The line `y` of the widget, exactly as wide as it is without its scroll bar."""
        sheet, frozen = self._laid_out(), self._frozen()
        if y < frozen:
            return self._painter.frozen_line(sheet, y, self.sort)
        index = y - frozen + self.scroll_offset.y
        if index >= len(self._source):
            return self._painter.line_below(sheet, index - len(self._source))
        row = self._window.row(index, self.scroll_offset.y, self._lines_for_rows())
        chosen = row is not None and index == self._choice.index and row.key == self._choice.key
        chosen = chosen and (self.has_focus or self._shows_choice_always)
        return self._painter.row_line(sheet, row, chosen, chosen and self.has_focus)

    def _repaint_row(self, index: int | None) -> None:
        y = self._frozen() + (index or 0) - self.scroll_offset.y
        if index is not None and self._frozen() <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))
