"""The signature of a callback: SHA-1 over four texts in the order of their characters.

Follows WeCom document 90968.
"""

from __future__ import annotations

from hashlib import sha1
from hmac import compare_digest


def signature_of(token: str, timestamp: str, nonce: str, encrypt: str) -> str:
    """The msg_signature, 40 hexadecimal digits in lower case."""
    joined = "".join(sorted((token, timestamp, nonce, encrypt)))
    # A lone surrogate, which JSON can hold, has no UTF-8; WeCom never sends one, so any stand-in will do.
    return sha1(joined.encode("utf-8", "replace")).hexdigest()


def is_signed(msg_signature: str, token: str, timestamp: str, nonce: str, encrypt: str) -> bool:
    """Whether the signature is right; the time it takes tells nothing about the right one."""
    expected = signature_of(token, timestamp, nonce, encrypt)
    return compare_digest(expected.encode(), msg_signature.encode("utf-8", "replace"))
