"""What a form stands on: the reading that it was opened with, and what was typed on top of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from console.operations.remark.edits import Typed
from console.operations.remark.guard import RelationRead
from console.operations.remark.plan import Plan
from console.operations.remark.values import (
    TEXT_FIELDS,
    OtherRemark,
    RemarkField,
    RemarkValues,
    SeenRemark,
    other_remarks,
    seen_remark,
)
from console.settings import AppType

if TYPE_CHECKING:
    from console.operations.detail import Detail


@dataclass(frozen=True, slots=True)
class Standing:
    """One follower's remark as it was read, what the others wrote, and the customer's own name.

    `is_whole` is False where only a list (C3) has shown this relation so far, which tells nothing of the others.
    """

    seen: SeenRemark
    others: tuple[OtherRemark, ...] = ()
    name: str = ""
    is_whole: bool = True

    @classmethod
    def of(cls, detail: Detail, userid: str, app_type: AppType) -> Standing | None:
        """The remark of one follower in a detail; None when it can't be written, being gone or never read."""
        seen = seen_remark(detail, userid, app_type)
        if seen is None:
            return None
        others = other_remarks(detail, userid, app_type)
        return cls(seen, others, detail.contact.name or "", is_whole=detail.pages > 0)

    @classmethod
    def of_read(cls, read: RelationRead) -> Standing:
        """What a read of the relation returned."""
        return cls(read.now, read.others, read.detail.contact.name or "")

    @property
    def relation(self) -> tuple[str, str]:
        """Which relation this is: the follower's userid in lower case, and the customer's ID."""
        return self.seen.userid.casefold(), self.seen.external_userid

    @property
    def customer(self) -> str:
        """What the follower calls the customer, else the customer's own name, else the ID; not yet safe to show."""
        return self.seen.values.text(RemarkField.REMARK) or self.name or self.seen.external_userid

    def renewed(self, fresh: Standing, touched: Collection[RemarkField]) -> Standing:
        """Stand on a fresh reading; a field that the agent works on keeps what it was opened with.

        So what somebody else did to that field meanwhile is still a conflict, and nothing else is one.
        """
        before, now = self.seen.values, fresh.seen.values
        texts = {name: text for name, text in now.texts.items() if name not in touched}
        texts |= {name: before.texts[name] for name in TEXT_FIELDS if name in touched and name in before.texts}
        mobiles = before.mobiles if RemarkField.MOBILES in touched else now.mobiles
        return replace(fresh, seen=replace(fresh.seen, values=RemarkValues(texts, mobiles)))


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that was left without its text being written."""

    standing: Standing
    typed: Typed


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A plan that the operator has agreed to; `draft` is the form it came from, None for an undo.

    `undo_of` is the number of the entry in the record that it takes back.
    """

    plan: Plan
    customer: str = field(default="")
    draft: Draft | None = None
    undo_of: int | None = None
