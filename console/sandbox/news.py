"""What happened to customers, and the message that tells it, as each kind of app is sent it.

Follows WeCom documents 92130 (self-built apps), 96361 (provider-developed) and 92277 (third-party apps).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from console.sandbox.identity import Identities
from console.sandbox.options import AppKind, Credentials
from console.sandbox.staff import Staff

ADDED = "add_external_contact"
ADDED_HALF = "add_half_external_contact"
EDITED = "edit_external_contact"
REMOVED = "del_external_contact"
LEFT = "del_follow_user"
TRANSFER_FAILED = "transfer_fail"
CONSENT = "msg_audit_approved"


@dataclass(frozen=True, slots=True)
class News:
    """One change of a relation; persons and members are numbers. `fields` are those of this kind of change.

    `mobiles_alone`: an edit of nothing but mobiles, of which apps of a suite are not told.
    """

    change: str
    person: int
    member: int
    fields: dict[str, str] = field(default_factory=dict)
    mobiles_alone: bool = False


class Editor:
    """Writes news as messages of one corp."""

    def __init__(self, credentials: Credentials, identities: Identities, staff: Staff) -> None:
        self._credentials = credentials
        self._identities = identities
        self._staff = staff

    def message(self, news: News, kind: AppKind, at: int) -> bytes | None:
        """The message for an app of that kind, None for what it is not told."""
        if kind is AppKind.THIRD_PARTY and news.mobiles_alone:
            return None
        change: dict[str, str | int] = {
            "ChangeType": news.change,
            "UserID": self._staff.userid(news.member),
            "ExternalUserID": self._identities.external_userid(news.person, kind),
            **news.fields,
        }
        return _xml(self._head("change_external_contact", kind, at) | change).encode()

    def group_news(self, kind: AppKind, at: int) -> bytes:
        """Something about a group chat: an event that most programs have never heard of."""
        event: dict[str, str | int] = {
            "ChatId": self._identities.opaque(f"chat/{at}", 32),
            "ChangeType": "update",
            "UpdateDetail": "add_member",
            "JoinScene": 1,
            "MemChangeCnt": 1,
        }
        return _xml(self._head("change_external_chat", kind, at) | event).encode()

    def suite_ticket(self, at: int) -> bytes:
        """What a suite is sent every ten minutes."""
        known = self._credentials
        return _xml(
            {
                "SuiteId": known.suite_id,
                "InfoType": "suite_ticket",
                "TimeStamp": at,
                "SuiteTicket": known.suite_ticket,
            }
        ).encode()

    def receive_id(self, kind: AppKind) -> str:
        """For whom messages to that kind of app are sealed."""
        return self._credentials.suite_id if kind is AppKind.THIRD_PARTY else self._credentials.corp_id

    def _head(self, event: str, kind: AppKind, at: int) -> dict[str, str | int]:
        known = self._credentials
        if kind is AppKind.THIRD_PARTY:
            return {"SuiteId": known.suite_id, "AuthCorpId": known.corp_id, "InfoType": event, "TimeStamp": at}
        return {
            "ToUserName": known.corp_id,
            "FromUserName": "sys",
            "CreateTime": at,
            "MsgType": "event",
            "Event": event,
        }


def _xml(fields: dict[str, str | int]) -> str:
    """Fields in WeCom's form: numbers bare, texts in CDATA."""
    return f"<xml>{''.join(f'<{name}>{_value(value)}</{name}>' for name, value in fields.items())}</xml>"


def _value(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    return "<![CDATA[" + value.replace("]]>", "]]]]><![CDATA[>") + "]]>"
