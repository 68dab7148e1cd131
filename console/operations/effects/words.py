"""What was done because of an event, in words: a column, a line of changes, the sentences in full. Safe text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

from console.language import N_, _, joined, listed, ngettext
from console.operations.effects.outcome import ChangedField, EffectNote, FieldChange, Outcome, note_of
from console.operations.explain import explain
from console.operations.wording import add_way_words, customer_type_words, moment_words
from console.settings import AppType
from console.store.event_rows import EventRow
from console.text import mask_text, safe_text
from console.wecom.callback.events import Kind
from console.wecom.errors import WeComError

_FIELDS = {
    ChangedField.REMARK: N_("remark"),
    ChangedField.DESCRIPTION: N_("description"),
    ChangedField.COMPANY: N_("remark company"),
    ChangedField.MOBILES: N_("mobiles"),
    ChangedField.COMPANY_TAGS: N_("company tags"),
    ChangedField.RULE_TAGS: N_("rule tags"),
    ChangedField.PERSONAL_TAGS: N_("personal tags"),
    ChangedField.STATE: N_("channel"),
    ChangedField.NAME: N_("name"),
    ChangedField.CORP_NAME: N_("corp"),
    ChangedField.POSITION: N_("position"),
}
_OUTCOMES = {
    Outcome.READ: N_("read"),
    Outcome.OURS: N_("maybe ours"),
    Outcome.MARKED: N_("marked"),
    Outcome.WAITING: N_("waiting"),
    Outcome.TO_SEE: N_("to do"),
    Outcome.KEPT: N_("kept"),
    Outcome.NOT_KEPT: N_("not kept"),
    Outcome.UNREAD: N_("not read"),
}


def outcome_of(row: EventRow) -> Outcome | None:
    """How the effects ended; None while they have not, and for what only another version of this program knows."""
    return next((one for one in Outcome if one == row.effect.outcome), None)


def outcome_words(row: EventRow) -> str:
    """The column of what was done, in a word or two."""
    outcome = outcome_of(row)
    if row.effect.done_at is None:
        return _("tried again") if row.effect.note else _("waiting")
    if outcome is Outcome.TO_SEE and row.seen_at is not None:
        return _("seen")
    return _(_OUTCOMES[outcome]) if outcome in _OUTCOMES else "-"


def field_words(field: ChangedField) -> str:
    """What a changed field is called."""
    return _(_FIELDS[field])


def change_words(change: FieldChange, *, masked: bool) -> str:
    """One changed field: `remark a -> b`, of a list what came and what went."""
    if change.field.is_list:
        came = [f"+{_shown(value, masked)}" for value in change.after if value not in change.before]
        went = [f"-{_shown(value, masked)}" for value in change.before if value not in change.after]
        return " ".join([field_words(change.field), *went, *came])
    before, after = (_shown(" ".join(side), masked) or _("(empty)") for side in (change.before, change.after))
    return f"{field_words(change.field)} {before} -> {after}"


def change_lines(note: EffectNote, *, masked: bool) -> list[str]:
    """All that reading again found different, a field a line."""
    return [change_words(change, masked=masked) for change in note.changes]


def changes_line(note: EffectNote, *, masked: bool) -> str:
    """The same on one line; of somebody who was not known before nothing, since everything would be new."""
    return "" if note.first else joined(change_lines(note, masked=masked))


def effect_lines(
    row: EventRow, *, zone: tzinfo | None, name_of: Callable[[str], str], app_type: AppType, masked: bool
) -> list[str]:
    """What was done, and what it showed, in sentences; `name_of` names a follower, or says ""."""
    note = note_of(row)
    said = [_times_words(row, zone)]
    if row.effect.done_at is None:
        said.append(_open_words(row, zone))
    else:
        said.extend(_done_lines(row, note, zone, name_of, masked))
    if note.errcode is not None:
        failure = WeComError(note.errcode, endpoint="/externalcontact/get")
        said.append(_("WeCom answered: {what}").format(what=explain(failure, app_type=app_type).what))
    elif note.why:
        said.append(_("What failed: {why}").format(why=safe_text(note.why)))
    return [line for line in said if line]


def _times_words(row: EventRow, zone: tzinfo | None) -> str:
    if row.times == 1:
        return _("On disk and acknowledged {time}.").format(time=moment_words(row.received_at, zone))
    n = row.times
    return ngettext(
        "On disk and acknowledged {time}; delivered {n} time, last {last}.",
        "On disk and acknowledged {time}; delivered {n} times, last {last}.",
        n,
    ).format(time=moment_words(row.received_at, zone), n=n, last=moment_words(row.last_at, zone))


def _open_words(row: EventRow, zone: tzinfo | None) -> str:
    if row.effect.claimed_at is not None:
        return _("{who} is at work on it.").format(who=safe_text(row.effect.claimed_by or "?"))
    if row.effect.due_at:
        return _("It did not succeed; tried again {time}.").format(time=moment_words(row.effect.due_at, zone))
    return _("Nobody has worked on it yet.")


def _done_lines(
    row: EventRow, note: EffectNote, zone: tzinfo | None, name_of: Callable[[str], str], masked: bool
) -> list[str]:
    names = listed(safe_text(name_of(userid) or userid) for userid in note.others)
    match outcome_of(row):
        case Outcome.READ | Outcome.OURS:
            return [*_read_lines(row, note, zone, masked), *_own_lines(note)]
        case Outcome.MARKED:
            following = _("Following now: {names}.").format(names=names) if names else ""
            return [_marked_words(row.event.kind), following]
        case Outcome.WAITING:
            return [_("The staff member has not accepted yet, so WeCom shows nothing. It is read when that happens.")]
        case Outcome.TO_SEE:
            return [_("Somebody has to see to it: it stays until it is marked as seen.")]
        case Outcome.KEPT:
            return [_("The suite ticket is with the secrets now.")]
        case Outcome.NOT_KEPT:
            return [_("The suite ticket was not kept: the receiver ended first. WeCom sends one every ten minutes.")]
        case Outcome.UNREAD:
            return [_("The customer could not be read, and trying again does not help.")]
    return [_("Nothing follows from it; it is kept as it came.")]


def _read_lines(row: EventRow, note: EffectNote, zone: tzinfo | None, masked: bool) -> list[str]:
    time = moment_words(note.read_at, zone) if note.read_at else ""
    who = "  ".join(filter(None, (_shown(note.name, masked), customer_type_words(note.customer_type))))
    said = [_("Customer read {time}: {who}").format(time=time, who=who)]
    if row.event.kind in (Kind.ADDED, Kind.ADDED_HALF) and note.add_way is not None:
        said.append(_("Source: {way}").format(way=f"{note.add_way} {add_way_words(note.add_way)}"))
    if note.state:
        said.append(_("Channel: {state}").format(state=safe_text(note.state)))
    if note.mapped:
        said.append(
            ngettext(
                "{n} converted unionid turned out to be this customer.",
                "{n} converted unionids turned out to be this customer.",
                note.mapped,
            ).format(n=note.mapped)
        )
    if note.first:
        said.append(_("Nothing was known of it before, so there is nothing to compare with."))
    elif note.changes:
        said.append(_("Different from before:"))
    else:
        said.append(_("Nothing that can be read is different from what was known before."))
    return said + change_lines(note, masked=masked)


def _own_lines(note: EffectNote) -> Sequence[str]:
    if not note.own_writes:
        return ()
    entries = listed(f"#{number}" for number in note.own_writes)
    return (_("Written from here at about that time: {entries}; so it is probably our own.").format(entries=entries),)


def _marked_words(kind: Kind) -> str:
    return {
        Kind.REMOVED: _("The relation is marked as gone."),
        Kind.HANDED_OVER: _("The relation is marked as gone: the customer was handed over, not lost."),
        Kind.LEFT: _(
            "The relation is marked as one-way: the customer removed the staff member. It can still be read and edited "
            "as long as WeCom answers for it."
        ),
    }.get(kind, _("The relation is marked."))


def _shown(value: str, masked: bool) -> str:
    safe = safe_text(value)
    return mask_text(safe) if masked else safe
