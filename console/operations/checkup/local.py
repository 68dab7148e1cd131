"""What is on this computer: the program, its settings, the keyring and the secrets in it, the store, the language."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from console import __version__
from console.credentials import needed_kinds
from console.credentials.aside import aside
from console.language import _, current, joined
from console.operations.checkup.checks import Check, CheckState, Question, within
from console.operations.checkup.files import look_at_settings, look_at_store
from console.operations.checkup.secrets import check_secret
from console.operations.checkup.surroundings import Surroundings
from console.operations.wording import app_type_words, environment_words
from console.settings import Profile

_ASCII_LOCALES = ("", "C", "POSIX")


async def check_local(profile: Profile | None, around: Surroundings) -> AsyncGenerator[Check]:
    """Check this computer, and what `profile` (None: there is none yet) needs of it."""
    limits = around.limits
    app_type = profile.app_type if profile else None
    yield _program()
    settings = Question("settings", _("settings file"), _("read the file"))
    readable = await within(limits.local, settings, asyncio.to_thread(look_at_settings, settings, around.home))
    yield readable
    yield _profile(profile, readable)
    keyring = Question("keyring", _("OS keyring"), _("asked for an entry"), needed=False)
    yield await within(limits.secrets, keyring, aside(lambda: _keyring(keyring, around)), app_type=app_type)
    if profile is not None:
        for kind in needed_kinds(profile.app_type):
            yield await check_secret(profile, kind, around)
    store = Question("store", _("store file"), _("opened the file"))
    yield await within(limits.local, store, asyncio.to_thread(look_at_store, store, around.home))
    yield _language(around)


def _program() -> Check:
    import platform  # here: nothing else needs it

    running = f"wecom-console {__version__}, Python {platform.python_version()}, {platform.system()}"
    return Question("program", _("program"), _("which version runs")).passed(running)


def _profile(profile: Profile | None, settings: Check) -> Check:
    question = Question("profile", _("profile"), _("which one is meant"))
    if profile is None and settings.state is CheckState.FAILED:
        return question.not_checkable(_("comes after: {title}").format(title=settings.title))
    if profile is None:
        return question.failed(
            _("There is no profile to work with."),
            _("Add one: {add}. Or try the demo first: {demo}").format(
                add="wecom-console profile add NAME --corp-id ID", demo="wecom-console demo"
            ),
        )
    parts = [
        profile.name,
        profile.corp_id,
        app_type_words(profile.app_type),
        environment_words(profile.environment),
        *([_("read-only")] if profile.read_only else []),
    ]
    return question.passed(joined(parts))


def _keyring(question: Question, around: Surroundings) -> Check:
    """The entry need not be there: that the keyring says so is all that is asked. Raises KeyringUnavailable."""
    if around.keyring is None:
        return question.not_checkable(_("nothing here uses it"))
    around.keyring.get("check")
    return question.passed(_("it answers"))


def _language(around: Surroundings) -> Check:
    question = Question("language", _("language"), _("locale and output"), needed=False)
    environ = around.environ
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    answer = _("{language}, locale {locale}, {encoding}").format(
        language={"zh": _("Chinese"), "en": _("English")}[current()],
        locale=locale or _("not set"),
        encoding=around.encoding,
    )
    unicode_out = around.encoding.lower().replace("-", "").replace("_", "") == "utf8"
    if unicode_out and (locale not in _ASCII_LOCALES or "WINDIR" in environ):
        return question.passed(answer)
    return question.warning(
        answer,
        _("Chinese may be shown as _ or ?. Set the locale before the start, such as LANG=zh_CN.UTF-8, also for tmux."),
    )
