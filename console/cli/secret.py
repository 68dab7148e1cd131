"""`wecom-console secret`: the secrets of a profile, in the keyring; never on a command line, never printed."""

from __future__ import annotations

import sys

import click

from console.cli.commands import Noun, Verb
from console.cli.ending import DONE, FAILED, TEMPORARY, USAGE, Refused, say, say_failure
from console.cli.opening import chosen_profile
from console.cli.options import globals_of
from console.cli.output import print_json, print_line
from console.credentials import (
    EnvironmentSecrets,
    KeyringSecrets,
    KeyringState,
    KeyringUnavailable,
    SecretKind,
    SecretNotKept,
    variable_of,
)
from console.language import _
from console.settings import Home, load_settings


def command() -> click.Command:
    """The noun with its commands."""
    kind = click.Argument(["kind"], type=click.Choice([one.value for one in SecretKind]), metavar="KIND")
    kinds = _("KIND is one of: {kinds}.").format(kinds=", ".join(SecretKind))
    return Noun(
        "secret",
        _("Secrets of a profile, in the OS keyring.") + f" {kinds}",
        [
            Verb(
                "set",
                _set,
                _("Keep a secret: asked for without echo, or read from stdin.") + f" {kinds}",
                [kind],
                ["wecom-console secret set corp-secret", "pass show wecom/acme | wecom-console secret set corp-secret"],
            ),
            Verb(
                "check",
                _check,
                _("Say whether a secret is there: present, absent, or the keyring locked or slow.") + f" {kinds}",
                [kind],
                ["wecom-console secret check corp-secret --profile acme"],
            ),
            Verb(
                "remove",
                _remove,
                _("Forget a secret.") + f" {kinds}",
                [kind],
                ["wecom-console secret remove corp-secret"],
            ),
        ],
    )


@click.pass_context
def _set(context: click.Context, kind: str, as_json: bool) -> int:
    wanted, profile = SecretKind(kind), _profile(context)
    value = _ask(wanted, profile)
    try:
        KeyringSecrets().set(profile, wanted, value)
    except KeyringUnavailable as failure:
        say_failure(failure)
        return FAILED  # never "try again": a slow keyring may have kept it
    except SecretNotKept:
        raise Refused(
            _("The keyring did not keep the secret as it was given."),
            _("Check the keyring's own settings, or PYTHON_KEYRING_BACKEND."),
        ) from None
    if as_json:
        print_json({"profile": profile, "kind": kind, "state": "present"})
    else:
        print_line(_("Kept {kind} of profile {profile} in the keyring.").format(kind=kind, profile=profile))
    _warn_of_variable(wanted)
    return DONE


@click.pass_context
def _check(context: click.Context, kind: str, as_json: bool) -> int:
    wanted, profile = SecretKind(kind), _profile(context)
    secrets = EnvironmentSecrets(KeyringSecrets())
    place = "environment" if secrets.given(wanted) else "keyring"
    failure: KeyringUnavailable | None = None
    state = "absent"
    try:
        if secrets.get(profile, wanted):
            state = "present"
    except KeyringUnavailable as unavailable:
        failure, state = unavailable, unavailable.state.value
    if as_json:
        print_json({"profile": profile, "kind": kind, "state": state, "from": place, "keyring": failure is None})
    else:
        print_line(f"{kind}  {_state_words(state)}")
    if failure is not None:
        say_failure(failure)
    elif place == "environment":
        say(_("From the environment, for this run: {variable}").format(variable=variable_of(wanted)))
    if state == "present":
        return DONE
    return TEMPORARY if failure is not None and failure.state is KeyringState.SLOW else FAILED


@click.pass_context
def _remove(context: click.Context, kind: str, as_json: bool) -> int:
    wanted, profile = SecretKind(kind), _profile(context)
    try:
        removed = KeyringSecrets().remove(profile, wanted)
    except KeyringUnavailable as failure:
        say_failure(failure)
        return FAILED
    if as_json:
        print_json({"profile": profile, "kind": kind, "removed": removed})
    elif removed:
        print_line(_("Removed {kind} of profile {profile} from the keyring.").format(kind=kind, profile=profile))
    else:
        print_line(_("There was no {kind} of profile {profile}.").format(kind=kind, profile=profile))
    _warn_of_variable(wanted)
    return DONE


def _profile(context: click.Context) -> str:
    return chosen_profile(load_settings(Home.locate()), globals_of(context)).name


def _ask(kind: SecretKind, profile: str) -> str:
    """The secret, typed without echo or read from stdin; only the end of its line is taken off."""
    if sys.stdin is None:
        raise Refused(_("No secret was given, so nothing was changed."), code=USAGE)
    if sys.stdin.isatty():
        from getpass import getpass

        value = getpass(_("{kind} of profile {profile} (not shown): ").format(kind=kind, profile=profile))
    else:
        try:
            value = sys.stdin.buffer.read().decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(_("The secret on stdin is not UTF-8 text."), code=USAGE) from None
        value = value.removesuffix("\n").removesuffix("\r")
    if not value.strip():
        raise Refused(_("No secret was given, so nothing was changed."), code=USAGE)
    if "\n" in value or "\r" in value:
        raise Refused(_("A secret is one line; more than one was given, and nothing was changed."), code=USAGE)
    if value != value.strip():
        say(_("Warning: the secret has blanks around it, and is kept with them."))
    return value


def _warn_of_variable(kind: SecretKind) -> None:
    if EnvironmentSecrets(KeyringSecrets()).given(kind):
        say(_("{variable} is set, and wins over the keyring while it is.").format(variable=variable_of(kind)))


def _state_words(state: str) -> str:
    return {"present": _("present"), "absent": _("absent"), "locked": _("locked"), "slow": _("slow")}[state]
