"""The fields of an envelope or a message, in XML or in JSON, as texts by name."""

from __future__ import annotations

import json
from typing import Final

from console.wecom.callback.rejection import Reason, Rejected
from console.wecom.callback.xml import read_xml

LARGEST: Final = 1 << 20
"""Bytes of a body at most."""

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def read_fields(document: bytes) -> dict[str, str]:
    """The fields right below the root, names as sent; raises `Rejected` (see `read_xml`), or for more than 1 MiB."""
    if len(document) > LARGEST:
        raise Rejected(Reason.TOO_LARGE, f"{len(document)} bytes")
    if document[:1] == b"<":
        return read_xml(document)
    document = document.removeprefix(_BYTE_ORDER_MARK).lstrip()
    return _read_json(document) if document[:1] == b"{" else read_xml(document)


def _read_json(document: bytes) -> dict[str, str]:
    """Numbers as they are written in Python, null as empty, what is nested as JSON."""
    try:
        fields = json.loads(document.decode())
        return {name: _text(value) for name, value in fields.items()}
    except (ValueError, RecursionError) as error:
        raise Rejected(Reason.MALFORMED, str(error)) from None


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
