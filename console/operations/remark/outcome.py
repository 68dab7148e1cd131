"""How a write ended: what is known of it, and by what. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from console.operations.remark.plan import Plan
from console.operations.remark.proof import FieldProof, Foreign, Proof, possibly_overwritten
from console.operations.remark.values import RemarkField
from console.wecom.codes import OK, Reaction, reaction_to


class Verdict(StrEnum):
    """What is known at the end; the value is kept in the audit log and printed as JSON."""

    WRITTEN_AND_SEEN = "written_and_seen"
    CANNOT_BE_SEEN = "accepted_cannot_be_seen"
    ACCEPTED_NOT_SEEN = "accepted_not_seen"
    SEEN_WITH_ANOTHER_VALUE = "seen_with_another_value"
    NOT_WRITTEN = "not_written"
    UNKNOWN = "unknown"


class WhyNotWritten(StrEnum):
    """What kept a plan from being written."""

    PROBLEMS = "the plan itself refuses"
    ALREADY_SO = "everything is by now as it was to be"
    NOT_READ = "what is there now could not be read, so nothing was sent"
    RELATION_GONE = "the follower does not have this customer any more"
    NOT_RECORDED = "the audit log can't be written, so nothing was sent"
    PICTURE = "the picture could not be uploaded, so nothing was sent"
    NOT_SENT = "the request did not leave this computer"
    REFUSED = "WeCom refused"
    OLD_VALUES = "no clear answer came, and the old values are still there"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a write.

    `entry_id` is the audit entry, None when nothing was sent; `failure` is what went wrong, also where reading back
    went wrong; `proofs` are what reading back showed, oldest first. `unrecorded` is why the audit entry has no
    ending. `plan` is the one that stood on what was there just before.
    """

    verdict: Verdict
    plan: Plan
    entry_id: int | None = None
    why: WhyNotWritten | None = None
    failure: Exception | None = None
    proofs: tuple[Proof, ...] = ()
    unrecorded: Exception | None = None

    @property
    def proof(self) -> Proof | None:
        """What was read back last."""
        return self.proofs[-1] if self.proofs else None

    @property
    def unseeable(self) -> tuple[RemarkField, ...]:
        """The fields that were sent and can't be read back."""
        return self.proof.those(FieldProof.UNSEEABLE) if self.proof else ()

    @property
    def meanwhile(self) -> tuple[RemarkField, ...]:
        """Fields that were not sent and changed between the check and the read-backs: somebody else was at work."""
        changed = {field for proof in self.proofs for field in proof.meanwhile}
        return tuple(field for field in RemarkField if field in changed)

    @property
    def overwritten(self) -> tuple[Foreign, ...]:
        """Values of others that showed for a moment, and that this write has replaced."""
        return possibly_overwritten(self.plan, self.proofs)

    @property
    def may_have_overwritten(self) -> bool:
        """Whether reading back shows that somebody changed this remark between the check and the write."""
        return bool(self.meanwhile or self.overwritten)


def surely_refused(errcode: int) -> bool:
    """Whether an errcode says that nothing was changed; of a busy system or a clash of versions it is not sure."""
    return errcode != OK and reaction_to(errcode) not in (Reaction.RETRY, Reaction.READ_AGAIN)


def verdict_of(accepted: bool, proofs: Sequence[Proof]) -> Verdict:
    """What read-backs, oldest first, make of a write: `accepted` when WeCom answered 0, else no clear answer came."""
    if not proofs:
        return Verdict.ACCEPTED_NOT_SEEN if accepted else Verdict.UNKNOWN
    last = proofs[-1]
    if last.those(FieldProof.ANOTHER):
        return Verdict.SEEN_WITH_ANOTHER_VALUE
    arrived = accepted or bool(last.those(FieldProof.SEEN))
    if last.those(FieldProof.NOT_YET):
        return Verdict.ACCEPTED_NOT_SEEN if arrived else Verdict.NOT_WRITTEN
    if last.those(FieldProof.SEEN):
        return Verdict.WRITTEN_AND_SEEN
    return Verdict.CANNOT_BE_SEEN if arrived else Verdict.UNKNOWN
