"""Welcome codes: given with a new customer, good for twenty seconds, and for one message."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from console.sandbox.exchange import Refusal
from console.sandbox.identity import Identities
from console.sandbox.payloads import Payload
from console.wecom import codes

LIFE = 20.0


@dataclass(slots=True)
class _Code:
    given: float
    sent: bool = False


class Welcomes:
    """Safe from any thread. `messages` are those that were sent, by code."""

    def __init__(self, identities: Identities, clock: Callable[[], float]) -> None:
        self.messages: dict[str, Payload] = {}
        self.busy_times = 0
        """How many requests more are told that another app is sending (41096)."""
        self._identities = identities
        self._clock = clock
        self._lock = threading.Lock()
        self._codes: dict[str, _Code] = {}

    def issue(self) -> str:
        """A new code."""
        with self._lock:
            code = self._identities.opaque(f"welcome/{len(self._codes)}", 32)
            self._codes[code] = _Code(self._clock())
        return code

    def was_sent(self, code: str) -> None:
        """Another app has used a code."""
        with self._lock:
            self._codes[code].sent = True

    def use(self, code: str, message: Payload) -> None:
        """Send a message: 41050 for no such code or one too old, 41051 for one used, 41096 while another app sends."""
        with self._lock:
            known = self._codes.get(code)
            if known is None or self._clock() - known.given > LIFE:
                raise Refusal(codes.INVALID_WELCOME_CODE)
            if known.sent:
                raise Refusal(codes.WELCOME_ALREADY_SENT)
            if self.busy_times > 0:
                self.busy_times -= 1
                raise Refusal(codes.WELCOME_BEING_SENT)
            known.sent = True
            self.messages[code] = message
