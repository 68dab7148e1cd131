"""Secrets that a command of the operator's prints: `secret_command` in a profile's settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from console.credentials.failures import SecretCommandFailed, WhyNoSecret
from console.credentials.kinds import SecretKind, Secrets

if TYPE_CHECKING:
    from subprocess import Popen

COMMAND_SECONDS = 30.0
"""How long a command may take: the tool may have to ask the operator."""


class CommandSecrets:
    """Secrets that the command of a profile prints, before those of `wrapped`; writes go to `wrapped`.

    `commands` are the words of each profile's command, in which {profile} and {kind} are replaced; no shell reads
    them. A command that prints nothing has no such secret. Without `on_terminal` it cannot reach the terminal, on
    which screens are drawn.
    """

    def __init__(
        self,
        wrapped: Secrets,
        commands: Mapping[str, Sequence[str]],
        *,
        limit: float = COMMAND_SECONDS,
        on_terminal: bool = True,
    ) -> None:
        self._wrapped = wrapped
        self._commands = commands
        self._limit = limit
        self._on_terminal = on_terminal

    def has_command(self, profile: str) -> bool:
        """Whether this profile's secrets come from a command."""
        return bool(self._commands.get(profile))

    def get(self, profile: str, kind: SecretKind) -> str | None:
        """The secret. Raises SecretCommandFailed, and what `wrapped` raises."""
        printed = self._run(profile, kind) if self.has_command(profile) else ""
        return printed or self._wrapped.get(profile, kind)

    def set(self, profile: str, kind: SecretKind, value: str) -> None:
        self._wrapped.set(profile, kind, value)

    def remove(self, profile: str, kind: SecretKind) -> bool:
        return self._wrapped.remove(profile, kind)

    def _run(self, profile: str, kind: SecretKind) -> str:
        """What the command prints, without the end of its line."""
        import subprocess  # here: few have such a command

        words = [word.replace("{profile}", profile).replace("{kind}", kind.value) for word in self._commands[profile]]
        try:
            process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=not self._on_terminal,
            )
        except (OSError, ValueError) as error:
            detail = (error.strerror or "") if isinstance(error, OSError) else type(error).__name__
            raise SecretCommandFailed(words[0], WhyNoSecret.NOT_STARTED, detail) from None
        try:
            printed, said = process.communicate(timeout=self._limit)
        except subprocess.TimeoutExpired:
            _end(process)
            raise SecretCommandFailed(words[0], WhyNoSecret.TOO_LATE) from None
        except BaseException:
            _end(process)
            raise
        if process.returncode:
            detail = said.decode("utf-8", "replace").strip()
            raise SecretCommandFailed(words[0], WhyNoSecret.FAILED, detail, process.returncode)
        return _one_line(words[0], printed)


def _one_line(program: str, printed: bytes) -> str:
    try:
        text = printed.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise SecretCommandFailed(program, WhyNoSecret.NO_TEXT) from None
    if "\n" in text:
        raise SecretCommandFailed(program, WhyNoSecret.MANY_LINES)
    return text


def _end(process: Popen[bytes]) -> None:
    """Kill it; a child of its own that still holds its pipes is not waited for."""
    from subprocess import TimeoutExpired

    process.kill()
    with suppress(TimeoutExpired):
        process.communicate(timeout=0.5)
