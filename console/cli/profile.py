"""`wecom-console profile`: the companies and apps to work with."""

from __future__ import annotations

import click

from console.cli.commands import Noun, Verb
from console.cli.ending import DONE, FAILED, TEMPORARY, Refused, say
from console.cli.opening import ADD_A_PROFILE, profile_named
from console.cli.options import globals_of
from console.cli.output import print_json, print_line, print_pairs, print_table
from console.credentials import (
    EnvironmentSecrets,
    KeyringSecrets,
    KeyringState,
    KeyringUnavailable,
    OsKeyring,
    SecretKind,
    needed_kinds,
)
from console.language import _, listed
from console.settings import (
    CONTACTS_PATHS,
    CONVERSION_PATHS,
    DEFAULT_BASE_URL,
    AppType,
    Environment,
    Home,
    Profile,
    Settings,
    load_settings,
)


def command() -> click.Command:
    """The noun with its commands."""
    name = click.Argument(["name"], metavar="NAME")
    return Noun(
        "profile",
        _("The companies and apps to work with. Secrets are not here but in the keyring: see 'secret'."),
        [
            _add_command(),
            Verb("list", _list, _("All profiles; * marks the default."), examples=["wecom-console profile list"]),
            Verb("show", _show, _("All settings of one profile."), [name], ["wecom-console profile show acme"]),
            Verb("use", _use, _("Make a profile the default."), [name], ["wecom-console profile use acme"]),
            Verb(
                "remove",
                _remove,
                _("Remove a profile and its secrets. What was read from WeCom stays in the store."),
                [name],
                ["wecom-console profile remove acme"],
            ),
        ],
    )


_CORP_IDS = ("ww", "wx", "wp")
"""How corp IDs begin, those of long ago and those that a provider sees included."""


def _add_command() -> Verb:
    return Verb(
        "add",
        _add,
        _("Add a profile; the first one becomes the default."),
        [
            click.Argument(["name"], metavar="NAME"),
            click.Option(["--corp-id"], required=True, metavar="ID", help=_("The corp ID, ww..")),
            click.Option(
                ["--app-type"],
                type=click.Choice([one.value for one in AppType]),
                default=AppType.SELF_BUILT.value,
                show_default=True,
                help=_("The kind of app whose secret you have."),
            ),
            click.Option(["--suite-id"], default="", metavar="ID", help=_("The suite ID of a provider's app.")),
            click.Option(
                ["--receive-id", "receive_ids"],
                multiple=True,
                metavar="ID",
                help=_("A further ID that callbacks may be meant for."),
            ),
            click.Option(
                ["--base-url"],
                default=DEFAULT_BASE_URL,
                metavar="URL",
                help=_("Where WeCom is, if not at its usual address."),
            ),
            click.Option(
                ["--env", "environment"],
                type=click.Choice([one.value for one in Environment]),
                default=Environment.PROD.value,
                show_default=True,
                help=_("What the header warns of."),
            ),
        ],
        [
            "wecom-console profile add acme --corp-id ww1234567890abcdef",
            "wecom-console profile add beta --corp-id ww1234567890abcdef --app-type delegated --env test",
        ],
    )


@click.pass_context
def _add(
    context: click.Context,
    name: str,
    corp_id: str,
    app_type: str,
    suite_id: str,
    receive_ids: tuple[str, ...],
    base_url: str,
    environment: str,
    as_json: bool,
) -> int:
    from console.settings_file import ProfileExists, add_profile
    from console.settings_schema import base_url_mistake, profile_mistake

    profile = Profile(
        name,
        corp_id.strip(),
        AppType(app_type),
        base_url.rstrip("/"),
        Environment(environment),
        globals_of(context).read_only,
        suite_id,
        receive_ids,
    )
    for hint, mistake in (
        ("NAME", profile_mistake(name)),
        ("--corp-id", None if profile.corp_id else _("A profile needs its corp ID.")),
        ("--base-url", base_url_mistake(profile.base_url)),
    ):
        if mistake:
            raise click.BadParameter(mistake, context, param_hint=hint)
    try:
        first = add_profile(Home.locate(), profile)
    except ProfileExists:
        raise Refused(
            _("There is a profile {name} already.").format(name=name),
            _("Take another name, or remove it first: {command}").format(
                command=f"wecom-console profile remove {name}"
            ),
        ) from None
    if as_json:
        print_json(_document(profile, default=first))
    else:
        print_line(_("Added profile {name}.").format(name=name))
    if not profile.corp_id.startswith(_CORP_IDS):
        say(_("A corp ID usually begins with ww: look at {corp_id} once more.").format(corp_id=profile.corp_id))
    for kind in needed_kinds(profile.app_type):
        say(_("Next, its secret: {command}").format(command=f"wecom-console secret set {kind} --profile {name}"))
    return DONE


def _list(as_json: bool) -> int:
    settings = load_settings(Home.locate())
    if as_json:
        for profile in settings.profiles.values():
            print_json(_document(profile, default=profile.name == settings.default_profile))
    elif settings.profiles:
        print_table(
            ["", _("profile"), _("corp ID"), _("app"), _("environment"), ""],
            [_row(profile, settings) for profile in settings.profiles.values()],
        )
    else:
        say(_("There is no profile yet. Add one: {command}").format(command=ADD_A_PROFILE))
    return DONE


def _row(profile: Profile, settings: Settings) -> list[str]:
    return [
        "*" if profile.name == settings.default_profile else "",
        profile.name,
        profile.corp_id,
        profile.app_type.value,
        profile.environment.value,
        _("read-only") if profile.read_only else "",
    ]


def _show(name: str, as_json: bool) -> int:
    settings = load_settings(Home.locate())
    profile = profile_named(settings, name)
    document = _document(profile, default=name == settings.default_profile)
    if as_json:
        print_json(document)
    else:
        print_pairs([(key, _shown(value)) for key, value in document.items()])
    return DONE


def _use(name: str, as_json: bool) -> int:
    from console.settings_file import use_profile

    home = Home.locate()
    profile = profile_named(load_settings(home), name)
    use_profile(home, name)
    if as_json:
        print_json(_document(profile, default=True))
    else:
        print_line(_("{name} is the default profile now.").format(name=name))
    return DONE


def _remove(name: str, as_json: bool) -> int:
    from console.settings_file import remove_profile

    home = Home.locate()
    removed = _remove_secrets(profile_named(load_settings(home), name))
    remove_profile(home, name)
    if as_json:
        print_json({"name": name, "removed_secrets": removed})
        return DONE
    print_line(_("Removed profile {name}.").format(name=name))
    if removed:
        print_line(_("Removed from the keyring: {kinds}.").format(kinds=listed(removed)))
    else:
        print_line(_("It had no secrets in the keyring."))
    return DONE


def _remove_secrets(profile: Profile) -> list[str]:
    """The kinds of secrets that were there and are no longer. Raises Refused while the keyring may still hold some."""
    from console.credentials.tokens import forget_tokens  # here: only this command needs it

    keyring = OsKeyring()
    secrets = KeyringSecrets(keyring)
    removed: list[str] = []
    try:
        forget_tokens(profile, EnvironmentSecrets(secrets), keyring)
        removed.extend(kind.value for kind in SecretKind if secrets.remove(profile.name, kind))
    except KeyringUnavailable as failure:
        if failure.state is KeyringState.ABSENT and not removed:
            say(_("There is no keyring here, so there were no secrets in it to remove."))
            return removed
        gone = _("Removed from the keyring: {kinds}.").format(kinds=listed(removed)) if removed else ""
        raise Refused(
            _("The profile stays: the keyring is {state}, and may still hold its secrets.").format(state=failure.state)
            + (f" {gone}" if gone else ""),
            _("Unlock the keyring, then try again."),
            TEMPORARY if failure.state is KeyringState.SLOW else FAILED,
        ) from None
    return removed


def _document(profile: Profile, *, default: bool) -> dict[str, object]:
    """A profile by the keys of the settings file."""
    contacts = next(key for key, path in CONTACTS_PATHS.items() if path == profile.contacts_path)
    conversion = next(key for key, path in CONVERSION_PATHS.items() if path == profile.conversion_path)
    return {
        "name": profile.name,
        "default": default,
        "corp_id": profile.corp_id,
        "app_type": profile.app_type.value,
        "base_url": profile.base_url,
        "env": profile.environment.value,
        "read_only": profile.read_only,
        "suite_id": profile.suite_id,
        "receive_ids": list(profile.receive_ids),
        "contacts": contacts,
        "conversion": conversion,
        "customer_acquisition": profile.customer_acquisition,
        "secret_command": list(profile.secret_command),
    }


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
