"""The question before a write: what changes, what can't be taken back, and in production the profile's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic

from console.language import _
from console.operations.remark.changes import Mark, MobilesChange, TextChange
from console.operations.remark.notes import NoteKind
from console.operations.remark.plan import Plan
from console.operations.remark.plan_words import changes_words, field_words, note_words, summary_words
from console.text import safe_text
from console.tui.dialogs.question import Question
from console.tui.remark.diff_rows import shortened
from console.tui.rows import Cell, Toned

MOST_LINES = 6
"""Of numbers, and of what is odd about them: more of them stand in the form's difference."""
_ODD = {NoteKind.LETTERS, NoteKind.ODD_NUMBER, NoteKind.DOUBLE, NoteKind.ONLY_BLANKS}
_SAID_IN_RED = {NoteKind.CLEARS_MOBILES, NoteKind.OVERWRITES_UNSEEN, NoteKind.PICTURE_UNSEEN, NoteKind.NOT_UNDONE}


def confirmation(
    plan: Plan,
    whose: str,
    *,
    profile: str = "",
    undo_of: int | None = None,
    meanwhile: bool = False,
    agreed: Callable[[], object],
    clock: Callable[[], float] = monotonic,
) -> Question:
    """Ask whether a plan is to be written; `whose` says whose remark about whom.

    `profile` is the name to be typed, "" where none has to be. `meanwhile`: the list of mobiles was changed by
    somebody else, and this is the same change on what is there now. `agreed` begins the write.
    """
    title = _("Write to WeCom") if undo_of is None else _("Undo #{number}: write to WeCom").format(number=undo_of)
    if profile:
        title = _("PRODUCTION: {title}").format(title=title)
    lines = list(_lines(plan, whose, meanwhile))
    if profile:
        lines.append(
            _("The first write to production since the console was opened. Type the profile's name: {name}").format(
                name=safe_text(profile)
            )
        )
    yes, no = _("Write F8"), _("Cancel")
    return Question(title, lines, yes=yes, no=no, must_type=profile, has_key=True, agreed=agreed, clock=clock)


def _lines(plan: Plan, whose: str, meanwhile: bool) -> Iterator[Cell]:
    if meanwhile:
        yield Toned(_("Somebody else changed the mobiles meanwhile. The same change on what is there now:"), "changed")
    yield _("{whose}, {changes}:").format(whose=whose, changes=changes_words(plan))
    for change in plan.changes:
        yield f"  {field_words(change.field)}  {summary_words(change)}"
        if isinstance(change, MobilesChange):
            yield from _numbers(change, kept_too=meanwhile)
    for note in plan.notes:
        if note.kind in _SAID_IN_RED:
            yield Toned(note_words(note, safe_text), "error")
    odd = [note_words(note, safe_text) for note in plan.notes if note.kind in _ODD]
    for words in odd[:MOST_LINES]:
        yield Toned(words, "changed")
    if len(odd) > MOST_LINES:
        yield Toned(_("and {n} more like that").format(n=len(odd) - MOST_LINES), "changed")
    yield Toned(_("What is there now is read once more; if somebody changed it, you see it first."), "muted")
    if any(isinstance(change, (TextChange, MobilesChange)) for change in plan.changes):
        yield Toned(_("Afterwards it is read back, and can be undone in the record (5)."), "muted")


def _numbers(change: MobilesChange, *, kept_too: bool) -> Iterator[Cell]:
    """The numbers that come and go; those that stay where the list was changed by somebody else."""
    lines = [line for line in shortened(change.lines) if kept_too or not isinstance(line, str)]
    shown = [line for line in lines if kept_too or isinstance(line, str) or line.mark is not Mark.KEPT]
    for line in shown[: None if kept_too else MOST_LINES]:
        yield f"  {line}" if isinstance(line, str) else f"    {line.mark.value} {safe_text(line.text)}"
    if not kept_too and len(shown) > MOST_LINES:
        yield "    .. " + _("and {n} more").format(n=len(shown) - MOST_LINES)
