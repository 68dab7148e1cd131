"""`wecom-console secret`: the secrets of a profile, in the keyring; never on a command line, never printed."""

from __future__ import annotations

import sys

import click

from console.cli.asking import typed_secret
from console.cli.commands import Noun, Verb
from console.cli.ending import DONE, FAILED, TEMPORARY, USAGE, Refused, say, say_failure
from console.cli.opening import chosen_profile
from console.cli.options import globals_of
from console.cli.output import print_json, print_line
from console.credentials import (
    EnvironmentSecrets,
    KeyringSecrets,
    KeyringUnavailable,
    OsKeyring,
    SecretCommandFailed,
    SecretKind,
    SecretNotKept,
    SecretStack,
    Source,
    needed_kinds,
    secrets_for,
    variable_of,
)
from console.language import _
from console.settings import Home, Profile, load_settings


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
    wanted, (profile, secrets) = SecretKind(kind), _chosen(context)
    value = _ask(wanted, profile.name)
    try:
        secrets.set(profile.name, wanted, value)
    except (KeyringUnavailable, SecretNotKept) as failure:
        say_failure(failure)
        return FAILED  # never "try again": a slow keyring may have kept it
    if as_json:
        print_json({"profile": profile.name, "kind": kind, "state": "present"})
    else:
        print_line(_("Kept {kind} of profile {profile} in the keyring.").format(kind=kind, profile=profile.name))
    _warn_of_what_wins(profile, wanted, secrets)
    return DONE


@click.pass_context
def _check(context: click.Context, kind: str, as_json: bool) -> int:
    wanted, (profile, secrets) = SecretKind(kind), _chosen(context)
    source = secrets.source(profile.name, wanted)
    failure: KeyringUnavailable | SecretCommandFailed | None = None
    state = "absent"
    try:
        if secrets.get(profile.name, wanted):
            state = "present"
    except KeyringUnavailable as unavailable:
        failure, state = unavailable, unavailable.state.value
    except SecretCommandFailed as failed:
        failure, state = failed, "failed"
    if as_json:
        keyring = not isinstance(failure, KeyringUnavailable)
        print_json({"profile": profile.name, "kind": kind, "state": state, "from": source.value, "keyring": keyring})
    else:
        print_line(f"{kind}  {_state_words(state)}")
    if failure is not None:
        code = say_failure(failure)
        return TEMPORARY if code == TEMPORARY else FAILED
    if source is Source.ENVIRONMENT:
        say(_("From the environment, for this run: {variable}").format(variable=variable_of(wanted)))
    return DONE if state == "present" else FAILED


@click.pass_context
def _remove(context: click.Context, kind: str, as_json: bool) -> int:
    from console.credentials.tokens import forget_tokens

    wanted, (profile, secrets) = SecretKind(kind), _chosen(context)
    keyring = OsKeyring()
    kept = KeyringSecrets(keyring)
    try:
        if wanted in needed_kinds(profile.app_type):
            forget_tokens(profile, EnvironmentSecrets(kept), keyring)
        removed = kept.remove(profile.name, wanted)
    except KeyringUnavailable as failure:
        say_failure(failure)
        return FAILED
    if as_json:
        print_json({"profile": profile.name, "kind": kind, "removed": removed})
    elif removed:
        print_line(_("Removed {kind} of profile {profile} from the keyring.").format(kind=kind, profile=profile.name))
    else:
        print_line(_("There was no {kind} of profile {profile}.").format(kind=kind, profile=profile.name))
    _warn_of_what_wins(profile, wanted, secrets)
    return DONE


def _chosen(context: click.Context) -> tuple[Profile, SecretStack]:
    """The profile that is meant, and the secrets of all."""
    settings = load_settings(Home.locate())
    return chosen_profile(settings, globals_of(context)), secrets_for(settings)


def _ask(kind: SecretKind, profile: str) -> str:
    """The secret, typed without echo or read from stdin; blanks around it are no part of it, and that is said."""
    from console.credentials.forms import form_mistake

    if sys.stdin is None:
        raise Refused(_("No secret was given, so nothing was changed."), code=USAGE)
    if sys.stdin.isatty():
        given = typed_secret(kind, profile)
    else:
        try:
            given = sys.stdin.buffer.read().decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(_("The secret on stdin is not UTF-8 text."), code=USAGE) from None
    value = given.strip()
    if mistake := form_mistake(kind, value):
        raise Refused(mistake, code=USAGE)
    if value != given.removesuffix("\n").removesuffix("\r"):
        say(_("Blanks or line breaks around the secret were left out."))
    return value


def _warn_of_what_wins(profile: Profile, kind: SecretKind, secrets: SecretStack) -> None:
    match secrets.source(profile.name, kind):
        case Source.ENVIRONMENT:
            say(_("{variable} is set, and wins over the keyring while it is.").format(variable=variable_of(kind)))
        case Source.COMMAND:
            say(_("The secret_command of this profile is asked first, and wins over the keyring."))


def _state_words(state: str) -> str:
    return {
        "present": _("present"),
        "absent": _("absent"),
        "locked": _("locked"),
        "slow": _("slow"),
        "waiting": _("waiting for you"),
        "failed": _("the command failed"),
    }[state]
