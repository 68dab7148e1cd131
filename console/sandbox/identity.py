"""Ids of customers: the corp's own external_userids, the provider's, and unionids, each made from a number.

Both kinds of external_userid can be turned back into the number without a table. The spaces share no id, so an id of
the other space is recognised as foreign, as WeCom does (40096).
"""

from __future__ import annotations

import base64
from binascii import b2a_base64
from collections.abc import Mapping
from enum import Enum
from hashlib import blake2b
from types import MappingProxyType
from typing import NamedTuple

from console.sandbox.options import AppKind

_MASK = (1 << 64) - 1
_MIX = 0x9E3779B97F4A7C15
_UNMIX = pow(_MIX, -1, 1 << 64)
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


class MiniProgram(Enum):
    """A mini program that people open, by whose it is; an openid belongs to one of them."""

    OF_THE_CORP = "oAbc4-"
    OF_THE_PROVIDER = "oPrv5-"
    OF_SOMEBODY_ELSE = "oZzz9-"


class MiniProgramUser(NamedTuple):
    """Whom an openid means, and in which mini program."""

    person: int
    program: MiniProgram


_NOBODY: Mapping[int, str] = MappingProxyType({})


class Identities:
    """The id spaces of one corp; `fixed` gives some persons an external_userid of their own in the corp's space.

    `unionids` and `openids` (in the corp's mini program) are those of persons that have them by hand.
    """

    def __init__(
        self,
        seed: int,
        fixed: dict[int, str],
        unionids: Mapping[int, str] = _NOBODY,
        openids: Mapping[int, str] = _NOBODY,
    ) -> None:
        self._seed = seed
        self._unionids = unionids
        self._openids = openids
        self._by_unionid = {unionid: number for number, unionid in unionids.items()}
        self._by_openid = {openid: number for number, openid in openids.items()}
        self._fixed = fixed
        self._fixed_numbers = {text: number for number, text in fixed.items()}
        self._own_key = f"own/{seed}".encode()
        self._provider_key = f"provider/{seed}".encode()
        self._pending_key = f"pending/{seed}".encode()

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
        return self._unionids.get(person) or "oLx7s5" + _seal(person, b"unionid")

    def person_of_unionid(self, unionid: str) -> int | None:
        """The person that a unionid means; None for none that this corp could ever hear of."""
        return self._by_unionid.get(unionid, _unseal(unionid, "oLx7s5", b"unionid"))

    def openid(self, person: int, program: MiniProgram = MiniProgram.OF_THE_CORP) -> str:
        """The openid of a person in a mini program, 28 characters."""
        if program is MiniProgram.OF_THE_CORP and person in self._openids:
            return self._openids[person]
        return program.value + _seal(person, f"openid/{program.name}".encode())

    def person_of_openid(self, openid: str) -> MiniProgramUser | None:
        """Whom an openid means; None for one of no mini program."""
        if openid in self._by_openid:
            return MiniProgramUser(self._by_openid[openid], MiniProgram.OF_THE_CORP)
        for program in MiniProgram:
            person = _unseal(openid, program.value, f"openid/{program.name}".encode())
            if person is not None:
                return MiniProgramUser(person, program)
        return None

    def pending_id(self, person: int) -> str:
        """What the provider's apps are given for a person while that is no customer."""
        return "pXyz81" + _seal(person, self._pending_key)

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
