"""One request and its answer, between the HTTP server and the api."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from console.sandbox.fault_kinds import Fault
from console.sandbox.options import AppKind
from console.sandbox.payloads import Payload
from console.wecom import codes

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Refusal(Exception):
    """An errcode instead of an answer; `detail` is what WeCom puts before the code's own text."""

    def __init__(self, code: int, detail: str = "", **fields: object) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
        self.fields = fields


@dataclass(slots=True)
class Request:
    """A request to `path` (below /cgi-bin); `params` are the JSON body's members, or the query's for GET.

    `fault` is what is to be done to it.
    """

    method: str
    path: str
    query: dict[str, str]
    body: bytes = b""
    address: str = "127.0.0.1"
    latency_ms: float | None = None
    content_type: str = ""
    fault: Fault | None = None
    kind: AppKind = AppKind.SELF_BUILT
    params: Payload = field(default_factory=dict)

    @property
    def cursor(self) -> str:
        value = self.params.get("cursor", "")
        return value if isinstance(value, str) else ""


@dataclass(slots=True)
class Answer:
    """`fields` of a JSON answer, and the name of one list in it with the ready-made JSON of its inside."""

    fields: Payload = field(default_factory=dict)
    rows: tuple[str, str] | None = None
    says_ok: bool = True

    def document(self, *, bare: bool = False) -> bytes:
        """The JSON document; `bare` leaves out errcode and errmsg, as some of WeCom's APIs do on success."""
        fields: Payload = {"errcode": 0, "errmsg": "ok"} if self.says_ok and not bare else {}
        text = to_json(fields | self.fields)
        if self.rows is not None:
            name, rows = self.rows
            text = f'{text[:-1]}{"," if len(text) > 2 else ""}"{name}":[{rows}]}}'
        return text.encode()


def to_json(payload: object) -> str:
    """JSON as WeCom writes it: UTF-8, no blanks."""
    return _ENCODER.encode(payload)


def to_rows(payloads: Iterable[object]) -> str:
    """Payloads as the inside of a JSON array."""
    return _ENCODER.encode(list(payloads))[1:-1]


def errmsg(code: int, detail: str, *, hint: str, address: str) -> str:
    """WeCom's message for an errcode, with its hint, the caller's address and the page that explains it."""
    official = codes.OFFICIAL.get(code, "unknown error")
    text = f"{detail}. {official}" if detail else official
    query = f"https://open.work.weixin.qq.com/devtool/query?e={code}"
    return f"{text}, hint: [{hint}], from ip: {address}, more info at {query}"
