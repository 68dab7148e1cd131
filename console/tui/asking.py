"""A secret that is missing is asked for once, where the operator stands; who says nothing is not asked again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from console.credentials import KeyringState, KeyringUnavailable, SecretKind, SecretNotKept
from console.language import _
from console.session import SecretMissing

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp

_GIVES_NOTHING = (KeyringState.ABSENT, KeyringState.LOCKED)


def missing_kind(failure: Exception | None) -> SecretKind | None:
    """The secret that typing it would give; None where nothing is missing, or the keyring may still answer."""
    match failure:
        case SecretMissing():
            return SecretKind(failure.kind)
        case KeyringUnavailable() if failure.state in _GIVES_NOTHING:
            return failure.kind
    return None


def ask_once(app: ConsoleApp, failure: Exception, why: str) -> None:
    """Ask for the secret whose absence is the failure, unless that was done in this run or another dialog is open."""
    kind = missing_kind(failure)
    asked = (app.session.profile.name, kind)
    if kind is not None and asked not in app.asked_for and len(app.screen_stack) == 1:
        app.asked_for.add(asked)
        app.ask_for_secret(kind, why)


async def ask_for_secret(app: ConsoleApp, kind: SecretKind, why: str) -> None:
    """Ask for a secret of the open profile; once it is given, everything is read with it. To be called by a worker."""
    from console.operations.explain import explain
    from console.tui.dialogs.secret import SecretDialog
    from console.wecom.redact import remember

    name = app.session.profile.name
    given = await app.push_screen_wait(SecretDialog(name, kind, why))
    if given is None:
        return
    remember(given.value)
    failure = await _keep(app, name, kind, given.value) if given.keep else None
    if failure is not None or not given.keep:
        app.profiles.give_secret(name, kind, given.value)
    before = app.session
    if before.profile.name == name:
        await app.use(app.profiles.open(name))
        await before.close()
    if failure is not None:
        app.status.add_error("secret", explain(failure))
        app.say(_("Good for this run only."))
    elif given.keep:
        app.say(_("Kept in the OS keyring."))


async def _keep(app: ConsoleApp, name: str, kind: SecretKind, value: str) -> KeyringUnavailable | SecretNotKept | None:
    """Hand a secret to the keyring; why it did not take it, if so."""
    from console.credentials.aside import aside

    try:
        await aside(partial(app.profiles.secrets.set, name, kind, value))
    except (KeyringUnavailable, SecretNotKept) as failure:
        return failure
    return None
