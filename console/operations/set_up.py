"""Set up a profile: check what was typed, keep it, and say how that went; whether it works is the check-up's to say."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

from console.credentials import (
    KeyringUnavailable,
    SecretKind,
    SecretNotKept,
    Secrets,
    main_secret_kind,
    needed_kinds,
    variable_of,
)
from console.credentials.aside import aside
from console.credentials.forms import form_mistake
from console.language import _
from console.operations.checkup.checks import Check, Question
from console.operations.checkup.surroundings import shown_path
from console.settings import DEFAULT_BASE_URL, AppType, Environment, Home, Profile, SettingsError, load_settings
from console.settings_file import ProfileExists, add_profile, replace_profile
from console.settings_schema import base_url_mistake, profile_mistake

_ID = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """A profile as it was typed; `secrets` are by kind, and only those of the kind of app count."""

    name: str = ""
    corp_id: str = ""
    app_type: AppType = AppType.SELF_BUILT
    environment: Environment = Environment.PROD
    base_url: str = DEFAULT_BASE_URL
    suite_id: str = ""
    secrets: Mapping[SecretKind, str] = field(default_factory=dict, repr=False)

    @property
    def profile(self) -> Profile:
        """The profile that this would be."""
        suite_id = self.suite_id if self.app_type is AppType.THIRD_PARTY else ""
        return Profile(self.name, self.corp_id, self.app_type, self.base_url, self.environment, False, suite_id)

    @property
    def wanted_secrets(self) -> dict[SecretKind, str]:
        """The secrets of this kind of app, as typed."""
        return {kind: self.secrets.get(kind, "") for kind in needed_kinds(self.app_type)}


def tidied(draft: Draft) -> Draft:
    """The same without the blanks and line ends that come along with a paste."""
    return replace(
        draft,
        name=draft.name.strip(),
        corp_id=draft.corp_id.strip(),
        base_url=draft.base_url.strip().rstrip("/") or DEFAULT_BASE_URL,
        suite_id=draft.suite_id.strip(),
        secrets={kind: value.strip() for kind, value in draft.secrets.items()},
    )


def mistakes(draft: Draft, taken: Collection[str] = ()) -> dict[str, str]:
    """What is wrong with a tidied draft, by field: `name`, `corp_id`, `base_url`, `suite_id` or a kind of secret.

    `taken` are the names that other profiles have.
    """
    found = {
        "name": profile_mistake(draft.name) or (_name_taken(draft.name) if draft.name in taken else None),
        "corp_id": _id_mistake(draft.corp_id, _("A profile needs its corp ID.")),
        "base_url": base_url_mistake(draft.base_url),
        **{kind.value: _secret_mistake(kind, value) for kind, value in draft.wanted_secrets.items()},
    }
    if draft.app_type is AppType.THIRD_PARTY:
        found["suite_id"] = _id_mistake(draft.suite_id, _("A third-party app needs its suite ID."))
    return {field_name: mistake for field_name, mistake in found.items() if mistake}


def _name_taken(name: str) -> str:
    return _("There is a profile {name} already.").format(name=name)


def _id_mistake(value: str, none: str) -> str | None:
    if not value:
        return none
    if not _ID.fullmatch(value):
        return _("An ID has only letters, digits, - and _.")
    if value.isdecimal():
        return _("This is a number, such as an AgentId; the ID begins with letters.")
    return None


def _secret_mistake(kind: SecretKind, value: str) -> str | None:
    return form_mistake(kind, value) if value else _("It can't be empty.")


def keep_profile(home: Home, draft: Draft, *, kept_as: str = "") -> Check:
    """Write the profile into the settings, in place of what was kept as `kept_as` before."""
    question = Question("kept", _("profile"), _("wrote it into the settings"))
    try:
        if kept_as and kept_as in load_settings(home).profiles:
            replace_profile(home, kept_as, draft.profile)
        else:
            add_profile(home, draft.profile)
    except ProfileExists:
        return question.failed(_name_taken(draft.name), _("Take another name."))
    except SettingsError as failure:
        return question.of_failure(failure)
    except OSError as failure:
        return question.failed(
            failure.strerror or str(failure),
            _("Have the rights of {file} and its folder corrected.").format(file=shown_path(home.settings_file)),
        )
    return question.passed(_("kept as {name} in {file}").format(name=draft.name, file=shown_path(home.settings_file)))


async def keep_secrets(secrets: Secrets, draft: Draft) -> AsyncGenerator[Check]:
    """Keep each secret, and say of each how that went; one that could not be kept ends it."""
    for kind, value in draft.wanted_secrets.items():
        question = Question(kind.value, kind.value, _("handed it to the OS keyring and read it back"))
        try:
            await aside(partial(secrets.set, draft.name, kind, value))
        except (KeyringUnavailable, SecretNotKept) as failure:
            yield question.of_failure(failure, draft.app_type)
            return
        yield question.passed(_("kept in the OS keyring"))


async def forget_secrets(secrets: Secrets, before: Draft, now: Draft) -> None:
    """Forget what was kept for a draft that had another name or was of another kind of app."""
    left = [kind for kind in before.wanted_secrets if before.name != now.name or kind not in now.wanted_secrets]
    for kind in left:
        with suppress(KeyringUnavailable):
            await aside(partial(secrets.remove, before.name, kind))


def ways_without_keyring(app_type: AppType) -> list[str]:
    """The three ways on where no keyring takes a secret, all of them the operator's own choice."""
    return [
        _("o: keep what was typed in memory for this run; nothing is written anywhere."),
        _('A command that prints the secret, in the settings: secret_command = ["op", "read", ".."]'),
        _("An environment variable, for one run: {variable}").format(variable=variable_of(main_secret_kind(app_type))),
    ]


@dataclass(frozen=True, slots=True)
class TryDemo:
    """The first run ended with the wish to see the demo."""


@dataclass(frozen=True, slots=True)
class OpenProfile:
    """The first run ended with a profile to work in; `given` are secrets that live for this run only."""

    name: str
    given: Mapping[SecretKind, str] = field(default_factory=dict, repr=False)


FirstRun = TryDemo | OpenProfile
"""How the first run ended, unless the operator left."""
