"""The guard before a write: what WeCom has now, compared with what the plan was made on.

`read_relation` asks WeCom; `compare` is pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from console.operations.detail import Detail, read_detail
from console.operations.remark.changes import Change, MobilesChange, TextChange
from console.operations.remark.edits import UnseenMobiles
from console.operations.remark.mobiles import MobileChanges
from console.operations.remark.plan import Plan, make_plan
from console.operations.remark.values import (
    HIDDEN,
    TEXT_FIELDS,
    OtherRemark,
    RemarkField,
    SeenRemark,
    other_remarks,
    seen_remark,
)
from console.operations.results import Failed, Loaded
from console.settings import AppType
from console.store import Records
from console.wecom.ids import ExternalUserId

if TYPE_CHECKING:
    from console.wecom.client import WeComClient


@dataclass(frozen=True, slots=True)
class RelationRead:
    """What C2 said of one relation just now, and what the other followers wrote."""

    now: SeenRemark
    others: tuple[OtherRemark, ...]
    detail: Detail


@dataclass(frozen=True, slots=True)
class RelationGone:
    """C2 does not show this follower any more: removed, handed over, or the follower left the company."""

    detail: Detail


@dataclass(frozen=True, slots=True)
class Agreed:
    """Nothing that the plan edits has changed; `plan` stands on what is there now."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """The list of mobiles has changed meanwhile: the same additions and removals on it are to be confirmed."""

    plan: Plan
    confirmed: Plan


class RowState(StrEnum):
    """What became of a field between opening and now."""

    CHOOSE = "both changed it, differently"
    MERGED = "the edits are carried over"
    ALREADY_SO = "it is already as edited"
    THEIRS = "somebody else changed it; it is not sent"
    MINE = "only this plan changes it"
    SAME = "nobody changed it"


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text field as it was opened, as it is now, and as the plan has it (None: not edited)."""

    field: RemarkField
    opened: str
    now: str
    yours: str | None

    @property
    def state(self) -> RowState:
        """What became of the field."""
        theirs = self.now != self.opened
        if self.yours is None:
            return RowState.THEIRS if theirs else RowState.SAME
        if not theirs:
            return RowState.MINE
        return RowState.ALREADY_SO if self.now == self.yours else RowState.CHOOSE


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that the plan edits was changed by somebody else meanwhile: nothing is written before a choice.

    `merged` is the plan on what is there now without the fields that need a choice; `mine` is the plan as it was.
    """

    mine: Plan
    merged: Plan
    rows: tuple[TextRow, ...]

    @property
    def opened(self) -> SeenRemark:
        """What the plan was made on."""
        return self.mine.opened

    @property
    def now(self) -> SeenRemark:
        """What WeCom has."""
        return self.merged.opened

    @property
    def to_choose(self) -> tuple[TextRow, ...]:
        """The fields that need a choice."""
        return tuple(row for row in self.rows if row.state is RowState.CHOOSE)

    def chosen(self, choices: Mapping[RemarkField, str | None]) -> Plan:
        """The plan after a choice for each field of `to_choose`: a text to write, or None to keep theirs."""
        texts = {field: text for field, text in choices.items() if text is not None}
        edits = replace(self.merged.edits, texts={**self.merged.edits.texts, **texts})
        return make_plan(self.now, edits)


Compared = Agreed | CarriedOver | Conflict


async def read_relation(
    client: WeComClient, records: Records, external_userid: str, userid: str, app_type: AppType
) -> RelationRead | RelationGone | Failed:
    """Read a relation through C2, all pages, into the store. Follows WeCom document 92114.

    What was read counts even when the store can't keep it: a write fails then on its audit entry.
    """
    detail: Detail | None = None
    async for result in read_detail(client, records, ExternalUserId(external_userid)):
        if isinstance(result, Failed) and detail is None:
            return result
        if isinstance(result, Loaded):
            detail = result.value
    assert detail is not None  # a read ends loaded or failed
    now = seen_remark(detail, userid, app_type)
    if now is None:
        return RelationGone(detail)
    return RelationRead(now, other_remarks(detail, userid, app_type), detail)


def compare(plan: Plan, now: SeenRemark, *, read_only: bool = False, others: Sequence[OtherRemark] = ()) -> Compared:
    """Hold a plan against what is there now.

    A text that the plan edits and that changed to something else is a conflict; one that is by now as edited needs
    no writing. Mobiles are carried over. Fields that the plan does not touch are nobody's business here.
    """
    rows = tuple(
        TextRow(field, plan.before.text(field), now.values.text(field), _yours(plan, field)) for field in TEXT_FIELDS
    )
    to_choose = {row.field for row in rows if row.state is RowState.CHOOSE}
    edits = replace(
        plan.edits,
        texts={field: text for field, text in plan.edits.texts.items() if field not in to_choose},
        mobiles=_carried(plan, now),
    )
    fresh = make_plan(now, edits, read_only=read_only, others=others)
    if to_choose:
        return Conflict(plan, fresh, rows)
    if _shown(fresh.change(RemarkField.MOBILES)) != _shown(plan.change(RemarkField.MOBILES)):
        return CarriedOver(fresh, plan)
    return Agreed(fresh)


def _yours(plan: Plan, field: RemarkField) -> str | None:
    change = plan.change(field)
    return change.after if isinstance(change, TextChange) else None


def _carried(plan: Plan, now: SeenRemark) -> MobileChanges | UnseenMobiles:
    mobiles = plan.edits.mobiles
    if isinstance(mobiles, UnseenMobiles) or now.values.mobiles is HIDDEN:
        return mobiles
    return mobiles.carried_over(plan.before.numbers, now.values.numbers)


def _shown(change: Change | None) -> object:
    """What was confirmed of a change to the mobiles: which lines, in whatever order."""
    return Counter(change.lines) if isinstance(change, MobilesChange) else change
