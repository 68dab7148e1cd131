"""What stands around the rows of a big table, laid out for one width: columns, header, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.tui.columns import Column, Span, fold, lay_out
from console.tui.rows import Cell, Tone, Toned

_NOTE_INDENT = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns on a line of `width` cells, and the notes folded to it."""

    width: int
    header: bool
    spans: tuple[Span, ...]
    above: tuple[tuple[str, Tone], ...]
    below: tuple[tuple[str, Tone], ...]

    @classmethod
    def lay_out(
        cls, width: int, columns: Sequence[Column], header: bool, above: Sequence[Cell], below: Sequence[Cell]
    ) -> Sheet:
        return cls(width, header, lay_out(columns, width), _folded(above, width), _folded(below, width))

    def frozen(self, height: int, rows: int) -> int:
        """How many lines stand above the rows in a table of `height`; one is left to the rows if any."""
        lines = int(self.header) + len(self.above)
        return min(lines, max(0, height - 1)) if rows and height else lines

    def column_at(self, x: int) -> Column | None:
        """The column at cell `x`; the mark belongs to the first, a gap to the column before it."""
        under = [span for span in self.spans if span.start <= x] or self.spans[:1]
        return under[-1].column if under else None


def _folded(notes: Sequence[Cell], width: int) -> tuple[tuple[str, Tone], ...]:
    indent = _NOTE_INDENT if width > 8 * _NOTE_INDENT else min(1, width)
    lines: list[tuple[str, Tone]] = []
    for note in notes:
        text, tone = (note.text, note.tone) if isinstance(note, Toned) else (note, "muted")
        lines += [(" " * indent + line, tone) for line in fold(text, width - indent)]
    return tuple(lines)
