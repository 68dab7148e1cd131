"""The search for a secret in all the forms that it can take; written apart from `console.wecom.redact`."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "url": lambda text: quote(text, safe=""),
    "url twice": lambda text: quote(quote(text, safe=""), safe=""),
    "form": quote_plus,
    "json": lambda text: json.dumps(text)[1:-1],
    "json with escaped slashes": lambda text: text.replace("/", "\\/"),
    "json in json": lambda text: json.dumps(json.dumps({"access_token": text})),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 in a text, first shift": lambda text: base64.b64encode(b"a" + text.encode() + b"zz").decode(),
    "base64 in a text, second shift": lambda text: base64.b64encode(b"ab" + text.encode() + b"z").decode(),
    "url-safe base64": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    "hex": lambda text: text.encode().hex(),
}


def found_in(text: str, secret: str) -> list[str]:
    """The encodings in which a secret stands in a text."""
    found = [name for name, encode in ENCODINGS.items() if encode(secret) in text]
    flat = text.translate(str.maketrans("-_", "+/"))
    for shift in range(3):
        inner = base64.b64encode(b"\0" * shift + secret.encode())[4:].decode().rstrip("=")[:-2]
        if inner in flat:
            found.append(f"base64 shifted by {shift}")
    return found
