"""The welcome message (send_welcome_msg): one for a code, within twenty seconds; and which messages are never sent.

Follows WeCom document 92137.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from console.wecom.answer import JSON
from console.wecom.errors import WeComFailure

SEND_WELCOME: Final = "/externalcontact/send_welcome_msg"
CODE_LIFE: Final = 20.0
"""Seconds after the event in which its code can be used."""

MOST_TEXT_BYTES: Final = 4000
MOST_ATTACHMENTS: Final = 9


class AttachmentKind(StrEnum):
    """The `msgtype` of an attachment."""

    IMAGE = "image"
    LINK = "link"
    MINI_PROGRAM = "miniprogram"
    VIDEO = "video"
    FILE = "file"


NEEDED: Final[Mapping[AttachmentKind, tuple[str, ...]]] = MappingProxyType(
    {
        AttachmentKind.IMAGE: (),
        AttachmentKind.LINK: ("title", "url"),
        AttachmentKind.MINI_PROGRAM: ("title", "pic_media_id", "appid", "page"),
        AttachmentKind.VIDEO: ("media_id",),
        AttachmentKind.FILE: ("media_id",),
    }
)
"""The fields that each kind must have; an image has `media_id` or `pic_url`, and `media_id` wins."""

_ALSO: Final = {AttachmentKind.IMAGE: ("media_id", "pic_url"), AttachmentKind.LINK: ("picurl", "desc")}
_MOST_BYTES: Final = {
    (AttachmentKind.LINK, "title"): 128,
    (AttachmentKind.LINK, "desc"): 512,
    (AttachmentKind.MINI_PROGRAM, "title"): 64,
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment: its fields by WeCom's names."""

    kind: AttachmentKind
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WelcomeMessage:
    """A text (up to 4,000 bytes of UTF-8), up to nine attachments, or both."""

    text: str = ""
    attachments: tuple[Attachment, ...] = ()

    def body(self) -> JSON:
        """The request but for its code."""
        found: JSON = {"text": {"content": self.text}} if self.text else {}
        if self.attachments:
            found["attachments"] = [
                {"msgtype": one.kind.value, one.kind.value: dict(one.fields)} for one in self.attachments
            ]
        return found


class WhyNoWelcome(StrEnum):
    """What keeps a message from being sent."""

    EMPTY = "neither text nor attachment"
    TOO_LONG = "too many bytes"
    TOO_MANY = "too many attachments"
    INCOMPLETE = "a part is missing"
    UNKNOWN_KEY = "a part that the API does not have"
    UNPRINTABLE = "a control character, or half of one"


class UnsendableWelcome(WeComFailure):
    """A message that is refused before any request; `part` names what is wrong, `size` and `limit` how much."""

    endpoint = SEND_WELCOME
    may_have_arrived = False

    def __init__(self, why: WhyNoWelcome, part: str = "", size: int = 0, limit: int = 0) -> None:
        super().__init__(why, part, size, limit)
        self.why = why
        self.part = part
        self.size = size
        self.limit = limit

    def __str__(self) -> str:
        return f"{self.endpoint}: not sent: {self.why.value} {self.part}".rstrip()


def check_welcome(message: WelcomeMessage) -> None:
    """Refuse a message that WeCom would refuse, and cost the code. Raises UnsendableWelcome."""
    if not message.text and not message.attachments:
        raise UnsendableWelcome(WhyNoWelcome.EMPTY)
    _check_text("text", message.text, MOST_TEXT_BYTES)
    if len(message.attachments) > MOST_ATTACHMENTS:
        raise UnsendableWelcome(WhyNoWelcome.TOO_MANY, "attachments", len(message.attachments), MOST_ATTACHMENTS)
    for attachment in message.attachments:
        _check_attachment(attachment)


def _check_attachment(attachment: Attachment) -> None:
    kind, fields = attachment.kind, attachment.fields
    for name, value in fields.items():
        if name not in NEEDED[kind] and name not in _ALSO.get(kind, ()):
            raise UnsendableWelcome(WhyNoWelcome.UNKNOWN_KEY, f"{kind.value}.{name}")
        _check_text(f"{kind.value}.{name}", value, _MOST_BYTES.get((kind, name), 0))
    for name in NEEDED[kind]:
        if not fields.get(name):
            raise UnsendableWelcome(WhyNoWelcome.INCOMPLETE, f"{kind.value}.{name}")
    if kind is AttachmentKind.IMAGE and not (fields.get("media_id") or fields.get("pic_url")):
        raise UnsendableWelcome(WhyNoWelcome.INCOMPLETE, "image.media_id")


def _check_text(part: str, text: str, most: int) -> None:
    if any((one < " " and one not in "\t\n\r") or "\ud800" <= one <= "\udfff" for one in text):
        raise UnsendableWelcome(WhyNoWelcome.UNPRINTABLE, part)
    size = len(text.encode())
    if most and size > most:
        raise UnsendableWelcome(WhyNoWelcome.TOO_LONG, part, size, most)
