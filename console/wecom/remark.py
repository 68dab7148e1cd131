"""The body of a remark change (C4): which keys it may have, and which bodies are never sent."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from console.wecom.errors import WeComFailure
from console.wecom.ids import as_external_userid

REMARK: Final = "/externalcontact/remark"

LIMITS: Final[Mapping[str, int]] = MappingProxyType({"remark": 20, "description": 150, "remark_company": 20})
"""The longest text WeCom takes in each key, in characters (code points), not bytes."""

NO_MOBILES: Final = ("",)
"""What `remark_mobiles` is sent as to clear it: an empty list would leave the numbers as they are."""

_TEXTS: Final = ("remark", "description", "remark_company", "remark_pic_mediaid")
_KEYS: Final = frozenset({"userid", "external_userid", "remark_mobiles", *_TEXTS})
_WRITTEN_WITHOUT_ESCAPE: Final = "\b\t\n\f\r"


RemarkBody: TypeAlias = "Mapping[str, object]"
"""One C4 request: `userid`, `external_userid`, and of `remark`, `description`, `remark_company`, `remark_mobiles`
(a list) and `remark_pic_mediaid` the keys that change, no others.

"" empties a text. `remark_mobiles` replaces all numbers at once, and [""] clears them. WeCom ignores `remark_company`
for a customer of type 2; C2 and C3 give it back as `remark_corp_name`.
"""


class WhyNotSendable(StrEnum):
    """What keeps a body from being sent."""

    UNKNOWN_KEY = "a key that the API does not have"
    WRONG_TYPE = "a value of the wrong type"
    NO_USERID = "no userid"
    NO_CHANGE = "nothing to change"
    NO_NUMBERS = "an empty list, which changes nothing"
    UNPRINTABLE = "a control character, or half of one"


class NotSendable(WeComFailure):
    """A remark body that is refused before any request; `key` names the part, "" for the whole."""

    endpoint = REMARK
    may_have_arrived = False

    def __init__(self, why: WhyNotSendable, key: str = "") -> None:
        super().__init__(why, key)
        self.why = why
        self.key = key

    def __str__(self) -> str:
        return f"{self.endpoint}: not sent: {self.why.value} {self.key}".rstrip()


def check_body(body: RemarkBody) -> None:
    """Refuse a body that WeCom could misunderstand.

    Raises NotAnExternalUserid for a pending id and any other id that is no customer's, and NotSendable. Lengths
    are WeCom's to judge.
    """
    for key, value in body.items():
        if key not in _KEYS:
            raise NotSendable(WhyNotSendable.UNKNOWN_KEY, key)
        _check_value(key, value)
    as_external_userid(str(body.get("external_userid", "")))
    if not body.get("userid"):
        raise NotSendable(WhyNotSendable.NO_USERID)
    if body.keys() <= {"userid", "external_userid"}:
        raise NotSendable(WhyNotSendable.NO_CHANGE)


def _check_value(key: str, value: object) -> None:
    texts: list[object] = [value]
    if key == "remark_mobiles":
        if not isinstance(value, list):
            raise NotSendable(WhyNotSendable.WRONG_TYPE, key)
        if not value:
            raise NotSendable(WhyNotSendable.NO_NUMBERS, key)
        texts = value
    for text in texts:
        if not isinstance(text, str):
            raise NotSendable(WhyNotSendable.WRONG_TYPE, key)
        if not _can_be_written(text):
            raise NotSendable(WhyNotSendable.UNPRINTABLE, key)


def _can_be_written(text: str) -> bool:
    """Whether JSON holds the text without a \\u escape, which WeCom refuses (40033)."""
    return not any(
        (character < " " and character not in _WRITTEN_WITHOUT_ESCAPE) or "\ud800" <= character <= "\udfff"
        for character in text
    )
