"""What `config.toml` may say: each key with its kind, and how a wrong one is reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar
from urllib.parse import urlsplit

from console.language import _
from console.settings import (
    CONTACTS_PATHS,
    DEFAULT_BASE_URL,
    AppType,
    Environment,
    Profile,
    Settings,
    SettingsError,
)

TOP_KEYS = ("default_profile", "language", "timezone", "mask", "ascii", "keys", "profiles")
PROFILE_KEYS = (
    "corp_id",
    "app_type",
    "base_url",
    "env",
    "read_only",
    "suite_id",
    "receive_ids",
    "contacts",
    "customer_acquisition",
)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

Choice = TypeVar("Choice", bound=StrEnum)
Absent = TypeVar("Absent")


def settings_from(file: Path, document: Mapping[str, object]) -> Settings:
    """The settings that a parsed `config.toml` says. Raises SettingsError for the first mistake."""
    top = _Table(file, "", document, TOP_KEYS)
    tables = _Table(file, "profiles", top.table("profiles"))
    profiles = {
        name: _profile(_Table(file, f"profiles.{name}", tables.table(name), PROFILE_KEYS), name) for name in tables
    }
    default = top.text("default_profile", None)
    if default is not None and default not in profiles:
        message = _("There is no profile {name!r}.").format(name=default)
        raise top.error("default_profile", message, _nearest(default, profiles))
    keys = _Table(file, "keys", top.table("keys"))
    return Settings(
        file,
        default,
        MappingProxyType(profiles),
        top.one_of("language", ("zh", "en")),
        _known_zone(top),
        MappingProxyType({command: keys.texts(command) for command in keys}),
        top.flag("mask", None),
        bool(top.flag("ascii", False)),
    )


def profile_mistake(name: str) -> str | None:
    """Why `name` cannot be a profile's name, or None: it is part of keyring entries and command lines."""
    if not name or name != name.strip():
        return _("A profile's name cannot be empty or have blanks around it.")
    if name.startswith("-") or any(c in "/\\" or not c.isprintable() for c in name):
        return _("A profile's name cannot have a slash or a control character in it, nor a dash in front.")
    return None


def base_url_mistake(url: str) -> str | None:
    """Why `url` cannot be where WeCom is, or None: a secret goes there, so https, or http to this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _port = parts.port
    except ValueError:
        return _("This is not an address.")
    if parts.scheme not in ("http", "https") or not host:
        return _("An address starts with https://, or with http:// for a server on this machine.")
    if parts.scheme == "http" and host not in _LOOPBACK:
        return _("Secrets are not sent over http: use https, or http only for a server on this machine.")
    if parts.username or parts.password or parts.query or parts.fragment:
        return _("An address has no user, query or fragment here.")
    return None


def _profile(table: _Table, name: str) -> Profile:
    if mistake := profile_mistake(name):
        raise SettingsError(table.file, table.path, mistake)
    if not (corp_id := table.text("corp_id", "")):
        raise table.error("corp_id", _("A profile needs its corp ID."))
    base_url = (table.text("base_url", DEFAULT_BASE_URL) or DEFAULT_BASE_URL).rstrip("/")
    if mistake := base_url_mistake(base_url):
        raise table.error("base_url", mistake)
    contacts = table.one_of("contacts", tuple(CONTACTS_PATHS)) or "official"
    return Profile(
        name,
        corp_id,
        table.choice("app_type", AppType.SELF_BUILT),
        base_url,
        table.choice("env", Environment.PROD),
        bool(table.flag("read_only", False)),
        table.text("suite_id", "") or "",
        table.texts("receive_ids"),
        CONTACTS_PATHS[contacts],
        bool(table.flag("customer_acquisition", False)),
    )


def _known_zone(top: _Table) -> str | None:
    zone = top.text("timezone", None)
    if zone is not None:
        from zoneinfo import ZoneInfo  # here: only who sets a zone pays for it

        try:
            ZoneInfo(zone)
        except (OSError, ValueError, LookupError):
            raise top.error("timezone", _("There is no time zone {name!r}.").format(name=zone)) from None
    return zone


class _Table:
    """One table of the file: its values by key, each checked for its kind; a mistake raises SettingsError."""

    def __init__(
        self, file: Path, path: str, values: Mapping[str, object], known: tuple[str, ...] | None = None
    ) -> None:
        self.file = file
        self.path = path
        self._values = values
        for key in values:
            if known is not None and key not in known and "secret" in key.lower():
                raise self.error(key, _("Secrets are not kept here but in the keyring: wecom-console secret set."))
            if known is not None and key not in known:
                raise self.error(key, _("There is no such key."), _nearest(key, known))

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def error(self, key: str, message: str, nearest: str | None = None) -> SettingsError:
        return SettingsError(self.file, f"{self.path}.{key}" if self.path else key, message, nearest)

    def table(self, key: str) -> Mapping[str, object]:
        value = self._values.get(key, {})
        if isinstance(value, Mapping):
            return value
        raise self.error(key, _("This is a table: [{key}].").format(key=key))

    def text(self, key: str, absent: Absent) -> str | Absent:
        value = self._values.get(key)
        if value is None:
            return absent
        if isinstance(value, str):
            return value
        raise self.error(key, _('This is a text, in quotes: "..".'))

    def flag(self, key: str, absent: Absent) -> bool | Absent:
        value = self._values.get(key)
        if value is None:
            return absent
        if isinstance(value, bool):
            return value
        raise self.error(key, _("This is true or false, without quotes."))

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._values.get(key, [])
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        raise self.error(key, _('This is a list of texts: ["..", ".."].'))

    def one_of(self, key: str, allowed: Sequence[str]) -> str | None:
        value = self.text(key, None)
        if value is None or value in allowed:
            return value
        message = _("This is one of: {values}.").format(values=", ".join(allowed))
        raise self.error(key, message, _nearest(value, allowed))

    def choice(self, key: str, default: Choice) -> Choice:
        kind = type(default)
        value = self.one_of(key, [one.value for one in kind])
        return default if value is None else kind(value)


def _nearest(word: str, known: Iterable[str]) -> str | None:
    from difflib import get_close_matches  # here: only a mistake needs it

    found = get_close_matches(word.lower().replace("-", "_"), known, n=1, cutoff=0.5) or get_close_matches(
        word.lower(), known, n=1, cutoff=0.5
    )
    return found[0] if found else None
