"""A check-up of a profile on the sandbox, with everything around it as a test wants it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from console.credentials import MemorySecrets, SecretKind, Secrets, SecretStack
from console.operations.checkup import Check, CheckState, Limits, Subject, Surroundings, TerminalFacts, check_up
from console.operations.checkup.surroundings import Keyring
from console.settings import AppType, Home, Profile
from console.wecom.client import WeComClient

NOWHERE = ("127.0.0.1", 0)
"""Port 0 is always free."""
_ALL = {("acme", kind): "x" * 32 if kind is SecretKind.CALLBACK_TOKEN else "x" * 43 for kind in SecretKind}
WIDE = TerminalFacts(140, 40, ambiguous_width=1)
MODERN = {"LANG": "zh_CN.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor"}


class EmptyKeyring:
    """A keyring that answers and has nothing."""

    def get(self, entry: str) -> str | None:
        return None


@dataclass(frozen=True, slots=True)
class Opened:
    """A profile with its client, as a session has it; or with the reason why there is none."""

    profile: Profile
    wecom: WeComClient | Exception

    async def client(self) -> WeComClient:
        if isinstance(self.wecom, Exception):
            raise self.wecom
        return self.wecom


@dataclass(frozen=True, slots=True)
class Found:
    """What a check-up found."""

    checks: list[Check]

    def __getitem__(self, name: str) -> Check:
        [check] = [check for check in self.checks if check.id == name]
        return check

    def states(self) -> dict[str, CheckState]:
        """The state of each check by its id."""
        return {check.id: check.state for check in self.checks}

    @property
    def text(self) -> str:
        """All that it says."""
        return repr(self.checks)


def profile_of(app_type: AppType = AppType.SELF_BUILT, *, acquisition: bool = False) -> Profile:
    """A profile called acme."""
    return Profile("acme", "ww1234567890abcdef", app_type, customer_acquisition=acquisition)


def around(
    folder: Path,
    secrets: Secrets | None = None,
    *,
    keyring: Keyring | None = None,
    terminal: TerminalFacts | None = WIDE,
    environ: Mapping[str, str] = MODERN,
    receiver: tuple[str, int] = NOWHERE,
    limits: Limits | None = None,
    encoding: str = "utf-8",
    ascii_only: bool = False,
) -> Surroundings:
    """A computer on which all is well, but for what is given; its home is a folder that is not made yet."""
    home = Home(folder / "home", folder / "home", folder / "home")
    kept = SecretStack(secrets or MemorySecrets(_ALL), environ=environ)
    return Surroundings(
        home, kept, keyring or EmptyKeyring(), terminal, encoding, ascii_only, receiver, environ, limits or Limits()
    )


async def examine(session: Subject | None, surroundings: Surroundings) -> Found:
    """The whole check-up."""
    return Found([check async for check in check_up(session, surroundings)])
