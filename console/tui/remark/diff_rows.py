"""A change to a remark as rows of a table: a label, and lines marked as added, removed or kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from console.language import _, ngettext
from console.operations.remark.changes import Change, DiffLine, Mark, MobilesChange, UnseenChange
from console.operations.remark.plan import Body, Plan
from console.operations.remark.plan_words import (
    clearing_words,
    count_words,
    field_words,
    not_sent_words,
    note_words,
    overwriting_words,
)
from console.text import json_lines, mask_text, safe_lines
from console.tui.columns import fold
from console.tui.rows import Cell, Tone, Toned

DiffRow = tuple[Cell, Cell]
"""A label (blank for the lines that belong to the one above) and a text, both safe."""

LONGEST_KEPT = 3
"""More kept numbers than this in a row are told as a count where there is no room for them."""
_TONES: dict[Mark, Tone] = {Mark.ADDED: "added", Mark.REMOVED: "removed", Mark.KEPT: "muted"}


def change_rows(
    changes: Sequence[Change], width: int, *, shorten: bool = False, masked: bool = False
) -> Iterator[DiffRow]:
    """What changes, field by field; with `shorten` numbers that stay are counted where there are many of them.

    `width` are the cells of the text.
    """
    for change in changes:
        label: Cell = Toned(field_words(change.field), "changed")
        rows = list(_lines(change, width, shorten, masked))
        for place, cell in enumerate(rows):
            yield (label if place == 0 else ""), cell


def body_rows(body: Body, width: int) -> Iterator[DiffRow]:
    """The request as it is sent."""
    for line in ("POST /cgi-bin/externalcontact/remark", *json_lines(dict(body))):
        indent = " " * (len(line) - len(line.lstrip()))
        for place, part in enumerate(fold(line, width)):
            yield "", part if place == 0 else indent + part


def note_rows(plan: Plan, width: int, person: Callable[[str], str]) -> Iterator[DiffRow]:
    """What an agent should know about a plan, and which fields it leaves alone."""
    for line in _folded([not_sent_words(plan)], width):
        yield "", Toned(line, "muted")
    for line in _folded((note_words(note, person) for note in plan.notes), width):
        yield "", line


def _folded(lines: Iterable[str], width: int) -> Iterator[str]:
    for line in filter(None, lines):
        yield from fold(line, width)


def _lines(change: Change, width: int, shorten: bool, masked: bool) -> Iterator[Cell]:
    if isinstance(change, MobilesChange):
        yield Toned(count_words(change), "changed")
    for line in shortened(change.lines) if shorten else change.lines:
        if isinstance(line, str):
            yield Toned(line, "muted")
            continue
        text = line.text or _("(empty)")
        parts = [part for one in safe_lines(mask_text(text) if masked else text) for part in fold(one, width - 2)]
        for place, part in enumerate(parts or [""]):
            yield Toned(f"{line.mark.value if place == 0 else ' '} {part}", _TONES[line.mark])
    if isinstance(change, MobilesChange) and change.clears:
        yield Toned(clearing_words(change.count_before), "error")
    if isinstance(change, UnseenChange):
        yield from (Toned(part, "error") for part in fold(overwriting_words(len(change.numbers)), width))


def shortened(lines: Sequence[DiffLine]) -> Iterator[DiffLine | str]:
    """The lines, long runs of kept ones told as a count."""
    kept: list[DiffLine] = []
    for line in (*lines, None):
        if line is not None and line.mark is Mark.KEPT:
            kept.append(line)
            continue
        if len(kept) > LONGEST_KEPT:
            yield "  .. " + ngettext("{n} number stays", "{n} numbers stay", len(kept)).format(n=len(kept))
        else:
            yield from kept
        kept.clear()
        if line is not None:
            yield line
