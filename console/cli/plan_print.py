"""A remark's plan, a conflict and an outcome, printed for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from console.cli.ending import say
from console.cli.output import print_line
from console.language import _
from console.text import cell_width

if TYPE_CHECKING:
    from console.operations.error_words import Explanation
    from console.operations.remark.guard import Conflict
    from console.operations.remark.plan import Plan


def print_plan(plan: Plan, name_of: Callable[[str], str], write: Callable[[str], None] = print_line) -> None:
    """Whose remark about whom, then each change as a diff, then what is not sent, then what should be known."""
    from console.operations.remark.changes import MobilesChange
    from console.operations.remark.plan_words import count_words, field_words, not_sent_words, note_words

    who = f"{name_of(plan.opened.userid)} {plan.opened.userid}".strip()
    write(_("Remark of {follower} about {customer}").format(follower=who, customer=plan.opened.external_userid))
    for change in plan.changes:
        counts = f"   {count_words(change)}" if isinstance(change, MobilesChange) else ""
        write(f"{field_words(change.field)}{counts}")
        for line in change.lines:
            write(f"  {line.mark.value} {line.text or _('(empty)')}")
    if plan.changes:
        write(not_sent_words(plan))
    for note in plan.notes:
        say(_("Note: {note}").format(note=note_words(note, lambda userid: f"{name_of(userid)} {userid}".strip())))


def print_conflict(conflict: Conflict) -> None:
    """Each field that needs a choice: as it was opened, as it is now, as it was to be."""
    from console.operations.remark.plan_words import field_words

    heads = [_("opened"), _("now"), _("yours")]
    width = max(map(cell_width, heads))
    for row in conflict.to_choose:
        print_line(field_words(row.field))
        for head, value in zip(heads, (row.opened, row.now, row.yours), strict=True):
            print_line(f"  {head}{' ' * (width - cell_width(head))}  {value or _('(empty)')}")


def say_explanation(ended: Explanation) -> None:
    """An ending on stderr, a line for each part."""
    for line in (ended.what, ended.why, ended.todo):
        if line:
            say(line)
    if ended.support:
        say(_("For support: {text}").format(text=ended.support))
