"""The styles of the big table, and its lines as strips in those styles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip
from textual.widget import Widget

from console.text import fit
from console.tui.columns import Sort, header_line, row_line, whole_line
from console.tui.rows import Row, Tone
from console.tui.table_sheet import Sheet
from console.tui.themes import colours_of

_BOLD_WITHOUT_COLOUR: Final = frozenset[Tone]({"error", "added", "changed"})
_COLOURS: Final[Mapping[Tone, str]] = {
    "muted": "quiet",
    "error": "failure",
    "added": "added",
    "removed": "removed",
    "changed": "changed",
    "info": "info",
}
"""The theme's colour of each tone."""

CSS: Final = """
BigTable {
    height: 1fr;
    overflow-x: hidden;
    overflow-y: scroll;
    scrollbar-size: 0 0;
}
"""


@dataclass(frozen=True, slots=True)
class Paint:
    """Every style of a table, as it is on the screen now."""

    row: Style
    header: Style
    sorted: Style
    focused: Style
    blurred: Style
    tones: Mapping[Tone, Style]

    @classmethod
    def of(cls, widget: Widget) -> Paint:
        """The styles of `widget`; without colour the chosen row is reversed, or underlined without focus."""
        row = widget.rich_style
        if _colourless(widget):
            return cls(
                row,
                row,
                row + Style(bold=True),
                row + Style(reverse=True),
                row + Style(underline=True),
                {tone: Style(bold=True) if tone in _BOLD_WITHOUT_COLOUR else Style() for tone in _COLOURS},
            )
        colours = colours_of(widget.app.current_theme)
        header = row + Style(color=colours["quiet"])
        return cls(
            row,
            header,
            header + Style(bold=True),
            row + Style(color=colours["chosen-text"], bgcolor=colours["chosen"]),
            row + Style(color=colours["chosen-elsewhere-text"], bgcolor=colours["chosen-elsewhere"]),
            {tone: Style(color=colours[name]) for tone, name in _COLOURS.items()},
        )


class Painter:
    """Makes the lines of a table in its present styles; rows painted lately are kept."""

    MARK: ClassVar[str] = ">"

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._paint: Paint | None = None
        self._rows: LRUCache[tuple[Row, bool, bool], Strip] = LRUCache(512)

    def restyle(self) -> None:
        """Colours may have changed."""
        self._paint = None
        self._rows.clear()

    def relaid(self) -> None:
        """Columns may have changed."""
        self._rows.clear()

    def frozen_line(self, sheet: Sheet, line: int, sort: Sort | None) -> Strip:
        """A line above the rows: the titles, the one that orders the rows marked, or a note."""
        if line or not sheet.header:
            return self._note(sheet, *sheet.above[line - int(sheet.header)])
        paint = self._now()
        pieces = header_line(sheet.spans, sheet.width, sort)
        return Strip([Segment(text, paint.sorted if by else paint.header) for text, by in pieces if text], sheet.width)

    def line_below(self, sheet: Sheet, line: int) -> Strip:
        """A line after the last row: a note, or nothing."""
        return self._note(sheet, *(sheet.below[line] if line < len(sheet.below) else ("", "muted")))

    def row_line(self, sheet: Sheet, row: Row | None, chosen: bool, focused: bool) -> Strip:
        """A row; nothing where the source had fewer rows than it said."""
        if row is None:
            return self._note(sheet, "", "muted")
        state = (row, chosen, focused)
        strip = self._rows.get(state)
        if strip is None:
            strip = self._rows[state] = self._row(sheet, *state)
        return strip

    def _row(self, sheet: Sheet, row: Row, chosen: bool, focused: bool) -> Strip:
        """A chosen row is of one style: its tones' colours were not picked to be read on it."""
        paint = self._now()
        mark = self.MARK if chosen else " "
        if row.spans:
            pieces = whole_line(sheet.width, row.cells, mark)
        else:
            pieces = row_line(sheet.spans, sheet.width, row.cells, mark)
        if chosen:
            style = paint.focused if focused else paint.blurred
            return Strip([Segment("".join(text for text, _tone in pieces), style)], sheet.width)
        base = paint.row
        if row.error:
            base += paint.tones["error"]
        elif row.muted:
            base += paint.tones["muted"]
        return Strip(
            [Segment(text, base if tone is None else paint.row + paint.tones[tone]) for text, tone in pieces],
            sheet.width,
        )

    def _note(self, sheet: Sheet, text: str, tone: Tone) -> Strip:
        paint = self._now()
        return Strip([Segment(fit(text, sheet.width), paint.row + paint.tones[tone])], sheet.width)

    def _now(self) -> Paint:
        if self._paint is None:
            self._paint = Paint.of(self._widget)
        return self._paint


def _colourless(widget: Widget) -> bool:
    theme = widget.app.theme
    return widget.app.no_color or theme == "mono" or theme.startswith("mono-")
