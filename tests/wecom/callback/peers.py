"""Somebody else's code for the same envelope: wechatpy, and WeCom's own WXBizMsgCrypt as weworkapi ships it."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from importlib import import_module

from wechatpy.work.crypto import WeChatCrypto

from console.wecom.callback.envelope import Envelope, SignedQuery

# weworkapi imports a name that Python dropped in 3.9.
sys.modules.setdefault("xml.etree.cElementTree", ElementTree)
WXBizMsgCrypt = import_module("weworkapi.WXBizMsgCrypt3").WXBizMsgCrypt

TOKEN = "QDG6eK"
KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
CORP = "wx5823bf96d3bd56c7"
TIMESTAMP = 1409659813
NONCE = "1372623149"

__all__ = ["CORP", "KEY", "NONCE", "TIMESTAMP", "TOKEN", "WXBizMsgCrypt", "WeChatCrypto", "envelope", "pushed"]


def envelope(*receive_ids: str, token: str = TOKEN, key: str = KEY) -> Envelope:
    """Ours, with the documents' sample secrets."""
    return Envelope(token, key, receive_ids or (CORP,))


def pushed(reply: str) -> tuple[SignedQuery, bytes]:
    """What a peer sealed as a reply, as the push of it that WeCom would make: signature and time in the query."""
    root = ElementTree.fromstring(reply)
    encrypt, signature, timestamp, nonce = (
        root.findtext(name) or "" for name in ("Encrypt", "MsgSignature", "TimeStamp", "Nonce")
    )
    body = f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"
    return SignedQuery(signature, timestamp, nonce), body.encode()
