"""Ids of customers: the corp's own external_userids, the provider's, and unionids, each made from a number.

Both kinds of external_userid can be turned back into the number without a table. The spaces share no id, so an id of
the other space is recognised as foreign, as WeCom does (40096).
"""

from __future__ import annotations

import base64
from binascii import b2a_base64
from hashlib import blake2b
from struct import pack

from console.sandbox.options import AppKind

_MASK = (1 << 64) - 1
_MIX = 0x9E3779B97F4A7C15
_UNMIX = pow(_MIX, -1, 1 << 64)
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


class Identities:
    """The id spaces of one corp; `fixed` gives some persons an external_userid of their own in the corp's space."""

    def __init__(self, seed: int, fixed: dict[int, str]) -> None:
        self._seed = seed
        self._fixed = fixed
        self._fixed_numbers = {text: number for number, text in fixed.items()}
        self._own_key = f"own/{seed}".encode()
        self._provider_key = f"provider/{seed}".encode()

    def external_userid(self, person: int, kind: AppKind) -> str:
        """The external_userid of a person as an app of that kind is given it."""
        if kind is AppKind.SELF_BUILT:
            return self._fixed.get(person) or "woAJ2GCAAA" + _seal(person, self._own_key)
        return "wmVq3kDgAA" + _seal(person, self._provider_key)

    def person(self, external_userid: str, kind: AppKind) -> int | None:
        """The person that an id means to an app of that kind; None for an id of another space, or none at all."""
        if kind is AppKind.SELF_BUILT:
            if external_userid in self._fixed_numbers:
                return self._fixed_numbers[external_userid]
            return _unseal(external_userid, "woAJ2GCAAA", self._own_key)
        return _unseal(external_userid, "wmVq3kDgAA", self._provider_key)

    def unionid(self, person: int) -> str:
        """The unionid of a person, 28 characters."""
        digest = blake2b(pack("<Q", person), digest_size=18, key=b"unionid").digest()
        return "oLx7s" + b2a_base64(digest)[:23].translate(_URL_SAFE).decode()

    def number(self, what: str, digits: int) -> int:
        """A number of at most so many digits that depends on the seed and on what it is for."""
        digest = blake2b(f"{self._seed}/{what}".encode(), digest_size=8).digest()
        limit: int = 10**digits
        return int.from_bytes(digest, "little") % limit

    def opaque(self, what: str, length: int) -> str:
        """Letters and digits that depend on the seed and on what they are for."""
        digest = blake2b(f"{self._seed}/{what}".encode(), digest_size=48).digest()
        return base64.b64encode(digest, altchars=b"Aa")[:length].decode()


def _seal(number: int, key: bytes) -> str:
    mixed = number * _MIX & _MASK
    proof = blake2b(mixed.to_bytes(8, "little"), digest_size=8, key=key).digest()
    masked = mixed ^ int.from_bytes(proof, "little")
    return b2a_base64(masked.to_bytes(8, "little") + proof)[:22].translate(_URL_SAFE).decode()


def _unseal(text: str, prefix: str, key: bytes) -> int | None:
    if len(text) != len(prefix) + 22 or not text.startswith(prefix) or not text.isascii():
        return None
    try:
        sealed = base64.b64decode(text[len(prefix) :] + "==", altchars=b"-_", validate=True)
    except ValueError:
        return None
    mixed = int.from_bytes(sealed[:8], "little") ^ int.from_bytes(sealed[8:], "little")
    number = mixed * _UNMIX & _MASK
    return number if prefix + _seal(number, key) == text else None
