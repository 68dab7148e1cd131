"""The language of everything that is said to the operator: Chinese or English, chosen before the first word.

Messages are English in the code and looked up when they are said, by `_("text")` or
`ngettext("{n} row", "{n} rows", n)`; `N_("text")` marks a constant that is given to `_` later. The Chinese
is in `locale/zh_CN/LC_MESSAGES/console.po`; `python -m tests.catalogue` keeps it and its `.mo` up to date.
"""

from __future__ import annotations

import errno
import gettext
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

LANGUAGES = ("zh", "en")
LOCALE_FOLDER = Path(__file__).parent / "locale"
DOMAIN = "console"

_catalogue = gettext.NullTranslations()
_current = "en"


def choose(argv: Sequence[str], environ: Mapping[str, str], configured: str | None = None) -> str:
    """`"zh"` or `"en"`: from `--lang` in `argv`, WECOM_CONSOLE_LANG, the settings' `language`, or the locale.

    The locale is LC_ALL, LC_MESSAGES, LANGUAGE, LANG, in this order; what is neither Chinese nor English
    (C, POSIX, French) is served in English.
    """
    for wanted in (_argument(argv), environ.get("WECOM_CONSOLE_LANG"), configured):
        if wanted and (language := _language_of(wanted)):
            return language
    return _language_of(_locale(environ)) or "en"


def install(language: str) -> None:
    """Say everything in `language` (`"zh"` or `"en"`) from now on, click's own words included.

    click and argparse ask Python's gettext for the current text domain in the language that LANGUAGE names,
    so both are set; a child process then speaks the same language.
    """
    global _catalogue, _current
    locale = {"zh": "zh_CN", "en": "en"}[language]
    gettext.bindtextdomain(DOMAIN, str(LOCALE_FOLDER))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = locale
    _catalogue = gettext.translation(DOMAIN, str(LOCALE_FOLDER), [locale], fallback=True)
    _current = language


def current() -> str:
    """`"zh"` or `"en"`: the language that was installed."""
    return _current


def spoken_here(environ: Mapping[str, str]) -> str | None:
    """The language that was installed; None where it is English only because the locale (C, POSIX) says nothing."""
    locale = _locale({**environ, "LANGUAGE": ""})  # that one is what `install` set
    return _current if _current == "zh" or _language_of(locale) else None


def _(message: str) -> str:
    """`message` in the operator's language."""
    return _catalogue.gettext(message)


def N_(message: str) -> str:
    """`message` as it is: marks a constant for the catalogue."""
    return message


def ngettext(one: str, many: str, n: int) -> str:
    """The form for `n` things in the operator's language."""
    return _catalogue.ngettext(one, many, n)


def listed(names: Iterable[str]) -> str:
    """Names in a row, as the operator's language lists them: `a, b`, or with 、 between."""
    return ("、" if _current == "zh" else ", ").join(names)


def joined(clauses: Iterable[str]) -> str:
    """Clauses in a row, as the operator's language joins them: `a, b`, or with ， between."""
    return ("，" if _current == "zh" else ", ").join(clauses)


def labelled(label: str, value: str) -> str:
    """A label before what it is of, as the operator's language writes that: `a: b`, or with ： between."""
    return f"{label}{'：' if _current == 'zh' else ': '}{value}"


def system_words(failure: OSError) -> str:
    """Why the operating system refused, in the operator's language where it is one of the usual reasons."""
    usual = {
        errno.ENOENT: _("there is no such file or folder"),
        errno.ENOTDIR: _("there is no such file or folder"),
        errno.EACCES: _("you have no right to do that there"),
        errno.EPERM: _("you have no right to do that there"),
        errno.EEXIST: _("it is there already"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOSPC: _("the disk is full"),
        errno.EROFS: _("it can only be read there"),
        errno.ENAMETOOLONG: _("the name is too long"),
    }
    return usual.get(failure.errno or 0) or failure.strerror or str(failure)


def _argument(argv: Sequence[str]) -> str | None:
    """What the last `--lang` in `argv` says, in either form; nothing behind `--` counts."""
    found = None
    for place, word in enumerate(argv):
        if word == "--":
            break
        if word == "--lang" and place + 1 < len(argv):
            found = argv[place + 1]
        elif word.startswith("--lang="):
            found = word.removeprefix("--lang=")
    return found


def _locale(environ: Mapping[str, str]) -> str:
    named = (environ.get(variable) for variable in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"))
    return next((value.partition(":")[0] for value in named if value), "")


def _language_of(name: str) -> str | None:
    word = name.lower().replace("-", "_")
    for language in LANGUAGES:
        if word == language or word.startswith((f"{language}_", f"{language}.")):
            return language
    return None
