"""Words for how a write ended: what is so, how that is known, and what to do; safe to show."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from console.language import _, ngettext
from console.operations.error_words import Explanation, sentences
from console.operations.explain import explain
from console.operations.explain_local import explain_store
from console.operations.remark.outcome import Outcome, Verdict, WhyNotWritten
from console.operations.remark.plan import only_empties
from console.operations.remark.plan_words import field_words, fields_words, in_a_row, problem_words
from console.operations.remark.proof import FieldProof, Foreign, seen_instead
from console.operations.remark.recover import Recovered, StillOpen
from console.operations.remark.undo import CannotUndo, WhyNotUndone
from console.operations.remark.write import Step, StepKind
from console.settings import AppType
from console.store.errors import StoreFailure
from console.text import safe_text
from console.wecom.codes import INVALID_PARAMETER
from console.wecom.errors import WeComError


def step_words(step: Step) -> str:
    """What a write is doing now."""
    match step.kind:
        case StepKind.UPLOADING:
            return _("Uploading the picture ..")
        case StepKind.CHECKING:
            return _("Reading what is there now ..")
        case StepKind.WRITING:
            return _("Writing ..")
        case StepKind.READING_BACK:
            return _("Reading back {attempt}/{of} ..").format(attempt=step.attempt, of=step.of)


def verdict_words(verdict: Verdict) -> str:
    """An ending in a few words, for a list and the head of a message."""
    return {
        Verdict.WRITTEN_AND_SEEN: _("written and seen"),
        Verdict.CANNOT_BE_SEEN: _("accepted, cannot be seen"),
        Verdict.ACCEPTED_NOT_SEEN: _("written, not seen yet"),
        Verdict.SEEN_WITH_ANOTHER_VALUE: _("seen with another value"),
        Verdict.NOT_WRITTEN: _("not written"),
        Verdict.UNKNOWN: _("outcome unknown"),
    }[verdict]


def stored_verdict_words(outcome: str | None) -> str:
    """The same for an audit entry, where None is a write without an ending."""
    if outcome is None:
        return _("no ending noted")
    return verdict_words(Verdict(outcome)) if outcome in [*Verdict] else safe_text(outcome)


def outcome_words(outcome: Outcome, app_type: AppType | None = None) -> Explanation:
    """How a write ended: in one line, how that is known, and what to do."""
    why, todo, support = _explained(outcome, app_type)
    head = verdict_words(outcome.verdict)
    if outcome.verdict is not Verdict.NOT_WRITTEN and outcome.plan.changes:
        head = _("{outcome}: {fields}").format(outcome=head, fields=fields_words(outcome.plan.fields))
    if outcome.entry_id is not None:
        head = f"{head}  #{outcome.entry_id}"
    for more in _remarkable(outcome):
        why = sentences(why, more) if why else more
    return Explanation(head, why, todo, support=support)


def _explained(outcome: Outcome, app_type: AppType | None) -> tuple[str, str, str]:
    failure = explain(outcome.failure, app_type=app_type) if outcome.failure else None
    support = failure.support if failure else ""
    tries = len(outcome.proofs)
    match outcome.verdict:
        case Verdict.WRITTEN_AND_SEEN:
            return _("Read back and compared."), "", support
        case Verdict.CANNOT_BE_SEEN:
            return _("WeCom answered 0; what was sent can't be read back by this app."), "", support
        case Verdict.ACCEPTED_NOT_SEEN if outcome.why is WhyNotWritten.RELATION_GONE:
            return _("WeCom took it, and the relation is gone since."), "", support
        case Verdict.ACCEPTED_NOT_SEEN if not tries:
            return _("WeCom answered 0, and reading back failed."), _("Read the customer again (r)."), support
        case Verdict.ACCEPTED_NOT_SEEN:
            seen = ngettext(
                "WeCom took it, but {n} reading afterwards shows the old value.",
                "WeCom took it, but {n} readings afterwards show the old value.",
                tries,
            ).format(n=tries)
            return seen, _("Wait a moment and read the customer again (r); it is not written again by itself."), support
        case Verdict.SEEN_WITH_ANOTHER_VALUE:
            return _seen_instead(outcome), _("Look at what is there now before anything is written."), support
        case Verdict.UNKNOWN:
            why = _("No clear answer came ({failure}), and reading back could not decide.")
            todo = _("Read the customer again (r) and look; it is not written again by itself.")
            return why.format(failure=failure.what if failure else "-"), todo, support
    return *_why_not(outcome, failure), support


def _why_not(outcome: Outcome, failure: Explanation | None) -> tuple[str, str]:
    what = failure.what if failure else ""
    because = sentences(_("{what}.").format(what=what), failure.why) if failure else ""
    todo = failure.todo if failure else ""
    match outcome.why:
        case WhyNotWritten.PROBLEMS:
            return reduce(sentences, map(problem_words, outcome.plan.problems)), ""
        case WhyNotWritten.ALREADY_SO:
            return _("By now everything is as it was to be; somebody else wrote the same."), ""
        case WhyNotWritten.RELATION_GONE:
            return (
                _("{userid} does not have this customer any more: removed, handed over, or left the company.").format(
                    userid=safe_text(outcome.plan.opened.userid)
                ),
                _("Read the customer (r) to see who has it now."),
            )
        case WhyNotWritten.NOT_READ:
            return sentences(_("What is there now could not be read, so nothing was sent."), because), todo
        case WhyNotWritten.NOT_RECORDED:
            return sentences(_("The record can't be written, so nothing was sent."), because), todo
        case WhyNotWritten.PICTURE:
            return sentences(_("The picture was not uploaded, so nothing was sent."), because), todo
        case WhyNotWritten.NOT_SENT:
            return sentences(_("The request did not leave this computer."), because), todo
        case WhyNotWritten.OLD_VALUES:
            n = len(outcome.proofs)
            seen = ngettext(
                "No clear answer came ({failure}), and {n} reading afterwards shows the old values.",
                "No clear answer came ({failure}), and {n} readings afterwards show the old values.",
                n,
            ).format(failure=what, n=n)
            return seen, _("Write it again if it is still wanted; what is there is read before.")
    refused = outcome.failure
    if isinstance(refused, WeComError) and refused.errcode == INVALID_PARAMETER and only_empties(outcome.plan.body):
        return (
            sentences(
                _("{what}.").format(what=what),
                _("All that was sent is empty, and WeCom refuses an update that only empties."),
            ),
            _("Empty it in the WeCom app, or change another field in the same write. Nothing was filled up to get by."),
        )
    return because, todo


def _remarkable(outcome: Outcome) -> Iterator[str]:
    """What else there is to say, a sentence each."""
    if outcome.unseeable and outcome.verdict is Verdict.WRITTEN_AND_SEEN:
        yield _("Can't be read back: {fields}.").format(fields=fields_words(outcome.unseeable))
    for one in outcome.overwritten:
        yield _("Possibly overwritten: somebody else's {field} {value}, seen for a moment.").format(
            field=field_words(one.field), value=_value(one)
        )
    if outcome.meanwhile:
        yield _(
            "Somebody else changed {fields} in the same moment; if they changed what was written here too, that is "
            "overwritten: ask them."
        ).format(fields=fields_words(outcome.meanwhile))
    if isinstance(outcome.unrecorded, StoreFailure):
        yield _("The record has no ending: {what}.").format(what=explain_store(outcome.unrecorded).what)


def _seen_instead(outcome: Outcome) -> str:
    proof = outcome.proof
    assert proof is not None  # another value was seen
    shown = [
        _("{field} is {value}").format(
            field=field_words(field),
            value=_value(seen_instead(field, proof.seen)),
        )
        for field in proof.those(FieldProof.ANOTHER)
    ]
    return _("Somebody else changed it too: {values}.").format(values=in_a_row(shown))


def _value(one: Foreign) -> str:
    return safe_text(in_a_row(one.numbers) or one.text) or _("(empty)")


def cannot_undo_words(refused: CannotUndo) -> str:
    """Why an entry can't be undone."""
    match refused.why:
        case WhyNotUndone.NOTHING_WRITTEN:
            return _("#{number} wrote nothing, so there is nothing to undo.").format(number=refused.entry.id)
        case WhyNotUndone.NOT_FINISHED:
            return _("How #{number} ended is not known yet; read the customer again first.").format(
                number=refused.entry.id
            )
        case WhyNotUndone.UNDONE:
            return _("#{number} is undone already, by #{by}.").format(number=refused.entry.id, by=refused.by)
        case WhyNotUndone.CANNOT_BE_SEEN:
            return _(
                "#{number} can't be undone: WeCom does not give this app what was there before (a picture, or mobiles "
                "that are hidden from it)."
            ).format(number=refused.entry.id)


def recovered_words(ended: Recovered | StillOpen) -> str:
    """What became of a write that a crash left without an ending."""
    if isinstance(ended, StillOpen):
        return _("#{number} has no ending, and could not be read back: {what}").format(
            number=ended.entry.id, what=explain(ended.failure).what
        )
    return _("#{number} had no ending (the program broke off); read back now: {outcome}").format(
        number=ended.entry.id, outcome=verdict_words(ended.verdict)
    )
