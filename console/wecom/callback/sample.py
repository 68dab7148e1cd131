"""A message of any kind as WeCom would send it, to try a receiver with. Pure.

Follows WeCom documents 92130 (self-built apps) and 92277 (third-party apps).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, TypeAlias

from console.wecom.callback.events import CUSTOMER_CHANGE, DELETE_BY_TRANSFER, Kind
from console.wecom.callback.xml import write_xml

Fields: TypeAlias = "dict[str, str | int]"

SAMPLES: Final = tuple(kind.value for kind in Kind if kind not in (Kind.OTHER, Kind.UNREADABLE))
"""What there are samples of: WeCom's ChangeTypes, `handed_over`, and `suite_ticket`."""

_USERID: Final = "zhangsan"
_CUSTOMER: Final = "woAJ2GCAAAXtWyujaWJHDDGi0mACH71w"
_OWN_FIELDS: Final[Mapping[Kind, Mapping[str, str]]] = {
    Kind.ADDED: {"State": "teststate", "WelcomeCode": "WELCOMECODE"},
    Kind.ADDED_HALF: {"State": "teststate", "WelcomeCode": "WELCOMECODE"},
    Kind.HANDED_OVER: {"Source": DELETE_BY_TRANSFER},
    Kind.TRANSFER_FAILED: {"FailReason": "customer_refused"},
    Kind.CONSENT: {"WelcomeCode": "WELCOMECODE"},
}


def sample(
    kind: Kind, *, corp_id: str, at: int, suite_id: str = "", userid: str = "", external_userid: str = ""
) -> Fields:
    """The fields of one message, at `at` in Unix seconds; with a `suite_id` in the form for third-party apps."""
    if kind is Kind.SUITE_TICKET:
        head: Fields = {"SuiteId": suite_id, "InfoType": kind.value, "TimeStamp": at}
        return head | {"SuiteTicket": "a-ticket-of-no-worth"}
    if suite_id:
        head = {"SuiteId": suite_id, "AuthCorpId": corp_id, "InfoType": CUSTOMER_CHANGE, "TimeStamp": at}
    else:
        head = {"ToUserName": corp_id, "FromUserName": "sys", "CreateTime": at, "MsgType": "event"}
        head["Event"] = CUSTOMER_CHANGE
    change = Kind.REMOVED if kind is Kind.HANDED_OVER else kind
    who = {"UserID": userid or _USERID, "ExternalUserID": external_userid or _CUSTOMER}
    return {**head, "ChangeType": change.value, **who, **_OWN_FIELDS.get(kind, {})}


def as_xml(fields: Fields) -> bytes:
    """The message in XML."""
    return write_xml(fields).encode()


def as_json(fields: Fields) -> bytes:
    """The message in JSON."""
    return json.dumps(fields, ensure_ascii=False).encode()
