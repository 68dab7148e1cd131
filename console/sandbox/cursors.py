"""Page cursors: opaque to clients, bound to what was asked, and worth nothing when altered."""

from __future__ import annotations

import base64
from binascii import Error as BadBase64
from dataclasses import dataclass
from hashlib import blake2b
from struct import pack, unpack

_FORM = "<IQdI"
_SIZE = 24


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a next page begins: its number (2 is the second page), the row, and when the traversal began."""

    page: int
    offset: int
    began: float
    serial: int = 0


def write_cursor(cursor: Cursor, scope: str) -> str:
    """The cursor as text that only `read_cursor` with the same scope accepts."""
    packed = pack(_FORM, cursor.page, cursor.offset, cursor.began, cursor.serial)
    return base64.urlsafe_b64encode(packed + _proof(packed, scope)).decode()


def read_cursor(text: str, scope: str) -> Cursor | None:
    """The cursor of a text; None when it was made up, altered, or made for another question."""
    raw = _decode(text)
    if raw is None or _proof(raw[:_SIZE], scope) != raw[_SIZE:]:
        return None
    return Cursor(*unpack(_FORM, raw[:_SIZE]))


def page_of(text: str) -> int:
    """The number of the page that a cursor asks for: 1 for no cursor or one that cannot be read."""
    raw = _decode(text)
    return Cursor(*unpack(_FORM, raw[:_SIZE])).page if raw else 1


def _decode(text: str) -> bytes | None:
    try:
        raw = base64.b64decode(text.encode(), altchars=b"-_", validate=True)
    except (BadBase64, ValueError):
        return None
    return raw if len(raw) == _SIZE + 12 else None


def _proof(packed: bytes, scope: str) -> bytes:
    return blake2b(packed + scope.encode(), digest_size=12).digest()
