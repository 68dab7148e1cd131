"""Help texts laid out by terminal cells: Chinese has no blanks to break at, and its characters are two wide."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from console.text import cell_width, fit

_MOST = 100
_UNITS = re.compile(r"\s+|[\u2e80-\u9fff\uff00-\uffef][，。：；）」、！？]*|[^\s\u2e80-\u9fff\uff00-\uffef]+")


class CellFormatter(click.HelpFormatter):
    """click's layout with widths in cells."""

    def __init__(self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None) -> None:
        super().__init__(indent_increment, width, max_width or _MOST)

    def write_text(self, text: str) -> None:
        """Paragraphs, wrapped; a line that begins with blanks stays as it is."""
        for line in text.split("\n"):
            indent = " " * self.current_indent
            if line.startswith(" "):
                self.write(f"{indent}{line}\n")
                continue
            for wrapped in wrap_cells(line, max(self.width - self.current_indent, 20)) or [""]:
                self.write(f"{indent}{wrapped}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Terms and what they mean, in two columns."""
        rows = list(rows)
        first = min(max((cell_width(term) for term, _meaning in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, meaning in rows:
            lines = wrap_cells(meaning, max(self.width - first - self.current_indent, 20)) or [""]
            if cell_width(term) > first - col_spacing:
                self.write(f"{indent}{term}\n")
            else:
                self.write(f"{indent}{fit(term, first)}{lines.pop(0)}".rstrip() + "\n")
            for line in lines:
                self.write(f"{indent}{' ' * first}{line}\n")


def wrap_cells(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, broken at blanks and between Chinese characters."""
    lines: list[str] = []
    line = ""
    for unit in _UNITS.findall(text):
        if unit.isspace():
            line += " " if line else ""
        elif cell_width(line + unit) > width and line.strip():
            lines.append(line.rstrip())
            line = unit
        else:
            line += unit
    return [*lines, line.rstrip()] if line.strip() else lines
