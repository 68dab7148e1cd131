"""Keep access tokens and secrets out of every text: in URLs, JSON, percent-encoding and base64."""

from __future__ import annotations

import base64
import binascii
import json
import logging
import re
from typing import Final, NoReturn
from urllib.parse import quote, quote_plus

HIDDEN: Final = "***"

_NAMES: Final = (
    r"(?:access_token|corpsecret|corp_secret|suite_access_token|suite_secret|suite_ticket"
    r"|provider_access_token|provider_secret|permanent_code|auth_code|encoding_?aes_?key|secret)"
)
# name, then "=" or ":" in any of its forms (quoted, escaped, percent-encoded once or twice), then the value.
_NAMED_VALUE: Final = re.compile(
    rf"({_NAMES}(?:\\*[\"']|%22|%27)*\s*(?:=|:|%(?:25)*3[DdAa])\s*(?:b?\\*[\"']|%22|%27)*)"
    r"(?!\*\*\*)((?:(?!%(?:25)*26|%22)[^\s&\"'\\,;<>}\])])+)",
    re.IGNORECASE,
)
_URL_PASSWORD: Final = re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)")
_BASE64_RUN: Final = re.compile(r"[A-Za-z0-9+/_-]{20,}={0,2}")
_NAME_IN_BYTES: Final = re.compile(_NAMES.encode(), re.IGNORECASE)
_SHORTEST_SECRET: Final = 6
_LOGGERS: Final = (
    "httpx",
    "httpcore",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
)

_known_forms: dict[str, tuple[str, ...]] = {}


class Hidden:
    """A secret text that shows itself only when asked: its repr, str and format are `***`."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text
        remember(text)

    def reveal(self) -> str:
        """The text itself, for the one place that sends it."""
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hidden) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return HIDDEN

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is never pickled")


def remember(secret: str) -> None:
    """Have `redact` blank out this very text from now on, in all its encoded forms, wherever it stands."""
    if len(secret) >= _SHORTEST_SECRET and secret not in _known_forms:
        _known_forms[secret] = forms_of(secret)


def forms_of(secret: str) -> tuple[str, ...]:
    """The forms a secret can take in a text, longest first: as it is, URL-encoded, JSON-escaped, base64."""
    raw = secret.encode()
    forms = {
        secret,
        quote(secret, safe=""),
        quote(quote(secret, safe=""), safe=""),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        json.dumps(json.dumps(secret)[1:-1])[1:-1],
        secret.replace("/", "\\/"),
        raw.hex(),
    }
    for shift in range(3):
        # Only the characters that depend on nothing but the secret, whatever stands before and after it.
        encoded = base64.b64encode(b"\0" * shift + raw).decode().rstrip("=")
        stable = encoded[-(-shift * 8 // 6) : (shift + len(raw)) * 8 // 6]
        forms |= {stable, stable.replace("+", "-").replace("/", "_"), quote(stable, safe="")}
    return tuple(sorted((form for form in forms if form), key=len, reverse=True))


def redact(text: str) -> str:
    """Blank out tokens and secrets: known ones wherever they stand, unknown ones by the name beside them."""
    for forms in tuple(_known_forms.values()):
        for form in forms:
            if form in text:
                text = text.replace(form, HIDDEN)
    text = _NAMED_VALUE.sub(rf"\1{HIDDEN}", text)
    text = _URL_PASSWORD.sub(HIDDEN, text)
    return _BASE64_RUN.sub(_blank_if_it_names_a_secret, text)


def _blank_if_it_names_a_secret(found: re.Match[str]) -> str:
    run = found.group().rstrip("=").replace("-", "+").replace("_", "/")
    for start in range(4):
        part = run[start:]
        try:
            decoded = base64.b64decode(part[: len(part) - len(part) % 4])
        except (ValueError, binascii.Error):
            continue
        if _NAME_IN_BYTES.search(decoded):
            return HIDDEN
    return found.group()


class _RedactingFilter(logging.Filter):
    """Rewrites each record of a logger before any handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(record.getMessage())
        record.args = None
        if record.exc_info:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        return True


_filter = _RedactingFilter()


def install_log_redaction() -> None:
    """Redact all that httpx and httpcore log, at every level; calling it again changes nothing."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_filter)
