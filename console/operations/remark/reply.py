"""A ready reply for the ticket: who, which customer, before and after, the proof, the record's number."""

from __future__ import annotations

from datetime import tzinfo

from console.language import _
from console.operations.remark.mobiles import mobile_changes
from console.operations.remark.outcome import Verdict
from console.operations.remark.outcome_words import stored_verdict_words
from console.operations.remark.plan_words import field_words, in_a_row, side_by_side
from console.operations.remark.values import HIDDEN, TEXT_FIELDS, RemarkField, RemarkValues
from console.operations.wording import moment_words
from console.store.audit import AuditEntry
from console.text import safe_text


def ticket_reply(entry: AuditEntry, *, follower_name: str = "", zone: tzinfo | None = None) -> str:
    """One paragraph with the real values, for a ticket or a chat; `zone` None is the machine's."""
    draft = entry.draft
    customer = after_name(entry) or draft.customer_name or draft.external_userid
    return _(
        "Customer {customer} ({id}), follower {follower}: {changes}. {time} {proof}. Record #{number}, operator "
        "{operator}."
    ).format(
        customer=safe_text(customer),
        id=safe_text(draft.external_userid),
        follower=safe_text(follower_name or draft.userid),
        changes=side_by_side(entry_changes(entry)),
        time=moment_words(entry.finished_at or entry.at, zone),
        proof=_proof_words(entry.outcome),
        number=entry.id,
        operator=safe_text(draft.operator),
    )


def after_name(entry: AuditEntry) -> str:
    """What the customer is called after this write: the remark, where there is one."""
    return RemarkValues.from_document(entry.draft.after).text(RemarkField.REMARK)


def entry_changes(entry: AuditEntry) -> list[str]:
    """What an entry changed, in words, a field each; values are whole and safe to show."""
    draft = entry.draft
    before, after = RemarkValues.from_document(draft.before), RemarkValues.from_document(draft.after)
    sent = [RemarkField(name) for name in draft.fields]
    words: list[str] = []
    for field in sent:
        label = field_words(field)
        if field in TEXT_FIELDS:
            said = _("{field} {before} -> {after}").format(
                field=label, before=_shown(before.text(field)), after=_shown(after.text(field))
            )
        elif field is RemarkField.MOBILES:
            said = f"{label} {_mobiles(before, after)}"
        else:
            said = f"{label} {safe_text(str(draft.body.get(field.value)))}"
        words.append(said)
    return words


def _mobiles(before: RemarkValues, after: RemarkValues) -> str:
    if before.mobiles is HIDDEN:
        return _("all replaced by {numbers}").format(numbers=_numbers(after.numbers))
    changes = mobile_changes(before.numbers, after.numbers)
    if not after.numbers:
        return _("cleared: {numbers}").format(numbers=_numbers(before.numbers))
    removed = _("removed {numbers}").format(numbers=_numbers(changes.removed))
    added = _("added {numbers}").format(numbers=_numbers(changes.added))
    if changes.added and changes.removed:
        return _("{removed}, {added}").format(removed=removed, added=added)
    return added if changes.added else removed


def _proof_words(outcome: str | None) -> str:
    match outcome:
        case Verdict.WRITTEN_AND_SEEN:
            return _("written, read back and compared")
        case Verdict.CANNOT_BE_SEEN:
            return _("written; WeCom took it, it can't be read back")
    return stored_verdict_words(outcome)


def _numbers(numbers: tuple[str, ...]) -> str:
    return safe_text(in_a_row(numbers)) if numbers else _("(none)")


def _shown(text: str) -> str:
    return safe_text(text) if text else _("(empty)")
