"""Why a secret could not be had or kept; no secret stands in any of these."""

from __future__ import annotations

from enum import StrEnum

from console.credentials.kinds import SecretKind


class KeyringState(StrEnum):
    """What the keyring is like; all but `AVAILABLE` are reasons for no answer."""

    AVAILABLE = "available"
    ABSENT = "absent"
    LOCKED = "locked"
    SLOW = "slow"
    WAITING = "waiting"
    """A dialog of the operating system waits for the operator."""


class KeyringUnavailable(Exception):
    """The keyring gave no answer; `detail` is its own word.

    `backends` are the keyrings that were found on this computer, where it is absent; `kind` is the secret that it
    was asked for, if it was one.
    """

    kind: SecretKind | None = None

    def __init__(self, state: KeyringState, detail: str = "", backends: tuple[str, ...] = ()) -> None:
        super().__init__(state, detail, backends)
        self.state = state
        self.detail = detail
        self.backends = backends

    def __str__(self) -> str:
        return f"keyring {self.state}: {self.detail}" if self.detail else f"keyring {self.state}"


class SecretNotKept(Exception):
    """The keyring took a secret and gave back another; `restored`: what was there before is there again."""

    def __init__(self, entry: str, restored: bool = False) -> None:
        super().__init__(entry, restored)
        self.entry = entry
        self.restored = restored

    def __str__(self) -> str:
        return f"{self.entry}: {'restored' if self.restored else 'not restored'}"


class WhyNoSecret(StrEnum):
    """What came of a `secret_command` instead of a secret."""

    NOT_STARTED = "it could not be started"
    FAILED = "it ended with an error"
    TOO_LATE = "it did not end in time"
    NO_TEXT = "it printed something that is no UTF-8 text"
    MANY_LINES = "it printed more than one line"


class SecretCommandFailed(Exception):
    """A profile's `secret_command` gave no secret.

    `program` is its first word; `detail` what it said on stderr, or the system's own word; `exit_code` None where it
    did not end by itself.
    """

    def __init__(self, program: str, why: WhyNoSecret, detail: str = "", exit_code: int | None = None) -> None:
        super().__init__(program, why, detail, exit_code)
        self.program = program
        self.why = why
        self.detail = detail
        self.exit_code = exit_code

    def __str__(self) -> str:
        return f"secret_command {self.program}: {self.why.value}"
