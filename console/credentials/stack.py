"""All secrets of one run, by the order in which the operator's choices count."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from enum import StrEnum

from console.credentials.command import CommandSecrets
from console.credentials.environment import EnvironmentSecrets
from console.credentials.keyring import KeyringSecrets, OsKeyring
from console.credentials.kinds import SecretKind, Secrets
from console.credentials.memory import TypedSecrets
from console.settings import Settings


class Source(StrEnum):
    """Where a secret comes from, if there is one."""

    ENVIRONMENT = "environment"
    TYPED = "typed"
    COMMAND = "command"
    KEYRING = "keyring"


class SecretStack:
    """Secrets from the environment, else typed during this run, else from the profile's command, else kept.

    What is set and removed is what is kept; `commands` are the `secret_command` of each profile that has one.
    """

    def __init__(
        self,
        kept: Secrets,
        commands: Mapping[str, Sequence[str]] | None = None,
        environ: Mapping[str, str] = os.environ,
        *,
        on_terminal: bool = True,
    ) -> None:
        self._commands = dict(commands or {})
        self._command = CommandSecrets(kept, self._commands, on_terminal=on_terminal)
        self._typed = TypedSecrets(self._command)
        self._environment = EnvironmentSecrets(self._typed, environ)

    def get(self, profile: str, kind: SecretKind) -> str | None:
        return self._environment.get(profile, kind)

    def set(self, profile: str, kind: SecretKind, value: str) -> None:
        self._environment.set(profile, kind, value)

    def remove(self, profile: str, kind: SecretKind) -> bool:
        return self._environment.remove(profile, kind)

    def follow(self, settings: Settings) -> None:
        """Take the commands of these settings from now on."""
        self._commands.clear()
        self._commands.update((name, profile.secret_command) for name, profile in settings.profiles.items())

    def give(self, profile: str, kind: SecretKind, value: str) -> None:
        """Use `value` for this run and keep it nowhere."""
        self._typed.give(profile, kind, value)

    def source(self, profile: str, kind: SecretKind) -> Source:
        """Where this secret is looked for first."""
        if self._environment.given(kind):
            return Source.ENVIRONMENT
        if self._typed.given(profile, kind):
            return Source.TYPED
        return Source.COMMAND if self._command.has_command(profile) else Source.KEYRING


def secrets_for(
    settings: Settings,
    keyring: OsKeyring | None = None,
    *,
    environ: Mapping[str, str] = os.environ,
    on_terminal: bool = True,
) -> SecretStack:
    """The secrets of these settings' profiles, kept in the keyring; nothing is asked yet.

    Without `on_terminal` (screens are drawn there) a `secret_command` cannot write to the terminal.
    """
    secrets = SecretStack(KeyringSecrets(keyring), environ=environ, on_terminal=on_terminal)
    secrets.follow(settings)
    return secrets
