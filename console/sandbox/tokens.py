"""Access tokens: one for each app while it lives, each bound to the kind of app it was given to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from console.sandbox.exchange import Refusal
from console.sandbox.identity import Identities
from console.sandbox.options import AppKind
from console.wecom import codes


@dataclass(slots=True)
class _Token:
    text: str
    expires: float
    stale_code: int


class Tokens:
    """Gives and checks tokens. `what` they are for is a kind of app, or "suite" for a suite_access_token."""

    def __init__(self, identities: Identities, life: float, clock: Callable[[], float]) -> None:
        self._identities = identities
        self._life = life
        self._clock = clock
        self._serial = 0
        self._current: dict[str, _Token] = {}
        self._known: dict[str, tuple[str, _Token]] = {}

    def give(self, what: str) -> tuple[str, int]:
        """The token in force, or a new one, and the seconds it has left."""
        now = self._clock()
        token = self._current.get(what)
        if token is None or token.expires <= now:
            self._serial += 1
            text = "".join(self._identities.opaque(f"token/{self._serial}/{part}", 64) for part in range(3))
            stale_code = codes.ACCESS_TOKEN_EXPIRED if self._serial % 2 else codes.INVALID_ACCESS_TOKEN
            token = _Token(text, now + self._life, stale_code)
            self._current[what] = token
            self._known[text] = (what, token)
        return token.text, round(token.expires - now)

    def kind(self, text: str) -> AppKind:
        """The kind of app a token belongs to.

        Refuses a missing (41001), unknown (40014) or expired one (42001 or 40014: both occur).
        """
        if not text:
            raise Refusal(codes.MISSING_ACCESS_TOKEN)
        what, token = self._known.get(text, ("", None))
        if token is None or what == "suite":
            raise Refusal(codes.INVALID_ACCESS_TOKEN)
        if token.expires <= self._clock():
            raise Refusal(token.stale_code)
        return AppKind(what)

    def check_suite(self, text: str) -> None:
        """Refuse anything but a suite_access_token in force (40082, 42009)."""
        what, token = self._known.get(text, ("", None))
        if token is None or what != "suite":
            raise Refusal(codes.INVALID_SUITE_TOKEN)
        if token.expires <= self._clock():
            raise Refusal(codes.SUITE_TOKEN_EXPIRED)

    def expire_all(self, code: int | None) -> None:
        """End all tokens now; `code` is what they are answered with from now on."""
        for token in self._current.values():
            token.expires = self._clock()
            token.stale_code = code or token.stale_code
