"""What `config.toml` may say: each key with its kind, and how a wrong one is reported."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from console.address import USUAL, Address
from console.language import _
from console.settings import (
    CONTACTS_PATHS,
    CONVERSION_PATHS,
    DEFAULT_BASE_URL,
    LOOKS,
    AppType,
    Environment,
    Profile,
    Settings,
    SettingsError,
    is_the_machines_zone,
)
from console.settings_table import Table, nearest_of
from console.settings_welcome import welcome_from

TOP_KEYS = (
    "default_profile",
    "language",
    "timezone",
    "mask",
    "ascii",
    "theme",
    "operator",
    "keys",
    "profiles",
    "welcome",
)
PROFILE_KEYS = (
    "corp_id",
    "app_type",
    "base_url",
    "env",
    "read_only",
    "suite_id",
    "receive_ids",
    "contacts",
    "conversion",
    "customer_acquisition",
    "receiver",
    "secret_command",
)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def settings_from(file: Path, document: Mapping[str, object]) -> Settings:
    """The settings that a parsed `config.toml` says. Raises SettingsError for the first mistake."""
    top = Table(file, "", document, TOP_KEYS)
    tables = Table(file, "profiles", top.table("profiles"))
    profiles = {
        name: _profile(Table(file, f"profiles.{name}", tables.table(name), PROFILE_KEYS), name) for name in tables
    }
    default = top.text("default_profile", None)
    if default is not None and default not in profiles:
        message = _("There is no profile {name!r}.").format(name=default)
        raise top.error("default_profile", message, nearest_of(default, profiles))
    keys = Table(file, "keys", top.table("keys"))
    return Settings(
        file,
        default,
        MappingProxyType(profiles),
        top.one_of("language", ("zh", "en")),
        _known_zone(top),
        MappingProxyType({command: keys.texts(command) for command in keys}),
        top.flag("mask", None),
        bool(top.flag("ascii", False)),
        _operator(top),
        welcome=welcome_from(Table(file, "welcome", top.table("welcome")), tuple(profiles)),
        theme=top.one_of("theme", LOOKS) or LOOKS[0],
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


def _profile(table: Table, name: str) -> Profile:
    if mistake := profile_mistake(name):
        raise SettingsError(table.file, table.path, mistake)
    if not (corp_id := table.text("corp_id", "")):
        raise table.error("corp_id", _("A profile needs its corp ID."))
    base_url = (table.text("base_url", DEFAULT_BASE_URL) or DEFAULT_BASE_URL).rstrip("/")
    if mistake := base_url_mistake(base_url):
        raise table.error("base_url", mistake)
    contacts = table.one_of("contacts", tuple(CONTACTS_PATHS)) or "official"
    conversion = table.one_of("conversion", tuple(CONVERSION_PATHS)) or "official"
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
        _command(table),
        CONVERSION_PATHS[conversion],
        _receiver(table),
    )


def _receiver(table: Table) -> Address:
    written = table.text("receiver", None)
    if written is None:
        return USUAL
    try:
        address = Address.read(written)
    except ValueError:
        raise table.error("receiver", _('This is an address: "127.0.0.1:8765/callback".')) from None
    if not address.is_loopback:
        why = _(
            "Only this machine itself can be named here: what listens on a network is started by hand, with "
            "wecom-console receive --host."
        )
        raise table.error("receiver", why)
    return address


def _command(table: Table) -> tuple[str, ...]:
    words = table.texts("secret_command")
    if words and not words[0].strip():
        raise table.error("secret_command", _("Its first text is the program to run."))
    return words


def operator_mistake(name: str) -> str | None:
    """Why `name` cannot be an operator's name, or None: it stands in the record and on one line."""
    if not name or name != name.strip() or not name.isprintable():
        return _("An operator's name cannot be empty, nor have blanks around it or control characters.")
    return None


def _operator(top: Table) -> str | None:
    name = top.text("operator", None)
    if name is not None and (mistake := operator_mistake(name)):
        raise top.error("operator", mistake)
    return name


def _known_zone(top: Table) -> str | None:
    zone = top.text("timezone", None)
    if zone is not None and not (zone and is_the_machines_zone(zone)):
        from zoneinfo import ZoneInfo  # here: only who sets a zone pays for it

        try:
            ZoneInfo(zone)
        except (OSError, ValueError, LookupError):
            raise top.error("timezone", _("There is no time zone {name!r}.").format(name=zone)) from None
    return zone
