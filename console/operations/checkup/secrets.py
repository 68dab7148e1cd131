"""One secret of a profile: is it there, where does it come from, and does it look like one."""

from __future__ import annotations

from console.credentials import KeyringState, KeyringUnavailable, SecretKind, Source, needed_kinds, variable_of
from console.credentials.aside import aside
from console.credentials.forms import form_mistake
from console.language import _, ngettext
from console.operations.checkup.admin_pages import secret_page
from console.operations.checkup.checks import Check, Question, within
from console.operations.checkup.surroundings import Surroundings
from console.settings import Profile
from console.wecom.redact import remember


async def check_secret(profile: Profile, kind: SecretKind, around: Surroundings) -> Check:
    """Look a secret up and at its form; only one that this kind of app needs can fail. Its text stands nowhere."""
    needed = kind in needed_kinds(profile.app_type)
    question = Question(kind.value, kind.value, _("looked up"), needed)
    looking = aside(lambda: _look(question, profile.name, kind, around))
    return await within(around.limits.secrets, question, looking, app_type=profile.app_type)


def _look(question: Question, profile: str, kind: SecretKind, around: Surroundings) -> Check:
    """Raises SecretCommandFailed."""
    try:
        value = around.secrets.get(profile, kind)
    except KeyringUnavailable as failure:  # the keyring's own line says what to do, once for all secrets
        answer = _("not found out: the keyring did not answer ({state}), see its line").format(state=failure.state)
        if question.needed:
            return question.failed(answer, again=failure.state is KeyringState.SLOW)
        return question.not_checkable(answer)
    give = _("Give it: {command}").format(command=f"wecom-console secret set {kind.value} --profile {profile}")
    if not value:
        if question.needed:
            return question.failed(_("absent"), give, secret_page(kind))
        return question.not_checkable(_("absent; needed only where this computer receives events"), give)
    remember(value)
    if mistake := form_mistake(kind, value):
        return question.failed(mistake, give, secret_page(kind))
    n = len(value)
    characters = ngettext("{n} character", "{n} characters", n).format(n=n)
    found = around.secrets.source(profile, kind)
    is_invented = found is Source.KEYRING and around.keyring is None  # a demo, which asks no keyring
    source = _("invented for the demo") if is_invented else _source_words(found, kind)
    return question.passed(_("there, {characters}, {source}").format(characters=characters, source=source))


def _source_words(source: Source, kind: SecretKind) -> str:
    return {
        Source.ENVIRONMENT: _("for this run from {variable}").format(variable=variable_of(kind)),
        Source.TYPED: _("typed for this run"),
        Source.COMMAND: _("from the profile's secret_command or the keyring"),
        Source.KEYRING: _("from the keyring"),
    }[source]
