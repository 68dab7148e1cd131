"""What a command prints on stdout: JSON for programs, tables for people; all of it safe on a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from console.text import cell_width, fit, json_safe, safe_text

WIDEST = 42  # a remark of 20 Chinese characters is shown whole


def print_json(document: object) -> None:
    """One document on one line; ASCII only where stdout cannot say all."""
    encoding = (sys.stdout.encoding or "utf-8").lower().replace("_", "-")
    whole = encoding in ("utf-8", "utf8")
    sys.stdout.write((json_safe(document) if whole else json.dumps(document)) + "\n")


def print_line(text: str) -> None:
    """One line for people."""
    sys.stdout.write(safe_text(text).rstrip() + "\n")


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Columns of at most `WIDEST` cells under their headings; the columns in `right` are numbers."""
    safe = [[safe_text(cell) for cell in row] for row in (headings, *rows)]
    widths = [min(WIDEST, max(map(cell_width, column))) for column in zip(*safe, strict=True)]
    for row in safe:
        cells = (
            fit(cell, width, right=place in right) for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        sys.stdout.write("  ".join(cells).rstrip() + "\n")


def print_pairs(pairs: Sequence[tuple[str, str]]) -> None:
    """Names and values, one pair a line."""
    width = max((cell_width(name) for name, _value in pairs), default=0)
    for name, value in pairs:
        print_line(f"{fit(safe_text(name), width)}  {value}")
