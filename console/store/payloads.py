"""From JSON as WeCom sent it to the narrow columns that lists show, and back; nothing here can fail."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

Document = dict[str, object]

_LARGEST = 2**63 - 1
_UTF8 = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_ESCAPED = json.JSONEncoder(separators=(",", ":"))


def to_json(document: object) -> str:
    """The document as compact JSON in UTF-8; lone surrogates, which UTF-8 can't hold, stay as \\u escapes."""
    written = _UTF8.encode(document)
    return written if _encodable(written) else _ESCAPED.encode(document)


def quick_json(document: object) -> str:
    """As `to_json`, five times as quick, with what whoever read the document has loaded already."""
    from pydantic_core import to_json as quickly

    try:
        return quickly(document).decode()
    except ValueError:  # half of a surrogate pair
        return to_json(document)


def from_json(written: str | None) -> Document | None:
    """The document that `to_json` wrote, None for None."""
    if written is None:
        return None
    document = json.loads(written)
    return document if isinstance(document, dict) else None


def mapping(value: object) -> Mapping[str, object]:
    """The value when it is a JSON object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def text(value: object) -> str | None:
    """The value when it is a string, else None (not returned); half of a surrogate pair is a question mark."""
    if not isinstance(value, str):
        return None
    if value.isascii() or _encodable(value):
        return value
    return value.encode("utf-8", "replace").decode("utf-8")


def integer(value: object) -> int | None:
    """The value when it is a whole number of 64 bits, else None."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if -_LARGEST <= value <= _LARGEST else None


def texts(value: object) -> list[str] | None:
    """The strings of a JSON list, None when there is no list."""
    if not isinstance(value, list):
        return None
    return [known for item in value if (known := text(item)) is not None]


class ContactColumns(NamedTuple):
    """What lists need of an external_contact; None: not returned."""

    name: str | None
    corp_name: str | None
    type: int | None
    unionid: str | None

    @classmethod
    def of(cls, contact: Mapping[str, object]) -> ContactColumns:
        """Read from an `external_contact` of C2 or C3."""
        return cls(
            text(contact.get("name")),
            text(contact.get("corp_name")),
            integer(contact.get("type")),
            text(contact.get("unionid")),
        )

    def over(self, older: ContactColumns) -> ContactColumns:
        """These fields, and the older ones where this answer returned nothing."""
        return ContactColumns._make(old if new is None else new for new, old in zip(self, older, strict=True))


class FollowColumns(NamedTuple):
    """What lists need of one follower's own fields; None: not returned."""

    remark: str | None
    company: str | None
    mobiles: str | None
    description: str | None
    createtime: int | None
    add_way: int | None
    tag_ids: str | None
    personal_tags: str | None

    @classmethod
    def of_follow_user(cls, follow_user: Mapping[str, object]) -> FollowColumns:
        """Read from C2, where `tags` are objects and only personal ones have no id."""
        tags = follow_user.get("tags")
        if not isinstance(tags, list):
            return cls._of(follow_user, None, None)
        known = [mapping(tag) for tag in tags]
        ids = [text(tag.get("tag_id")) for tag in known]
        personal = [text(tag.get("tag_name")) for tag in known if not tag.get("tag_id")]
        return cls._of(follow_user, [tag for tag in ids if tag], [name for name in personal if name])

    @classmethod
    def of_follow_info(cls, follow_info: Mapping[str, object]) -> FollowColumns:
        """Read from C3, where `tag_id` lists ids and personal tags are never given."""
        return cls._of(follow_info, texts(follow_info.get("tag_id")), None)

    @classmethod
    def _of(cls, fields: Mapping[str, object], tag_ids: list[str] | None, personal: list[str] | None) -> FollowColumns:
        mobiles = texts(fields.get("remark_mobiles"))
        return cls(
            text(fields.get("remark")),
            text(fields.get("remark_corp_name")),
            None if mobiles is None else "\n".join(number for number in mobiles if number),
            text(fields.get("description")),
            integer(fields.get("createtime")),
            integer(fields.get("add_way")),
            None if tag_ids is None else " ".join(tag_ids),
            None if personal is None else "\n".join(personal),
        )

    def over(self, older: FollowColumns) -> FollowColumns:
        """These fields, and the older ones where this answer returned nothing."""
        return FollowColumns._make(old if new is None else new for new, old in zip(self, older, strict=True))


def _encodable(value: str) -> bool:
    if value.isascii():
        return True
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
