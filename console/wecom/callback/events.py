"""The events within the envelopes: a decrypted message as one typed `Event`, of any kind, in either form.

Follows WeCom documents 92130 (self-built apps), 96361 (provider-developed) and 92277 (third-party apps).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from console.wecom.callback.fields import read_fields
from console.wecom.callback.rejection import Reason, Rejected
from console.wecom.ids import ExternalUserId, UserId
from console.wecom.redact import HIDDEN

CUSTOMER_CHANGE: Final = "change_external_contact"
DELETE_BY_TRANSFER: Final = "DELETE_BY_TRANSFER"


class Kind(StrEnum):
    """What happened; the values are WeCom's ChangeType or InfoType where it has one for it."""

    ADDED = "add_external_contact"
    ADDED_HALF = "add_half_external_contact"
    EDITED = "edit_external_contact"
    REMOVED = "del_external_contact"
    HANDED_OVER = "handed_over"
    """A del_external_contact whose Source says that another follower has the customer now."""
    LEFT = "del_follow_user"
    TRANSFER_FAILED = "transfer_fail"
    CONSENT = "msg_audit_approved"
    SUITE_TICKET = "suite_ticket"
    OTHER = "other"
    """Anything else: other events, messages, change types still to come; kept as sent."""
    UNREADABLE = "unreadable"
    """Neither XML nor JSON; kept as sent."""


class FailReason(StrEnum):
    """Why a transfer failed, as far as it is documented; another text is kept as it is."""

    CUSTOMER_REFUSED = "customer_refused"
    CUSTOMER_LIMIT_EXCEED = "customer_limit_exceed"


@dataclass(frozen=True, slots=True)
class Event:
    """One verified message. None: the field was not sent, which is not the same as empty.

    `fingerprint` is the SHA-256 of the message, hexadecimal: the same for each delivery of one event, another as
    soon as any field differs. `occurred_at` is its CreateTime or TimeStamp in Unix seconds. `name` is what WeCom
    calls it: the ChangeType, else Event, InfoType or MsgType. `corp_id` is the corp it is about, `suite_id` the
    suite it was sent to. `fields` are those right below the root, and `message` all of it as sent, with the
    secrets in them blanked out; `suite_ticket` is such a secret.
    """

    kind: Kind
    name: str
    third_party: bool
    fingerprint: str
    occurred_at: int | None
    corp_id: str | None
    suite_id: str | None
    userid: UserId | None
    external_userid: ExternalUserId | None
    state: str | None
    welcome_code: str | None
    source: str | None
    fail_reason: str | None
    suite_ticket: str | None = field(repr=False)
    fields: Mapping[str, str] = field(hash=False, repr=False)
    message: str = field(repr=False)

    @property
    def answer(self) -> bytes:
        """The body WeCom expects in answer to it: `success` to a suite's own callbacks, else none."""
        return b"success" if self.third_party else b""


def event_of(message: bytes) -> Event:
    """The event in a decrypted message, XML or JSON.

    Raises `Rejected` only for XML that could do harm (FORBIDDEN) and for more than 1 MiB; a message that can't be
    read is an event too, since WeCom sent it and will not send it for long. Bytes that are no UTF-8, as a text that
    was cut in the middle of a character leaves them, become U+FFFD.
    """
    text = message.decode("utf-8", "replace")
    fields, readable = _fields_of(text.encode())
    found = {name.lower(): value for name, value in fields.items()}
    ticket = found.get("suiteticket")
    third_party = "infotype" in found
    return Event(
        kind=_kind(found) if readable else Kind.UNREADABLE,
        name=next((value for name in _NAMES if (value := found.get(name))), ""),
        third_party=third_party,
        fingerprint=sha256(message).hexdigest(),
        occurred_at=_seconds(found.get("timestamp" if third_party else "createtime")),
        corp_id=found.get("authcorpid") or found.get("tousername"),
        suite_id=found.get("suiteid"),
        userid=UserId(userid) if (userid := found.get("userid")) else None,
        external_userid=ExternalUserId(customer) if (customer := found.get("externaluserid")) else None,
        state=found.get("state"),
        welcome_code=found.get("welcomecode") or None,
        source=found.get("source"),
        fail_reason=found.get("failreason"),
        suite_ticket=None if ticket == HIDDEN else ticket,
        fields=MappingProxyType({name: HIDDEN if name.lower() in _SECRET else fields[name] for name in fields}),
        message=_without_secrets(text),
    )


_NAMES: Final = ("changetype", "event", "infotype", "msgtype")
_SECRET: Final = frozenset({"suiteticket", "authcode"})
_CHANGES: Final = frozenset(Kind) - {Kind.HANDED_OVER, Kind.SUITE_TICKET, Kind.OTHER, Kind.UNREADABLE}
# Compiled when first needed: hardly any message holds a secret, and whoever only reads the feed starts quicker.
_SECRET_IN_XML: Final = r"(?is)(<(?:SuiteTicket|AuthCode)\b[^>]*>\s*)(?:<!\[CDATA\[.*?(?:\]\]>|\Z)|[^<]*)"
_SECRET_IN_JSON: Final = r'(?is)("(?:SuiteTicket|AuthCode)"\s*:\s*)(?:"(?:[^"\\]|\\.)*(?:"|\Z)|[^",}\s]+)'


def _fields_of(message: bytes) -> tuple[dict[str, str], bool]:
    try:
        return read_fields(message), True
    except Rejected as rejected:
        if rejected.reason is Reason.MALFORMED:
            return {}, False
        raise


def _kind(found: Mapping[str, str]) -> Kind:
    about = found.get("event") or found.get("infotype")
    if about == Kind.SUITE_TICKET and "infotype" in found:
        return Kind.SUITE_TICKET
    change = found.get("changetype", "")
    if about != CUSTOMER_CHANGE or change not in _CHANGES:
        return Kind.OTHER
    if change == Kind.REMOVED and found.get("source") == DELETE_BY_TRANSFER:
        return Kind.HANDED_OVER
    return Kind(change)


def _seconds(text: str | None) -> int | None:
    """Whole Unix seconds; anything else is no time."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 12 else None


def _without_secrets(message: str) -> str:
    if not any(name in message.lower() for name in _SECRET):
        return message
    message = re.sub(_SECRET_IN_XML, rf"\g<1>{HIDDEN}", message)
    return re.sub(_SECRET_IN_JSON, rf'\g<1>"{HIDDEN}"', message)
