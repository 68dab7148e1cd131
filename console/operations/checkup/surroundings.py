"""What a check-up looks at besides WeCom: the profile it is for, and what is around it on this computer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Protocol

from console.credentials import SecretStack
from console.settings import Home, Profile
from console.text import safe_text

if TYPE_CHECKING:
    from console.wecom.client import WeComClient


class Subject(Protocol):
    """A profile and its client; the session of a profile is one."""

    @property
    def profile(self) -> Profile:
        """The profile."""

    async def client(self) -> WeComClient:
        """Its client; may raise what opening a session raises."""


class Keyring(Protocol):
    """The OS keyring alone, whatever else gives secrets."""

    def get(self, entry: str, /) -> str | None:
        """What is kept under `entry`, or None. Raises KeyringUnavailable."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most seconds that one check of a kind may take."""

    local: float = 5.0
    secrets: float = 35.0  # the keyring and an operator's command have limits of their own
    wecom: float = 20.0
    terminal: float = 2.0


@dataclass(frozen=True, slots=True)
class TerminalFacts:
    """The terminal as whoever draws on it found it; `ambiguous_width` is None where it was not asked or was silent."""

    columns: int
    rows: int
    ambiguous_width: int | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The computer around a profile.

    `secrets` is where the profile's secrets come from; `keyring` is None where it is not to be asked, as in a
    demo. `terminal` is None without one; `encoding` is that of stdout; `receiver` is where the callback receiver
    would listen, None for where the profile says.
    """

    home: Home
    secrets: SecretStack
    keyring: Keyring | None
    terminal: TerminalFacts | None = None
    encoding: str = "utf-8"
    ascii: bool = False
    receiver: tuple[str, int] | None = None
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    limits: Limits = field(default_factory=Limits)


def shown_path(path: Path) -> str:
    """A path with the user's own folder as `~`, so that a report does not tell who it is from."""
    below = _below_home(path)
    return safe_text(str(path) if below is None else f"~/{below}")


def shell_path(path: Path) -> str:
    """The same, as a shell reads it."""
    below = _below_home(path)
    return safe_text(quote(str(path)) if below is None else f"~/{quote(below)}")


def _below_home(path: Path) -> str | None:
    try:
        return path.relative_to(Path.home()).as_posix()
    except (ValueError, RuntimeError):  # elsewhere, or nobody knows where home is
        return None
