"""How the last write ended, in one line of the status line, and which keys go on from there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from console.language import _
from console.operations.error_words import Explanation
from console.operations.remark.guard import CarriedOver, Conflict
from console.operations.remark.outcome import Outcome, Verdict
from console.operations.remark.outcome_words import outcome_words
from console.operations.remark.write import Written
from console.operations.wording import time_words
from console.session import Session
from console.tui.remark.standing import Reviewed

_SENT = {Verdict.WRITTEN_AND_SEEN, Verdict.CANNOT_BE_SEEN, Verdict.ACCEPTED_NOT_SEEN, Verdict.SEEN_WITH_ANOTHER_VALUE}
_NOT_SEEN = {Verdict.ACCEPTED_NOT_SEEN, Verdict.UNKNOWN, Verdict.SEEN_WITH_ANOTHER_VALUE}


class Result:
    """The end of a write: an outcome, or what has to be decided before anything is written."""

    def __init__(self, session: Session, reviewed: Reviewed, written: Written) -> None:
        self.reviewed = reviewed
        self.outcome = written if isinstance(written, Outcome) else None
        self.conflict = written if isinstance(written, Conflict) else None
        self.carried = written if isinstance(written, CarriedOver) else None
        self.explanation: Explanation | None = None
        if self.outcome is not None:
            self.explanation = outcome_words(self.outcome, session.profile.app_type)
        self._at = time_words(session.clock(), session.zone, session.clock())

    @property
    def entry_id(self) -> int | None:
        """The number in the record, None when nothing was sent."""
        return self.outcome.entry_id if self.outcome is not None else None

    @property
    def is_written(self) -> bool:
        """Whether WeCom took it, so that the form is not needed any more."""
        return self.outcome is not None and self.outcome.verdict in _SENT

    @property
    def is_success(self) -> bool:
        """Whether nothing is left to be looked at."""
        return self.outcome is not None and (
            self.outcome.verdict in (Verdict.WRITTEN_AND_SEEN, Verdict.CANNOT_BE_SEEN)
            and not self.outcome.may_have_overwritten
            and self.outcome.unrecorded is None
        )

    @property
    def needs_answer(self) -> bool:
        """Whether the operator has to decide before anything is written."""
        return self.conflict is not None or self.carried is not None

    @property
    def can_be_looked_at_again(self) -> bool:
        """Whether reading once more may show what was not seen."""
        return self.outcome is not None and self.outcome.verdict in _NOT_SEEN and self.entry_id is not None

    @property
    def words(self) -> str:
        """One line; safe text."""
        if self.conflict is not None:
            return _("not written: somebody else changed the same field meanwhile")
        if self.carried is not None:
            return _("not written yet: somebody else changed the mobiles meanwhile")
        assert self.explanation is not None
        if self.is_success:
            return f"{self.explanation.what}  {self._at}"
        return f"{self.explanation.what}  {self.explanation.why}"

    @property
    def actions(self) -> Sequence[str]:
        """What goes on from here with a key that is another command's else, the most wanted first."""
        wanted = {
            "look_again": self.can_be_looked_at_again,
            "open_result": not self.is_success,
            "back_to_form": not self.is_written and self.reviewed.draft is not None,
        }
        return [action for action, is_wanted in wanted.items() if is_wanted]

    def key_words(self, keys_of: Callable[[str], str], *, fresh: bool) -> Sequence[str]:
        """The keys that go on from here, the most wanted first; those of `fresh` results are soon others' again."""
        why = _("compare") if self.conflict else _("confirm") if self.carried else _("see why")
        labels = {"look_again": _("look again"), "open_result": why, "back_to_form": _("back to the form")}
        keys = [(action, labels[action]) for action in self.actions] if fresh else []
        if not fresh and not self.is_success:
            keys.append(("last_error", why))
        if self.is_written:
            keys += [("undo", _("undo")), ("copy", _("copy a reply"))]
        return [f"{keys_of(command)} {words}" for command, words in keys]
