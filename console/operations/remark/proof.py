"""What reading a relation back proves about a write. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from console.operations.remark.mobiles import mobile_key, same_numbers
from console.operations.remark.plan import Plan
from console.operations.remark.values import HIDDEN, TEXT_FIELDS, RemarkField, RemarkValues


class FieldProof(StrEnum):
    """What was seen of one field that was sent."""

    SEEN = "as sent"
    NOT_YET = "as before"
    ANOTHER = "neither as sent nor as before"
    UNSEEABLE = "it can't be read back"


@dataclass(frozen=True, slots=True)
class Proof:
    """What one read shows: each field that was sent, and the fields that were not and have changed all the same."""

    seen: RemarkValues
    fields: tuple[tuple[RemarkField, FieldProof], ...]
    meanwhile: tuple[RemarkField, ...]

    @property
    def is_final(self) -> bool:
        """Whether all that can be seen is as sent, so that reading again would show nothing better."""
        return not self.those(FieldProof.NOT_YET) and not self.those(FieldProof.ANOTHER)

    def those(self, proof: FieldProof) -> tuple[RemarkField, ...]:
        """The fields of which this was seen."""
        return tuple(field for field, found in self.fields if found is proof)


def prove(fields: Iterable[RemarkField], before: RemarkValues, after: RemarkValues, seen: RemarkValues) -> Proof:
    """Hold what is seen against what was there and what was sent. Numbers compare by their digits, in any order."""
    sent = tuple(fields)
    found = tuple((field, _proof(field, before, after, seen)) for field in sent)
    meanwhile = (field for field in (*TEXT_FIELDS, RemarkField.MOBILES) if field not in sent)
    return Proof(seen, found, tuple(field for field in meanwhile if not _same(field, before, seen)))


@dataclass(frozen=True, slots=True)
class Foreign:
    """A value that somebody else wrote: a text, or numbers."""

    field: RemarkField
    text: str = ""
    numbers: tuple[str, ...] = ()


def possibly_overwritten(plan: Plan, proofs: Sequence[Proof]) -> tuple[Foreign, ...]:
    """What the read-backs, oldest first, show of others' changes that this write may have replaced."""
    found: dict[Foreign, None] = {}
    for proof in proofs[:-1]:
        for field in proof.those(FieldProof.ANOTHER):
            if field in proofs[-1].those(FieldProof.SEEN):
                found[_overwritten(field, plan, proof.seen)] = None
    return tuple(found)


def _overwritten(field: RemarkField, plan: Plan, seen: RemarkValues) -> Foreign:
    if field is not RemarkField.MOBILES:
        return Foreign(field, text=seen.text(field))
    known = {mobile_key(number) for number in (*plan.before.numbers, *plan.after.numbers)}
    return Foreign(field, numbers=tuple(number for number in seen.numbers if mobile_key(number) not in known))


def seen_instead(field: RemarkField, seen: RemarkValues) -> Foreign:
    """What is there in place of what was sent."""
    return Foreign(field, numbers=seen.numbers) if field is RemarkField.MOBILES else Foreign(field, seen.text(field))


def _proof(field: RemarkField, before: RemarkValues, after: RemarkValues, seen: RemarkValues) -> FieldProof:
    if field is RemarkField.PICTURE or (field is RemarkField.MOBILES and seen.mobiles is HIDDEN):
        return FieldProof.UNSEEABLE
    if _same(field, after, seen):
        return FieldProof.SEEN
    return FieldProof.NOT_YET if _same(field, before, seen) else FieldProof.ANOTHER


def _same(field: RemarkField, one: RemarkValues, other: RemarkValues) -> bool:
    if field is RemarkField.MOBILES:
        return (one.mobiles is HIDDEN or other.mobiles is HIDDEN) or same_numbers(one.numbers, other.numbers)
    return one.text(field) == other.text(field)
