"""Lists as files: JSON Lines for programs, CSV and XLSX for a spreadsheet that must not take a text for a formula.

It is written under another name beside its place and moved there when it is whole: half of one never looks like it.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from console.text import json_safe, safe_text

T = TypeVar("T")

_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_MOST_ROWS: Final = 1_048_575
"""Rows of a sheet below its headings."""

Row = Callable[[Callable[[], Sequence[str]], Callable[[], object]], None]
"""Writes one thing: what gives its cells, and what gives its document; only the one that the form needs is called."""


class Form(StrEnum):
    """What a file can be; the value is the end of its name."""

    JSON_LINES = ".jsonl"
    CSV = ".csv"
    XLSX = ".xlsx"

    @classmethod
    def of(cls, file: Path) -> Form | None:
        """By a file's name, None for any other."""
        ending = file.suffix.lower()
        return next((form for form in cls if form.value == ending), None)


class TooManyRows(Exception):
    """A sheet has no room for more; `most` is what it has room for."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


def exporting(
    file: Path,
    form: Form,
    headings: Sequence[str],
    chunks: Iterable[Sequence[T]],
    cells: Callable[[T], Sequence[str]],
    document: Callable[[T], object],
    *,
    replace: bool = False,
) -> Generator[int, None, None]:
    """Write things into a new file for this user alone; gives how many were written, after each chunk.

    Closed before its end, it leaves no file. Raises OSError, FileExistsError for a file that is there unless
    `replace`, and TooManyRows.
    """
    count = 0
    with _whole_or_not(file, replace=replace) as unfinished, _rows_of(unfinished, form, headings) as write:
        for chunk in chunks:
            for thing in chunk:
                write(lambda thing=thing: cells(thing), lambda thing=thing: document(thing))  # type: ignore[misc]
            count += len(chunk)
            yield count


def export_now(steps: Generator[int, None, None]) -> int:
    """Write it all at once; how many things that were."""
    count = 0
    for written in steps:
        count = written
    return count


@contextmanager
def _whole_or_not(file: Path, *, replace: bool) -> Iterator[Path]:
    """A private file beside `file`, which takes its place in the end. Raises OSError."""
    if not replace and os.path.lexists(file):
        raise FileExistsError(17, os.strerror(17), str(file))
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
        with unfinished.open("rb+") as whole:
            os.fsync(whole.fileno())
        if replace:
            unfinished.replace(file)
        else:
            _move_to_free_place(unfinished, file)
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()


def _move_to_free_place(unfinished: Path, file: Path) -> None:
    """Move without replacing what came there meanwhile, where the file system can say so."""
    try:
        os.link(unfinished, file)
    except FileExistsError:
        raise
    except OSError:  # no hard links there
        if os.path.lexists(file):
            raise FileExistsError(17, os.strerror(17), str(file)) from None
        unfinished.replace(file)


@contextmanager
def _rows_of(file: Path, form: Form, headings: Sequence[str]) -> Iterator[Row]:
    match form:
        case Form.XLSX:
            with _sheet(file, headings) as row:
                yield row
        case Form.CSV:
            # Spreadsheets need a byte order mark for Chinese.
            with file.open("w", encoding="utf-8-sig", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(map(_harmless, headings))

                def write_cells(cells: Callable[[], Sequence[str]], _document: Callable[[], object]) -> None:
                    writer.writerow([_harmless(safe_text(cell)) for cell in cells()])

                yield write_cells
        case Form.JSON_LINES:
            with file.open("w", encoding="utf-8", newline="") as stream:

                def write_line(_cells: Callable[[], Sequence[str]], document: Callable[[], object]) -> None:
                    stream.write(json_safe(document()) + "\n")

                yield write_line


@contextmanager
def _sheet(file: Path, headings: Sequence[str]) -> Iterator[Row]:
    """A workbook of one sheet, a row at a time on the disk; every cell is a text, whatever it looks like."""
    from xlsxwriter import Workbook  # here: only who wants a workbook loads it

    book = Workbook(str(file), {"constant_memory": True, "tmpdir": str(file.parent)})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    place = 0

    def write_cells(cells: Sequence[str]) -> None:
        nonlocal place
        if place > _MOST_ROWS:
            raise TooManyRows(_MOST_ROWS)
        for column, cell in enumerate(cells):
            sheet.write_string(place, column, safe_text(cell))
        place += 1

    try:
        write_cells(headings)
        yield lambda cells, _document: write_cells(cells())
    finally:
        book.close()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; an error code stays a number."""
    if cell.startswith(_BEGINS_A_FORMULA) and not cell.removeprefix("-").isdigit():
        return f"'{cell}"
    return cell
