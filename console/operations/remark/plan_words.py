"""Words about a plan: its fields, counts, problems and notes, in the operator's language and safe to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce

from console.language import _, ngettext
from console.operations.remark.changes import Change, Mark, MobilesChange, TextChange, UnseenChange
from console.operations.remark.notes import Note, NoteKind, Problem, ProblemKind
from console.operations.remark.plan import Plan
from console.operations.remark.values import RemarkField
from console.text import mask_phone, safe_text


def field_words(field: RemarkField) -> str:
    """The label of a field."""
    return {
        RemarkField.REMARK: _("remark"),
        RemarkField.DESCRIPTION: _("description"),
        RemarkField.COMPANY: _("remark company"),
        RemarkField.MOBILES: _("mobiles"),
        RemarkField.PICTURE: _("remark picture"),
    }[field]


def in_a_row(words: Iterable[str]) -> str:
    """Words with commas between, as the language has them; "" for none."""
    return _joined(words, lambda first, second: _("{first}, {second}").format(first=first, second=second))


def side_by_side(clauses: Iterable[str]) -> str:
    """Clauses with semicolons between, as the language has them; "" for none."""
    return _joined(clauses, lambda first, second: _("{first}; {second}").format(first=first, second=second))


def fields_words(fields: Iterable[RemarkField]) -> str:
    """Labels in a row."""
    return in_a_row(map(field_words, fields))


def changes_words(plan: Plan) -> str:
    """How much is to be changed: the heading of the diff."""
    n = len(plan.changes)
    return ngettext("{n} change", "{n} changes", n).format(n=n) if n else _("nothing changed")


def not_sent_words(plan: Plan) -> str:
    """Which fields are left alone; "" when none is."""
    return _("Not sent: {fields}").format(fields=fields_words(plan.not_sent)) if plan.not_sent else ""


def count_words(change: MobilesChange) -> str:
    """The counts of a list: `2 -> 2: 1 added, 1 removed, 1 kept`."""
    return _("{before} -> {after}: {added} added, {removed} removed, {kept} kept").format(
        before=change.count_before,
        after=len(change.after),
        added=len(change.marked(Mark.ADDED)),
        removed=len(change.marked(Mark.REMOVED)),
        kept=len(change.marked(Mark.KEPT)),
    )


def summary_words(change: Change) -> str:
    """One change on one line, as the confirmation shows it."""
    match change:
        case TextChange():
            return f"{_shown(change.before)} -> {_shown(change.after)}"
        case MobilesChange() if change.clears:
            return clearing_words(change.count_before)
        case MobilesChange():
            return count_words(change)
        case UnseenChange():
            return overwriting_words(len(change.numbers))
    return safe_text(change.lines[0].text)


def clearing_words(count: int) -> str:
    """That the list will be empty."""
    return ngettext("clears the only mobile", "clears all {n} mobiles", count).format(n=count)


def overwriting_words(count: int) -> str:
    """That a list which can't be seen will be replaced."""
    if not count:
        return _("clears a list that nobody here can see")
    return ngettext(
        "{n} number takes the place of a list that nobody here can see",
        "{n} numbers take the place of a list that nobody here can see",
        count,
    ).format(n=count)


def problem_words(problem: Problem) -> str:
    """Why a plan can't be written, and what to do about it."""
    field = field_words(problem.field) if problem.field else ""
    match problem.kind:
        case ProblemKind.READ_ONLY:
            return _("This profile is read-only: nothing is written to WeCom.")
        case ProblemKind.NOT_A_CUSTOMER_ID:
            return _("This is no customer's ID, so there is no remark to write: pending and temporary IDs have none.")
        case ProblemKind.NOTHING_CHANGED:
            return _("Nothing is changed, so there is nothing to write.")
        case ProblemKind.TOO_LONG:
            return _("{field}: {length} characters, {over} more than the {limit} that WeCom takes.").format(
                field=field, length=problem.length, over=problem.length - problem.limit, limit=problem.limit
            )
        case ProblemKind.UNPRINTABLE:
            return _("{field}: there are control characters in it, which WeCom does not take.").format(field=field)
        case ProblemKind.NO_COMPANY:
            return _("{field}: WeCom customers have none; only a WeChat customer's can be written.").format(field=field)
        case ProblemKind.MOBILES_HIDDEN:
            return _(
                "Mobiles are not given to this kind of app, and writing replaces the whole list: numbers that nobody "
                "here can see would be lost. Only replacing the whole unseen list is possible."
            )
        case ProblemKind.MOBILES_SEEN:
            return _("The list of mobiles can be seen now: add and remove numbers instead of replacing all of it.")


def note_words(note: Note, person: Callable[[str], str], *, masked: bool = False) -> str:
    """What an agent should know; `person` names a userid, `masked` hides the middle of numbers."""

    def shown(number: str) -> str:
        return safe_text(mask_phone(number) if masked else number)

    number, field = shown(note.number), field_words(note.field)
    match note.kind:
        case NoteKind.COLLEAGUE_HAS_IT:
            return _("{number} is in the remark of {who} already; that does not stop you").format(
                number=number, who=safe_text(person(note.userid))
            )
        case NoteKind.ONLY_BLANKS:
            return _("{field}: blanks only").format(field=field)
        case NoteKind.FORMAT_ONLY:
            return _("only spelled differently, no change: {number} ({there} stays)").format(
                number=number, there=shown(note.there)
            )
        case NoteKind.DOUBLE:
            return _("{number} stands there twice").format(number=number)
        case NoteKind.LETTERS:
            return _("{number} has letters in it").format(number=number)
        case NoteKind.ODD_NUMBER:
            return _("{number} does not look like a phone number").format(number=number)
        case NoteKind.NOT_THERE:
            return _("{number} is not there, so it is not removed").format(number=number)
        case NoteKind.ALREADY_THERE:
            return _("{number} is there already").format(number=number)
        case NoteKind.LIST_NOT_RETURNED:
            return _("WeCom returned no list of mobiles; it is taken to be empty")
        case NoteKind.CLEARS_MOBILES:
            return clearing_words(note.count)
        case NoteKind.OVERWRITES_UNSEEN:
            return _("{what}; what is lost can't be brought back").format(what=overwriting_words(note.count))
        case NoteKind.ONLY_EMPTYING:
            return _("all that is sent is empty; WeCom may refuse that (40058)")
        case NoteKind.PICTURE_UNSEEN:
            return _("WeCom does not give pictures back: it can't be checked afterwards, nor undone")
        case NoteKind.NOT_UNDONE:
            return _("{field}: stays as it is, since nobody knows what was there before").format(field=field)


def _shown(text: str) -> str:
    return safe_text(text) if text else _("(empty)")


def _joined(words: Iterable[str], join: Callable[[str, str], str]) -> str:
    listed = list(words)
    return reduce(join, listed) if listed else ""
