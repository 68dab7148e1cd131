"""Where secrets are: in the operating system's keyring, or where the operator chose to have them for a run.

Every call to the keyring is made on one daemon thread and waited for only so long: a keyring that hangs costs
its caller three seconds and never keeps the program from ending. No secret stands in an exception or a repr.
"""

from __future__ import annotations

from console.credentials.command import CommandSecrets
from console.credentials.environment import EnvironmentSecrets
from console.credentials.failures import (
    KeyringState,
    KeyringUnavailable,
    SecretCommandFailed,
    SecretNotKept,
    WhyNoSecret,
)
from console.credentials.keyring import LIMIT_SECONDS, SERVICE, KeyringSecrets, OsKeyring
from console.credentials.kinds import SecretKind, Secrets, main_secret_kind, needed_kinds, variable_of
from console.credentials.memory import MemorySecrets, TypedSecrets
from console.credentials.stack import SecretStack, Source, secrets_for

__all__ = [
    "LIMIT_SECONDS",
    "SERVICE",
    "CommandSecrets",
    "EnvironmentSecrets",
    "KeyringSecrets",
    "KeyringState",
    "KeyringUnavailable",
    "MemorySecrets",
    "OsKeyring",
    "SecretCommandFailed",
    "SecretKind",
    "SecretNotKept",
    "SecretStack",
    "Secrets",
    "Source",
    "TypedSecrets",
    "WhyNoSecret",
    "main_secret_kind",
    "needed_kinds",
    "secrets_for",
    "variable_of",
]
