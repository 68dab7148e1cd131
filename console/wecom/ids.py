"""The ids of WeCom: which text may stand where, decided before any request."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class UserId(str):
    """A member's id as this app sees it (a userid or an open_userid); never judged by its look.

    WeCom compares userids without regard to case; `UserId` keeps the spelling it was given.
    """

    __slots__ = ()

    @property
    def folded(self) -> str:
        """The spelling to compare by."""
        return self.lower()


class ExternalUserId(str):
    """A customer's id in the id space of one kind of app (`wo...`, `wm...`, or a prefix still unknown)."""

    __slots__ = ()


class PendingId(str):
    """A `p...` id from the unionid conversion: good for 90 days, and only to link a mapping."""

    __slots__ = ()


class TmpOpenid(str):
    """A served contact's id, good for one traversal of contact_list (document 99434).

    Nothing documented in its look tells it from another id, so only its type keeps it out of customer calls.
    """

    __slots__ = ()


class TmpExternalUserid(str):
    """An `ou...` id of a meeting, a form or a document (document 98729): never an external_userid."""

    __slots__ = ()


class SubjectType(IntEnum):
    """Who owns the mini program or official account that an openid is of (document 95900)."""

    CORP = 0
    PROVIDER = 1


class IdKind(StrEnum):
    """What a text is, as far as its type and prefix tell."""

    EXTERNAL_USERID = "external_userid"
    PENDING = "pending_id"
    TMP_OPENID = "tmp_openid"
    TMP_EXTERNAL_USERID = "tmp_external_userid"
    EMPTY = "empty"
    MALFORMED = "malformed"
    UNKNOWN = "unknown"


class NotAnExternalUserid(ValueError):
    """Raised for a text that can't be an external_userid; `why` says what it is instead."""

    def __init__(self, text: str, why: IdKind) -> None:
        super().__init__(text, why)
        self.text = text
        self.why = why

    def __str__(self) -> str:
        return f"not an external_userid but {self.why.value}: {self.text!r}"


def kind_of(text: str) -> IdKind:
    """Tell what an id is from its type, then from its prefix.

    `wo` and `wm` are customers, `p` a pending id, `ou` and `tmp` temporary ids; a text with anything but
    visible ASCII, or of more than 128 characters, is malformed; any other prefix is unknown.
    """
    if isinstance(text, TmpOpenid):
        return IdKind.TMP_OPENID
    if isinstance(text, TmpExternalUserid):
        return IdKind.TMP_EXTERNAL_USERID
    if isinstance(text, PendingId):
        return IdKind.PENDING
    if not text.strip():
        return IdKind.EMPTY
    if _is_malformed(text):
        return IdKind.MALFORMED
    if text.startswith(("wo", "wm")):
        return IdKind.EXTERNAL_USERID
    return _kind_by_other_prefix(text)


def _kind_by_other_prefix(text: str) -> IdKind:
    lowered = text.lower()
    if lowered.startswith(("tmp_openid", "tmp_id", "tmpopenid")):
        return IdKind.TMP_OPENID
    if text.startswith("ou") or lowered.startswith("tmp"):
        return IdKind.TMP_EXTERNAL_USERID
    if text.startswith("p"):
        return IdKind.PENDING
    return IdKind.UNKNOWN


def _is_malformed(text: str) -> bool:
    return len(text) > 128 or not all("!" <= character <= "~" for character in text)


def as_external_userid(text: str) -> ExternalUserId:
    """Take a text as a customer's id; an unknown prefix is passed on for the server to judge.

    Raises NotAnExternalUserid for the empty string, pending ids, temporary ids and malformed text.
    """
    kind = kind_of(text)
    if kind in (IdKind.EXTERNAL_USERID, IdKind.UNKNOWN):
        return ExternalUserId(text)
    raise NotAnExternalUserid(text, kind)
