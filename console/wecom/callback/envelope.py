"""The callback envelope of one address: opens what WeCom sends, and seals what is sent in its form.

Follows WeCom documents 90930 and 90968.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, NamedTuple, Self
from urllib.parse import parse_qsl, urlencode

from console.wecom.callback.crypto import SALT, Crypto
from console.wecom.callback.fields import LARGEST, read_fields
from console.wecom.callback.keys import is_token
from console.wecom.callback.rejection import Reason, Rejected
from console.wecom.callback.signature import is_signed, signature_of
from console.wecom.callback.xml import write_xml

_MOST_PARAMETERS: Final = 32
_BESIDE: Final = rb"\s*+(?:<%b>(?:<!\[CDATA\[[^\]<&]*+\]\]>|[^<&]*+)</%b>)?+"
_AROUND: Final = _BESIDE % (b"ToUserName", b"ToUserName") + _BESIDE % (b"AgentID", b"AgentID")
# A body as WeCom writes it. Whatever looks otherwise goes to the XML parser, which takes six times as long.
_USUAL_BODY: Final = re.compile(
    rb"<xml>" + _AROUND + rb"\s*+<Encrypt><!\[CDATA\[([^\]]*+)\]\]></Encrypt>" + _AROUND + rb"\s*+</xml>\s*+"
)


class Form(Enum):
    """How the body of a callback is written; WeCom's own samples of the JSON form spell its keys in two ways."""

    XML = auto()
    JSON = auto()
    JSON_LOWER_CASE = auto()


@dataclass(frozen=True, slots=True)
class SignedQuery:
    """The query of a callback; `echostr` only where an address is verified (GET)."""

    msg_signature: str
    timestamp: str
    nonce: str
    echostr: str = ""

    @classmethod
    def read(cls, query: str) -> Self:
        """Read it from the query of a URL, still percent-encoded; raises `Rejected` when a part is missing."""
        try:
            given = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS))
        except ValueError:
            raise Rejected(Reason.INCOMPLETE, "too many parameters") from None
        for name in ("msg_signature", "timestamp", "nonce"):
            if not given.get(name):
                raise Rejected(Reason.INCOMPLETE, name)
        # A proxy that decodes %2B on its way makes blanks of pluses, and base64 has no blanks.
        echostr = given.get("echostr", "").replace(" ", "+")
        return cls(given["msg_signature"], given["timestamp"], given["nonce"], echostr)


class Opened(NamedTuple):
    """A verified, decrypted message as sent, and the receive id it was meant for."""

    message: bytes
    receive_id: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A signed and encrypted message, to be sent as a request or as a reply."""

    encrypt: str
    msg_signature: str
    timestamp: str
    nonce: str

    def query(self) -> str:
        """The query of the POST that carries it."""
        return urlencode({"msg_signature": self.msg_signature, "timestamp": self.timestamp, "nonce": self.nonce})

    def echo_query(self) -> str:
        """The query of the GET that verifies an address with it."""
        return f"{self.query()}&{urlencode({'echostr': self.encrypt})}"

    def body(self, form: Form = Form.XML, *, to: str = "", agent_id: str = "") -> bytes:
        """The body of the POST: `to` is a corp or suite id."""
        fields: dict[str, str | int] = {"ToUserName": to, "Encrypt": self.encrypt, "AgentID": agent_id}
        if form is Form.JSON_LOWER_CASE:
            fields = {name.lower(): value for name, value in fields.items()}
        return _written(form, fields)

    def reply(self, form: Form = Form.XML) -> bytes:
        """The body of an answer that replies with it."""
        fields: dict[str, str | int] = {
            "Encrypt": self.encrypt,
            "MsgSignature": self.msg_signature,
            "TimeStamp": int(self.timestamp),
            "Nonce": self.nonce,
        }
        # All of WeCom's JSON samples reply in lower case, whatever they receive.
        return _written(form, fields if form is Form.XML else {name.lower(): value for name, value in fields.items()})


class Envelope:
    """Token, EncodingAESKey and receive ids of one callback address; shows none of them. For one thread.

    `receive_ids` are all that may stand in a message: the corp's id; a suite's id; the provider's corp id, which
    WeCom uses when it verifies the address of a suite; "" where an app has none. `chance(n)` gives n random bytes.
    Raises `Rejected` (KEY) for a Token or key of another than the documented form.
    """

    def __init__(
        self,
        token: str,
        encoding_aes_key: str,
        receive_ids: Collection[str],
        *,
        chance: Callable[[int], bytes] = os.urandom,
    ) -> None:
        if not is_token(token):
            raise Rejected(Reason.KEY, "Token")
        self._token = token
        self._crypto = Crypto(encoding_aes_key)
        self._receive_ids = {receive_id.encode(): receive_id for receive_id in receive_ids}
        self._chance = chance

    def echo(self, query: SignedQuery) -> bytes:
        """The plaintext to answer, within a second, when WeCom verifies the address; raises `Rejected`."""
        if not query.echostr:
            raise Rejected(Reason.INCOMPLETE, "echostr")
        return self._unseal(query, query.echostr).message

    def open(self, query: SignedQuery, body: bytes) -> Opened:
        """The message in the body of a POST, XML or JSON; raises `Rejected`.

        Nothing is decrypted before the signature is known to be right.
        """
        return self._unseal(query, _encrypt_in(body))

    def seal(self, message: bytes, *, receive_id: str, timestamp: int, nonce: str) -> Sealed:
        """Encrypt and sign a message for whoever has the same Token and key; `timestamp` in Unix seconds."""
        encrypt = self._crypto.encrypt(message, receive_id.encode(), self._chance(SALT))
        when = str(timestamp)
        return Sealed(encrypt, signature_of(self._token, when, nonce, encrypt), when, nonce)

    def _unseal(self, query: SignedQuery, encrypt: str) -> Opened:
        if not is_signed(query.msg_signature, self._token, query.timestamp, query.nonce, encrypt):
            raise Rejected(Reason.SIGNATURE)
        message, found = self._crypto.decrypt(encrypt)
        receive_id = self._receive_ids.get(found)
        if receive_id is None:
            raise Rejected(Reason.RECEIVE_ID, found.decode("utf-8", "replace"))
        return Opened(message, receive_id)


def _encrypt_in(body: bytes) -> str:
    usual = _USUAL_BODY.fullmatch(body) if len(body) <= LARGEST else None
    if usual:
        return usual[1].decode("ascii", "replace")
    fields = read_fields(body)
    encrypt = (fields.get("Encrypt") or fields.get("encrypt", "")).strip()
    if not encrypt:
        raise Rejected(Reason.MALFORMED, "no Encrypt")
    return encrypt


def _written(form: Form, fields: dict[str, str | int]) -> bytes:
    if form is Form.XML:
        return write_xml(fields).encode()
    return json.dumps(fields, ensure_ascii=False).encode()
