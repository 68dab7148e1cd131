"""The columns of the big table: how wide each is on a line, and lines of text cut to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.text import cell_width, crop, fit, safe_text
from console.tui.rows import Cell, Tone, Toned

MARK_WIDTH = 1
_GAP = 1
_CLOSING = frozenset("，。；：！？、）」』】》,.;:!?)")
_OPENING = frozenset("（「『【《(")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `width` in cells, `right` aligned, `grow` its share of what is left over.

    `leave` says in which order columns leave when the line is too narrow: 1 goes first, 0 never goes.
    """

    id: str
    title: str
    width: int
    right: bool = False
    grow: int = 0
    leave: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """A column on the line: `place` among the columns, first cell and width, after the mark."""

    place: int
    column: Column
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Sort:
    """The column by which the rows stand."""

    column: str
    descending: bool = False


def lay_out(columns: Sequence[Column], width: int) -> tuple[Span, ...]:
    """Place `columns` on a line of `width` cells: columns leave, the last are cut, or some grow."""
    shown = list(enumerate(columns))
    for place, column in sorted(enumerate(columns), key=lambda item: item[1].leave):
        if _natural(shown) <= width:
            break
        if column.leave:
            shown.remove((place, column))
    spare = max(0, width - _natural(shown))
    weight = sum(column.grow for _place, column in shown)
    spans: list[Span] = []
    start = MARK_WIDTH
    for place, column in shown:
        more = spare * column.grow // weight if weight else 0
        spare -= more
        weight -= column.grow
        room = min(column.width + more, width - start)
        if room <= 0:
            break
        spans.append(Span(place, column, start, room))
        start += room + _GAP
    return tuple(spans)


def header_line(spans: Sequence[Span], width: int, sort: Sort | None) -> list[tuple[str, bool]]:
    """The titles as pieces of (text, sorted by it); together exactly `width` cells."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for span in spans:
        title = span.column.title
        is_sorted = sort is not None and sort.column == span.column.id
        if sort is not None and is_sorted:
            title = crop(title, span.width - 1) + ("v" if sort.descending else "^")
        pieces.append((" " * (span.start - end), False))
        pieces.append((fit(title, span.width, right=span.column.right), is_sorted))
        end = span.start + span.width
    pieces.append((" " * max(0, width - end), False))
    return pieces


def row_line(spans: Sequence[Span], width: int, cells: Sequence[Cell], mark: str) -> list[tuple[str, Tone | None]]:
    """The cells as pieces of (text, tone), neighbours of one tone joined; together exactly `width` cells."""
    if width < MARK_WIDTH:
        return []
    pieces = _pieces(spans, width, cells, mark)
    if cell_width("".join(text for text, _tone in pieces)) != width:
        # A text that was never made safe: something in it joins with its neighbour.
        pieces = _pieces(spans, width, [_made_safe(cell) for cell in cells], mark)
    return pieces


def whole_line(width: int, cells: Sequence[Cell], mark: str) -> list[tuple[str, Tone | None]]:
    """The first cell over all columns, as `row_line`."""
    cell = cells[0] if cells else ""
    text, tone = (cell.text, cell.tone) if isinstance(cell, Toned) else (cell, None)
    return [(fit(mark + text, width), tone)] if width >= MARK_WIDTH else []


def fold(text: str, width: int) -> list[str]:
    """`text` as lines of at most `width` cells; a word or number stays whole if it fits on a line."""
    if width <= 0:
        return []
    text = safe_text(text)
    lines: list[str] = []
    while cell_width(text) > width:
        head = crop(text, width, mark="")
        if not head:  # a wide character, on lines of one cell
            break
        cut = len(head)
        while cut and not _may_break(text[cut - 1], text[cut]):
            cut -= 1
        cut = cut or len(head)
        lines.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    lines.append(crop(text, width))
    return lines


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters."""
    if before == " " or after == " ":
        return True
    if after in _CLOSING or before in _OPENING:
        return False
    return _is_han(before) or (_is_han(after) and before != "\u200d")


def _is_han(character: str) -> bool:
    return "\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uff5e"


def _natural(shown: Sequence[tuple[int, Column]]) -> int:
    return MARK_WIDTH + sum(column.width + _GAP for _place, column in shown) - (_GAP if shown else 0)


def _pieces(spans: Sequence[Span], width: int, cells: Sequence[Cell], mark: str) -> list[tuple[str, Tone | None]]:
    pieces: list[tuple[str, Tone | None]] = []
    plain = mark
    end = MARK_WIDTH
    for span in spans:
        cell = cells[span.place] if span.place < len(cells) else ""
        plain += " " * (span.start - end)
        end = span.start + span.width
        if isinstance(cell, Toned):
            pieces += [(plain, None), (fit(cell.text, span.width, right=span.column.right), cell.tone)]
            plain = ""
        else:
            plain += fit(cell, span.width, right=span.column.right)
    plain += " " * (width - end)
    pieces.append((plain, None))
    return [piece for piece in pieces if piece[0]]


def _made_safe(cell: Cell) -> Cell:
    return Toned(safe_text(cell.text), cell.tone) if isinstance(cell, Toned) else safe_text(cell)
