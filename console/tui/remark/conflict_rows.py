"""A conflict as rows of a table: three columns where there is room, else a block for each field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from console.language import _
from console.operations.remark.changes import Mark, MobilesChange
from console.operations.remark.guard import Conflict, RowState, TextRow
from console.operations.remark.mobiles import mobile_key
from console.operations.remark.plan_words import field_words
from console.operations.remark.values import HIDDEN, RemarkField
from console.text import cell_width, fit, safe_lines, safe_text
from console.tui.columns import fold
from console.tui.rows import Cell, Row, Tone, Toned

Choices = Mapping[RemarkField, str | None]
"""What is to be written in the fields that need a choice: a text, or None to keep theirs."""


@dataclass(frozen=True, slots=True)
class Block:
    """One field: whether it needs a choice, and its lines as it was opened, as it is now, as it was to be.

    The marks say who changed it, "" where nobody did.
    """

    field: RemarkField
    state: Cell
    opened: Sequence[Toned]
    now: Sequence[Toned]
    yours: Sequence[Toned]
    take: Sequence[str]
    now_mark: str = ""
    yours_mark: str = ""


def blocks(conflict: Conflict, choices: Choices) -> list[Block]:
    """The fields in the order of the form."""
    texts = [_text_block(row, choices) for row in conflict.rows]
    return [*texts, *_mobile_block(conflict)]


def wide_rows(found: Sequence[Block], width: int) -> Iterator[Row]:
    """Three columns of `width` cells each, longer values folded; a line between the fields."""
    for block in found:
        columns = [
            [*_folded(block.opened, width)],
            [*_folded(block.now, width), *_mark(block.now_mark, "changed")],
            [*_folded(block.yours, width), *_mark(block.yours_mark, "added")],
        ]
        label = [Toned(field_words(block.field), "changed" if _is_open(block) else "muted"), block.state]
        for place, cells in enumerate(zip_longest(label, *columns, block.take, fillvalue="")):
            yield Row(f"{block.field.value}#{place}", cells)
        yield Row(f"{block.field.value}#end", ())


def block_rows(found: Sequence[Block], width: int) -> Iterator[Row]:
    """A head line with the choice, then a labelled line for each of the three; unchanged fields are one line."""
    heads = (_("opened"), _("now"), _("yours"))
    label = max(map(cell_width, heads)) + 2
    for block in found:
        take = "  ".join(block.take)
        state = block.state.text if isinstance(block.state, Toned) else block.state
        head = f"-- {field_words(block.field)}  {state}   {take}"
        yield Row(f"{block.field.value}#0", (Toned(head, "changed" if _is_open(block) else "muted"),))
        if not any(cell.tone != "muted" for cell in (*block.now, *block.yours)):
            continue
        if block.field is RemarkField.MOBILES:
            numbers = zip(block.opened, block.now, block.yours, strict=True)
            merged = (next((cell for cell in reversed(cells) if cell.tone != "muted"), cells[1]) for cells in numbers)
            yield from (
                Row(f"{block.field.value}#{place}", (Toned(f"   {cell.text}", cell.tone),))
                for place, cell in enumerate(merged, 1)
            )
            continue
        place = 0
        sides = ((block.opened, ""), (block.now, block.now_mark), (block.yours, block.yours_mark))
        for head, (cells, mark) in zip(heads, sides, strict=True):
            for number, line in enumerate(_folded(_with_mark(cells, mark), width - label - 3)):
                place += 1
                shown = f"   {fit('' if number else head, label)}{line.text}"
                yield Row(f"{block.field.value}#{place}", (Toned(shown, line.tone),))


def _is_open(block: Block) -> bool:
    return len(block.take) > 1


def _mark(mark: str, tone: Tone) -> list[Toned]:
    return [Toned(mark, tone)] if mark else []


def _with_mark(cells: Sequence[Toned], mark: str) -> Sequence[Toned]:
    """The mark behind the last line."""
    return [*cells[:-1], Toned(f"{cells[-1].text}   {mark}", cells[-1].tone)] if mark and cells else cells


def _folded(cells: Sequence[Toned], width: int) -> Iterator[Toned]:
    for cell in cells:
        for part in fold(cell.text, max(8, width)):
            yield Toned(part, cell.tone)


def _text_block(row: TextRow, choices: Choices) -> Block:
    theirs, mine = row.now != row.opened, row.yours is not None
    now = _lines(row.now, "changed" if theirs else "muted")
    yours = _lines(row.yours, "added") if row.yours is not None else [Toned(_("(not changed)"), "muted")]
    return Block(
        row.field,
        _state(row),
        _lines(row.opened, "muted"),
        now,
        yours,
        _take(row, choices),
        _("* they changed it") if theirs else "",
        _("* I changed it") if mine else "",
    )


def _state(row: TextRow) -> Cell:
    match row.state:
        case RowState.CHOOSE:
            return Toned(_("to choose"), "changed")
        case RowState.MINE:
            return Toned(_("only I changed it"), "muted")
        case RowState.ALREADY_SO:
            return Toned(_("it is so already"), "muted")
        case RowState.THEIRS:
            return Toned(_("not sent"), "muted")
    return Toned(_("unchanged"), "muted")


def _take(row: TextRow, choices: Choices) -> Sequence[str]:
    if row.state is not RowState.CHOOSE:
        return (_("mine"),) if row.state is RowState.MINE else (_("now"),)
    made = row.field in choices
    choice = choices.get(row.field)
    taken = (made and choice is None, made and choice == row.yours, made and choice not in (None, row.yours))
    words = (_("now"), _("mine"), _("anew"))
    return [f"({'*' if one else ' '}) {word}" for one, word in zip(taken, words, strict=True)]


def _lines(text: str, tone: Tone) -> list[Toned]:
    return [Toned(line, tone) for line in safe_lines(text)] if text else [Toned(_("(empty)"), tone)]


def _mobile_block(conflict: Conflict) -> Iterator[Block]:
    """The numbers, each on its line in all three columns; there is nothing to choose, additions and removals merge."""
    opened, now = conflict.opened.values, conflict.now.values
    change = conflict.merged.change(RemarkField.MOBILES)
    if opened.mobiles is HIDDEN or now.mobiles is HIDDEN:
        return
    there = {mobile_key(number) for number in now.numbers}
    before = {mobile_key(number) for number in opened.numbers}
    kept = dict.fromkeys(now.numbers, Mark.KEPT)
    mine = {line.text: line.mark for line in change.lines} if isinstance(change, MobilesChange) else kept
    columns: list[tuple[Toned, Toned, Toned]] = []
    blank = Toned("", "muted")
    for number in opened.numbers:
        text = safe_text(number)
        if mobile_key(number) in there:
            columns.append((Toned(f"  {text}", "muted"), Toned(f"  {text}", "muted"), _mine(number, mine)))
        else:
            removed = Toned(_("- {number}  they removed it").format(number=text), "removed")
            columns.append((Toned(f"  {text}", "muted"), removed, blank))
    for number in now.numbers:
        if mobile_key(number) not in before:
            added = Toned(_("+ {number}  they added it").format(number=safe_text(number)), "changed")
            columns.append((blank, added, _mine(number, mine)))
    for number, mark in mine.items():
        if mark is Mark.ADDED:
            columns.append((blank, blank, Toned(_("+ {number}  I add it").format(number=safe_text(number)), "added")))
    if not columns:
        return
    is_merged = isinstance(change, MobilesChange)
    state = "" if is_merged else Toned(_("unchanged"), "muted")
    take = (_("merged") if is_merged else _("now"),)
    sides = [list(side) for side in zip(*columns, strict=True)]
    yield Block(RemarkField.MOBILES, state, sides[0], sides[1], sides[2], take)


def _mine(number: str, mine: Mapping[str, Mark]) -> Toned:
    text = safe_text(number)
    if mine.get(number) is Mark.REMOVED:
        return Toned(_("- {number}  I remove it").format(number=text), "removed")
    return Toned(f"  {text}", "muted")
