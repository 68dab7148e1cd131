"""What is to be said about a plan: problems that refuse it, and notes that do not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.operations.remark.values import RemarkField


class ProblemKind(StrEnum):
    """Why a plan is not written."""

    READ_ONLY = "the profile is read-only"
    NOT_A_CUSTOMER_ID = "a pending or temporary ID, not a customer's"
    NOTHING_CHANGED = "nothing is changed"
    TOO_LONG = "more characters than WeCom takes"
    UNPRINTABLE = "control characters, which WeCom does not take"
    NO_COMPANY = "WeCom customers have no remark company"
    MOBILES_HIDDEN = "numbers can't be added to or removed from a list that is not given to this kind of app"
    MOBILES_SEEN = "the list can be seen now, so it is not overwritten as a whole"


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason that refuses a plan; `length` and `limit` in characters, for TOO_LONG."""

    kind: ProblemKind
    field: RemarkField | None = None
    length: int = 0
    limit: int = 0


class NoteKind(StrEnum):
    """What an agent should know about a plan; none of it refuses."""

    COLLEAGUE_HAS_IT = "another follower's remark holds this number already"
    ONLY_BLANKS = "the text is blanks only"
    FORMAT_ONLY = "the same number in another spelling, which is no change"
    DOUBLE = "the number stands there more than once"
    LETTERS = "the number has letters in it"
    ODD_NUMBER = "it does not look like a phone number"
    NOT_THERE = "a number to be removed is not there"
    ALREADY_THERE = "a number to be added is there already"
    LIST_NOT_RETURNED = "WeCom returned no list of mobiles, taken as none"
    CLEARS_MOBILES = "all mobiles are cleared"
    OVERWRITES_UNSEEN = "a list that nobody here can see is overwritten, and that can't be undone"
    ONLY_EMPTYING = "all that is sent is empty, which WeCom may refuse with 40058"
    PICTURE_UNSEEN = "a picture can't be read back, nor undone"
    NOT_UNDONE = "this part of the write can't be undone"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know: the number as typed, the spelling that WeCom has, the other follower, the field, how many."""

    kind: NoteKind
    number: str = ""
    there: str = ""
    userid: str = ""
    field: RemarkField = RemarkField.MOBILES
    count: int = 0
