"""Words for secrets that cannot be had or kept: the keyring, a command that should give one, one that is missing."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from console.credentials import (
    KeyringState,
    KeyringUnavailable,
    SecretCommandFailed,
    SecretKind,
    SecretNotKept,
    WhyNoSecret,
    main_secret_kind,
    variable_of,
)
from console.language import _
from console.operations.error_words import MACHINE, Explanation, sentences
from console.settings import AppType
from console.text import crop, safe_text
from console.wecom.redact import redact

_SAID_CELLS = 300


def explain_keyring(failure: KeyringUnavailable, app_type: AppType | None) -> Explanation:
    """Say why the OS keyring gave nothing, and how to go on without it."""
    support = safe_text(failure.detail)
    variable = variable_of(failure.kind or (main_secret_kind(app_type) if app_type else SecretKind.CORP_SECRET))
    instead = _("Or give the secret for one run in an environment variable: {variable}.").format(variable=variable)
    match failure.state:
        case KeyringState.LOCKED:
            return Explanation(
                _("the OS keyring is locked"),
                _("The secrets are there, but the keyring gives them out only when it is unlocked."),
                sentences(_("Unlock it (sign in to the desktop, or answer its dialog), then try again."), instead),
                support=support,
            )
        case KeyringState.SLOW:
            return Explanation(
                _("the OS keyring does not answer"),
                _("It did not answer within 3 seconds; perhaps a dialog of it is waiting for you."),
                sentences(_("Look for a dialog of the keyring and answer it, then try again."), instead),
                again=True,
                support=support,
            )
        case KeyringState.WAITING:
            return Explanation(
                _("the keychain is waiting for you"),
                _("macOS asks in a dialog whether this program may read its secret, and waits for your answer."),
                sentences(_("Choose Allow or Always Allow in that dialog, then try again."), instead),
                again=True,
                support=support,
            )
    return _no_keyring(failure, variable, support)


def _no_keyring(failure: KeyringUnavailable, variable: str, support: str) -> Explanation:
    found = ", ".join(map(safe_text, failure.backends))
    there = _("Keyrings found here: {names}.").format(names=found) if found else _("No keyring was found here.")
    own_ways = _(
        "Or, as you choose: type the secret when it is asked for (kept for that run only); have a command give it "
        "(secret_command in config.toml); or set {variable} for one run."
    ).format(variable=variable)
    return Explanation(
        _("no OS keyring on this computer"),
        sentences(
            _("Secrets are kept in the OS keyring only, and this computer (often a jump host) has none that works."),
            there,
        ),
        sentences(_("Have a keyring installed, or name one that is there in PYTHON_KEYRING_BACKEND."), own_ways),
        _(MACHINE),
        support=support,
    )


def explain_secret_command(failure: SecretCommandFailed) -> Explanation:
    """Say what became of the command that should have given a secret."""
    program = safe_text(failure.program)
    said = crop(safe_text(redact(failure.detail)), _SAID_CELLS)
    why = {
        WhyNoSecret.NOT_STARTED: _("It could not be started: {reason}.").format(reason=said or _("not found")),
        WhyNoSecret.FAILED: _("It ended with exit code {code}.").format(code=failure.exit_code),
        WhyNoSecret.TOO_LATE: _("It did not end within 30 seconds and was stopped."),
        WhyNoSecret.NO_TEXT: _("What it printed is not UTF-8 text."),
        WhyNoSecret.MANY_LINES: _("It printed more than one line, and a secret is one."),
    }[failure.why]
    return Explanation(
        _("the secret command gave no secret: {program}").format(program=program),
        why,
        _("Run it yourself to see what it asks or says; it is secret_command of this profile in config.toml."),
        again=failure.why is WhyNoSecret.TOO_LATE,
        support=said,
    )


@runtime_checkable
class MissingSecret(Protocol):
    """The session's SecretMissing, known by its parts: the session stands above the operations."""

    profile: str
    kind: str


def explain_missing_secret(failure: MissingSecret) -> Explanation:
    """Say which secret of which profile was never stored, and how to store it."""
    profile, kind = safe_text(failure.profile), safe_text(failure.kind)
    return Explanation(
        _("no {kind} for the profile {profile}").format(kind=kind, profile=profile),
        _("The profile is there, but the secret that opens it was never stored on this computer for this user."),
        _("Store it: wecom-console secret set {kind} --profile {profile}").format(kind=kind, profile=profile),
    )


def explain_secret_not_kept(failure: SecretNotKept) -> Explanation:
    """Say that a secret was stored and can't be read back, and what became of the one before."""
    return Explanation(
        _("the secret was not kept"),
        sentences(
            _("The OS keyring took it and gave back something else."),
            _("What was there before is there again.")
            if failure.restored
            else _("What was there before could not be put back either."),
        ),
        _(
            "Check it with wecom-console secret check, then store it again; or name another keyring in "
            "PYTHON_KEYRING_BACKEND. Where none keeps it: secret_command in config.toml has a command give it, or "
            "WECOM_CONSOLE_SECRET_<KIND> in the environment gives it for one run."
        ),
        _(MACHINE),
        support=safe_text(failure.entry),
    )
