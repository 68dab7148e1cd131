"""Lists as files: JSON Lines for programs, CSV for a spreadsheet that must not take a text for a formula."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final, TextIO

from console.text import safe_text

_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class Form(StrEnum):
    """What a file can be; the value is the end of its name."""

    JSON_LINES = ".jsonl"
    CSV = ".csv"

    @classmethod
    def of(cls, file: Path) -> Form | None:
        """By a file's name, None for any other."""
        ending = file.suffix.lower()
        return next((form for form in cls if form.value == ending), None)


@contextmanager
def new_file(file: Path, form: Form) -> Iterator[TextIO]:
    """A new file for this user alone. Raises OSError, also for a file that is there.

    CSV begins with a byte order mark, since spreadsheets need it for Chinese.
    """
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    encoding = "utf-8-sig" if form is Form.CSV else "utf-8"
    with os.fdopen(opened, "w", encoding=encoding, newline="") as stream:
        yield stream


def write_row(stream: TextIO, cells: Sequence[str]) -> None:
    """One line of CSV; no cell of it is taken for a formula."""
    csv.writer(stream).writerow([_harmless(safe_text(cell)) for cell in cells])


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; an error code stays a number."""
    if cell.startswith(_BEGINS_A_FORMULA) and not cell.removeprefix("-").isdigit():
        return f"'{cell}"
    return cell
