"""Asking for a secret that is missing, on a terminal: once, without echo, and for this run only."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from console.cli.ending import say
from console.credentials import KeyringState, KeyringUnavailable, SecretKind, SecretStack
from console.language import _

if TYPE_CHECKING:
    from console.session import Connect, Connection
    from console.settings import Profile

_GIVES_NOTHING = (KeyringState.ABSENT, KeyringState.LOCKED)


def can_ask() -> bool:
    """Whether somebody sits before a terminal; where stdout goes does not matter."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def asking(connect: Connect, secrets: SecretStack) -> Connect:
    """`connect`, but where a secret is missing, or the keyring absent or locked, the operator is asked for it."""

    async def connected(profile: Profile) -> Connection:
        from console.session import SecretMissing

        while True:
            try:
                return await connect(profile)
            except SecretMissing as failure:
                kind: SecretKind | None = SecretKind(failure.kind)
                why: Exception = failure
            except KeyringUnavailable as failure:
                kind, why = failure.kind if failure.state in _GIVES_NOTHING else None, failure
            # Not within the handlers: a question that is interrupted shall not look like this failure.
            if kind is None or not can_ask() or not (value := _ask(kind, profile.name, why)):
                raise why
            secrets.give(profile.name, kind, value)

    return connected


def _ask(kind: SecretKind, profile: str, why: Exception) -> str:
    """The secret, or "" when nothing that can be one was typed."""
    from console.credentials.forms import form_mistake
    from console.operations.explain import explain

    say(_("Not read: {what}.").format(what=explain(why).what))
    say(_("Type it now, for this run only: it is not kept."))
    if not isinstance(why, KeyringUnavailable):
        command = f"wecom-console secret set {kind.value} --profile {profile}"
        say(_("To keep it: {command}").format(command=command))
    value = typed_secret(kind, profile).strip()
    if value and (mistake := form_mistake(kind, value)):
        say(mistake)
        return ""
    return value


def typed_secret(kind: SecretKind, profile: str) -> str:
    """What is typed, without echo. Raises KeyboardInterrupt at Ctrl+C."""
    from getpass import getpass

    with interruptible():
        return getpass(_("{kind} of profile {profile} (not shown): ").format(kind=kind, profile=profile))


@contextmanager
def interruptible() -> Iterator[None]:
    """Have Ctrl+C end the question at once: asyncio would only note it until the loop goes on."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
