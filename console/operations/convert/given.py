"""The two ids that a conversion is asked with: tidied, and looked at before they cost anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from console.store import Records
from console.wecom.ids import SubjectType

_LONGEST = 128
_CUSTOMER_ID_LENGTH = 32


class IdField(StrEnum):
    """Which of the two ids."""

    UNIONID = "unionid"
    OPENID = "openid"


class WhyWrong(StrEnum):
    """Why a text can be no id."""

    EMPTY = "empty"
    BROKEN = "a blank, a line end or another sign in it that no id has"
    TOO_LONG = "longer than any id"


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with one of the two; nothing is sent with it."""

    field: IdField
    why: WhyWrong


class Doubt(StrEnum):
    """Why the ids look odd; the operator may know better, so it is asked about."""

    SAME = "both are the same"
    SWAPPED = "one was the other kind before"
    CUSTOMER_ID = "one looks like a customer ID"
    PENDING_ID = "one is a pending ID"


@dataclass(frozen=True, slots=True)
class Given:
    """What to convert; made by `given`, which takes blanks and line ends around the ids away (`was_tidied`)."""

    unionid: str
    openid: str
    subject_type: SubjectType = SubjectType.CORP
    was_tidied: bool = False


def given(unionid: str, openid: str, subject_type: SubjectType = SubjectType.CORP) -> Given:
    """The ids as they are meant, without what a paste brings along around them."""
    tidied = unionid.strip(), openid.strip()
    return Given(*tidied, subject_type, was_tidied=tidied != (unionid, openid))


def mistakes(what: Given, *, needs_openid: bool = True) -> tuple[Mistake, ...]:
    """What is wrong with the ids; a self-built app's look at what is known needs no openid."""
    fields = [(IdField.UNIONID, what.unionid)] + [(IdField.OPENID, what.openid)] * needs_openid
    return tuple(Mistake(field, why) for field, text in fields if (why := _why_wrong(text)))


def doubts(what: Given, records: Records) -> tuple[Doubt, ...]:
    """What looks odd about ids that are well formed, as far as their look and the mappings tell."""
    return tuple(_doubts(what, records))


def _why_wrong(text: str) -> WhyWrong | None:
    if not text:
        return WhyWrong.EMPTY
    if not all("!" <= character <= "~" for character in text):
        return WhyWrong.BROKEN
    return WhyWrong.TOO_LONG if len(text) > _LONGEST else None


def _doubts(what: Given, records: Records) -> Iterator[Doubt]:
    if what.unionid == what.openid:
        yield Doubt.SAME
        return
    mappings = records.mappings
    if mappings.of_openid(what.unionid) or mappings.of_unionid(what.openid):
        yield Doubt.SWAPPED
    if any(text.startswith(("wo", "wm")) and len(text) == _CUSTOMER_ID_LENGTH for text in (what.unionid, what.openid)):
        yield Doubt.CUSTOMER_ID
    if any(mappings.of_pending_id(text) for text in (what.unionid, what.openid)):
        yield Doubt.PENDING_ID
