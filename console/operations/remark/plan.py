"""A remark change that is not written yet: before, after, the exact request body, and what is to be said about it.

Pure: nothing here asks WeCom, reads a clock or touches a store.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from console.operations.remark.changes import (
    Change,
    MobilesChange,
    PictureChange,
    TextChange,
    UnseenChange,
    picture_name,
)
from console.operations.remark.edits import Edits, PictureFile, PictureMedia, UnseenMobiles
from console.operations.remark.mobiles import MobileChanges, mobile_key
from console.operations.remark.notes import Note, NoteKind, Problem, ProblemKind
from console.operations.remark.values import (
    HIDDEN,
    TEXT_FIELDS,
    OtherRemark,
    RemarkField,
    RemarkValues,
    SeenRemark,
)
from console.wecom.ids import NotAnExternalUserid
from console.wecom.remark import LIMITS, NO_MOBILES, NotSendable, WhyNotSendable, check_body

WECOM_CUSTOMER: Final = 2
Body = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written to one relation, and what it would change.

    `body` is C4's request as it is sent (a picture file stands in it by its name until it is uploaded): who, whom,
    and the changed keys, no others. `problems` refuse the plan, `notes` do not. Follows WeCom document 92115.
    """

    opened: SeenRemark
    edits: Edits
    after: RemarkValues
    changes: tuple[Change, ...]
    body: Body
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def before(self) -> RemarkValues:
        """What was there when the plan was made."""
        return self.opened.values

    @property
    def fields(self) -> tuple[RemarkField, ...]:
        """The fields that are sent, in the order of the form."""
        return tuple(change.field for change in self.changes)

    @property
    def not_sent(self) -> tuple[RemarkField, ...]:
        """The fields that are left as they are, whatever they are when this is written."""
        return tuple(field for field in RemarkField if field not in self.fields)

    @property
    def may_be_written(self) -> bool:
        """Whether nothing refuses it."""
        return not self.problems

    @property
    def picture_file(self) -> PictureFile | None:
        """The file that is to be uploaded first, if any."""
        return self.edits.picture if isinstance(self.edits.picture, PictureFile) else None

    @property
    def overwrites_unseen(self) -> bool:
        """Whether it destroys a list that nobody here can see: confirmed by typing, not undoable."""
        return isinstance(self.edits.mobiles, UnseenMobiles)

    def change(self, field: RemarkField) -> Change | None:
        """The change of one field, None when it is left as it is."""
        return next((change for change in self.changes if change.field is field), None)

    def with_media(self, media_id: str) -> Plan:
        """The same with the picture at WeCom, by its media id."""
        edits = replace(self.edits, picture=PictureMedia(media_id))
        body = {**self.body, RemarkField.PICTURE.value: media_id}
        changes = tuple(
            PictureChange(PictureMedia(media_id)) if isinstance(c, PictureChange) else c for c in self.changes
        )
        return replace(self, edits=edits, body=body, changes=changes)


def make_plan(opened: SeenRemark, edits: Edits, *, read_only: bool = False, others: Sequence[OtherRemark] = ()) -> Plan:
    """What these edits make of the remark as it was seen; always a plan, with `problems` where it can't be written.

    `read_only` is the profile's; `others` are the other followers' remarks, looked into for the same numbers.
    """
    changes = tuple(_changes(opened, edits))
    after = _after(opened.values, changes)
    body: dict[str, object] = {"userid": opened.userid, "external_userid": opened.external_userid}
    body |= {change.field.value: _sent(change) for change in changes}
    problems = tuple(_problems(opened, edits, changes, body, read_only))
    notes = (*edits.notes, *_notes(opened.values, edits, changes, body, others))
    return Plan(opened, edits, after, changes, body, problems, notes)


def only_empties(body: Body) -> bool:
    """Whether all that a body would set is empty, which WeCom may refuse with 40058 (document 92115)."""
    set_to = [value for key, value in body.items() if key not in ("userid", "external_userid")]
    return bool(set_to) and all(value in ("", [*NO_MOBILES]) for value in set_to)


def _changes(opened: SeenRemark, edits: Edits) -> Iterator[Change]:
    before = opened.values
    for field in TEXT_FIELDS:
        if field in edits.texts and edits.texts[field] != before.text(field):
            yield TextChange(field, before.text(field), edits.texts[field])
    if isinstance(edits.mobiles, UnseenMobiles):
        yield UnseenChange(edits.mobiles.numbers)
    elif edits.mobiles and before.mobiles is not HIDDEN:
        change = MobilesChange.of(before.numbers, edits.mobiles)
        if edits.mobiles.added or edits.mobiles.places_removed(before.numbers):
            yield change
    if edits.picture is not None:
        yield PictureChange(edits.picture)


def _after(before: RemarkValues, changes: Sequence[Change]) -> RemarkValues:
    after = before
    for change in changes:
        match change:
            case TextChange():
                after = replace(after, texts={**after.texts, change.field: change.after})
            case MobilesChange():
                after = replace(after, mobiles=change.after)
            case UnseenChange():
                after = replace(after, mobiles=change.numbers)
    return after


def _sent(change: Change) -> object:
    match change:
        case TextChange():
            return change.after
        case MobilesChange():
            return list(change.after or NO_MOBILES)
        case UnseenChange():
            return list(change.numbers or NO_MOBILES)
        case PictureChange():
            return picture_name(change.picture)


def _problems(
    opened: SeenRemark, edits: Edits, changes: Sequence[Change], body: Body, read_only: bool
) -> Iterator[Problem]:
    if read_only:
        yield Problem(ProblemKind.READ_ONLY)
    hidden = opened.values.mobiles is HIDDEN
    refused_mobiles = isinstance(edits.mobiles, MobileChanges) and bool(edits.mobiles) and hidden
    if not changes and not refused_mobiles:
        yield Problem(ProblemKind.NOTHING_CHANGED)
    for change in changes:
        if not isinstance(change, TextChange):
            continue
        most = LIMITS[change.field]
        if len(change.after) > most:
            yield Problem(ProblemKind.TOO_LONG, change.field, len(change.after), most)
        if change.field is RemarkField.COMPANY and opened.customer_type == WECOM_CUSTOMER:
            yield Problem(ProblemKind.NO_COMPANY, change.field)
    if refused_mobiles:
        yield Problem(ProblemKind.MOBILES_HIDDEN, RemarkField.MOBILES)
    if isinstance(edits.mobiles, UnseenMobiles) and not hidden:
        yield Problem(ProblemKind.MOBILES_SEEN, RemarkField.MOBILES)
    try:
        check_body(body)
    except NotAnExternalUserid:
        yield Problem(ProblemKind.NOT_A_CUSTOMER_ID)
    except NotSendable as failure:
        if failure.why is WhyNotSendable.UNPRINTABLE:
            yield Problem(ProblemKind.UNPRINTABLE, RemarkField(failure.key) if failure.key in [*RemarkField] else None)


def _notes(
    before: RemarkValues, edits: Edits, changes: Sequence[Change], body: Body, others: Sequence[OtherRemark]
) -> Iterator[Note]:
    for change in changes:
        match change:
            case TextChange() if change.after and not change.after.strip():
                yield Note(NoteKind.ONLY_BLANKS, field=change.field)
            case MobilesChange():
                if before.mobiles is None:
                    yield Note(NoteKind.LIST_NOT_RETURNED)
                if change.clears:
                    yield Note(NoteKind.CLEARS_MOBILES, count=change.count_before)
            case UnseenChange():
                yield Note(NoteKind.OVERWRITES_UNSEEN, count=len(change.numbers))
            case PictureChange():
                yield Note(NoteKind.PICTURE_UNSEEN, field=change.field)
    if only_empties(body):
        yield Note(NoteKind.ONLY_EMPTYING)
    coming = edits.mobiles.numbers if isinstance(edits.mobiles, UnseenMobiles) else edits.mobiles.added
    holders = {mobile_key(number): other.userid for other in reversed(others) for number in other.values.numbers}
    for number in coming:
        if holder := holders.get(mobile_key(number)):
            yield Note(NoteKind.COLLEAGUE_HAS_IT, number, userid=holder)
