"""From the bytes of an HTTP answer to WeCom's JSON object, or to the failure that it is."""

from __future__ import annotations

import json
from typing import Final, TypeAlias

from pydantic_core import from_json

from console.wecom.codes import OK
from console.wecom.errors import CutShort, NotJson, UnexpectedShape, WeComError
from console.wecom.redact import redact

JSON: TypeAlias = "dict[str, object]"
"""A JSON object as received."""

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def read_answer(status: int, content_type: str, body: bytes, endpoint: str, *, error_code_header: str = "") -> JSON:
    """Read one answer; an errcode that is absent or 0 is success.

    Raises WeComError for any other errcode, whatever data stands beside it; NotJson, CutShort or
    UnexpectedShape when there is no JSON object to read. Follows WeCom document 90664.
    """
    document = _parse(status, content_type, body, endpoint)
    if not isinstance(document, dict):
        raise UnexpectedShape(endpoint, f"{type(document).__name__} instead of an object")
    errcode = _errcode(document.get("errcode"), endpoint)
    if errcode is None:
        errcode = _errcode(error_code_header.strip() or None, endpoint)
    if errcode is None and not 200 <= status < 300:
        raise UnexpectedShape(endpoint, f"HTTP {status} without an errcode")
    if errcode is not None and errcode != OK:
        errmsg = document.get("errmsg")
        raise WeComError.from_answer(errcode, errmsg if isinstance(errmsg, str) else "", endpoint)
    return document


def _parse(status: int, content_type: str, body: bytes, endpoint: str) -> object:
    body = body.removeprefix(_BYTE_ORDER_MARK)
    try:
        parsed: object = from_json(body)
    except ValueError as error:
        unfinished = "EOF while parsing" in str(error) and body.lstrip()[:1] in (b"{", b"[")
    else:
        return parsed
    if unfinished:
        raise CutShort(endpoint, len(body))
    repaired = _repair_text(body)
    if repaired is None:
        raise NotJson(status, redact(content_type), endpoint)
    return repaired


def _repair_text(body: bytes) -> object | None:
    """Parse JSON with damaged text (bytes that are no UTF-8, half a surrogate pair): keep the row."""
    try:
        lenient = json.loads(body.decode("utf-8", "replace"))
        repaired: object = from_json(json.dumps(lenient, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return repaired


def _errcode(value: object, endpoint: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, (int, str)) and not isinstance(value, bool):
        try:
            return int(value)
        except ValueError:
            pass
    raise UnexpectedShape(endpoint, "errcode is not a number")
