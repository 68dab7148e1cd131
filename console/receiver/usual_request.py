"""The usual request: a whole POST in one piece, as WeCom and reverse proxies send it, read in one go. Pure.

Whatever looks otherwise is left to h11, which takes ten times as long.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_HEAD: Final = re.compile(
    rb"POST (/[!-\"$->@-~]*)\?([!-~]*) HTTP/1\.1\r\n"
    rb"((?:[A-Za-z0-9-]{1,64}:[\t -~\x80-\xff]*\r\n){1,64})\r\n"
)
_LARGEST_HEAD: Final = 16_384
_NOT_USUAL: Final = frozenset({"transfer-encoding", "expect", "upgrade", "trailer", "te"})


class UsualRequest(NamedTuple):
    """A request that is all there; header names in lower case, the query still percent-encoded."""

    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


def read_usual(data: bytes, path: bytes) -> UsualRequest | None:
    """The request for `path` that is exactly these bytes; None for anything else, be it wrong or only unusual."""
    found = _HEAD.match(data, 0, _LARGEST_HEAD)
    if found is None or found[1] != path:
        return None
    headers: list[tuple[str, str]] = []
    length = -1
    for line in found[3].decode("latin-1").split("\r\n")[:-1]:
        name, _, value = line.partition(":")
        name, value = name.lower(), value.strip()
        if name in _NOT_USUAL or (name == "connection" and value.lower() != "keep-alive"):
            return None
        if name == "content-length":
            if length >= 0 or not value.isdecimal():
                return None
            length = int(value)
        headers.append((name, value))
    body = data[found.end() :]
    if length != len(body):
        return None
    return UsualRequest(found[2].decode("latin-1"), tuple(headers), body)
