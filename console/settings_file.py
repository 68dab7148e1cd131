"""Write `config.toml`: add, choose and remove profiles; comments and all else stay as they are."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

import tomlkit
from tomlkit.items import Table
from tomlkit.toml_document import TOMLDocument

from console.language import spoken_here
from console.settings import (
    CONTACTS_PATHS,
    CONVERSION_PATHS,
    Home,
    Profile,
    SettingsError,
    load_settings,
    private_folder,
)
from console.settings_schema import base_url_mistake, profile_mistake


class ProfileExists(Exception):
    """There is a profile of this name already."""


class NoSuchProfile(Exception):
    """There is no profile of this name; `known` are those there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.name = name
        self.known = known


def add_profile(home: Home, profile: Profile) -> bool:
    """Add a profile; the first one becomes the default, and then the answer is True.

    With the first one the language and the time zone of now are kept, so that another LANG changes nothing later.
    Raises ProfileExists, and SettingsError for a name or an address that cannot be, or a wrong file.
    """
    settings = load_settings(home)
    if mistake := profile_mistake(profile.name) or base_url_mistake(profile.base_url):
        raise SettingsError(settings.file, f"profiles.{profile.name}", mistake)
    if profile.name in settings.profiles:
        raise ProfileExists(profile.name)
    document = _document(settings.file)
    profiles = document.setdefault("profiles", tomlkit.table(is_super_table=True))
    profiles[profile.name] = _table(profile)
    first = settings.default_profile is None and not settings.profiles
    if first:
        document["default_profile"] = profile.name
        for key, value in (("language", spoken_here(os.environ)), ("timezone", _zone_here())):
            if value and key not in document:
                document[key] = value
    _write(settings.file, document)
    return first


def replace_profile(home: Home, name: str, profile: Profile) -> None:
    """Put `profile` in the place of the one named `name`, as the default too if that was it.

    Raises NoSuchProfile, ProfileExists when it is to have another one's name, and SettingsError.
    """
    settings = load_settings(home)
    if mistake := profile_mistake(profile.name) or base_url_mistake(profile.base_url):
        raise SettingsError(settings.file, f"profiles.{profile.name}", mistake)
    if name not in settings.profiles:
        raise NoSuchProfile(name, tuple(settings.profiles))
    if profile.name != name and profile.name in settings.profiles:
        raise ProfileExists(profile.name)
    document = _document(settings.file)
    del document["profiles"][name]
    document["profiles"][profile.name] = _table(profile)
    if settings.default_profile == name:
        document["default_profile"] = profile.name
    _write(settings.file, document)


def use_profile(home: Home, name: str) -> None:
    """Make `name` the default profile. Raises NoSuchProfile or SettingsError."""
    settings = load_settings(home)
    if name not in settings.profiles:
        raise NoSuchProfile(name, tuple(settings.profiles))
    document = _document(settings.file)
    document["default_profile"] = name
    _write(settings.file, document)


def remove_profile(home: Home, name: str) -> None:
    """Remove a profile from the settings, not from the store. Raises NoSuchProfile or SettingsError."""
    settings = load_settings(home)
    if name not in settings.profiles:
        raise NoSuchProfile(name, tuple(settings.profiles))
    document = _document(settings.file)
    del document["profiles"][name]
    if settings.default_profile == name:
        del document["default_profile"]
    _write(settings.file, document)


def _table(profile: Profile) -> Table:
    table = tomlkit.table()
    table["corp_id"] = profile.corp_id
    table["app_type"] = profile.app_type.value
    defaults = Profile(profile.name, profile.corp_id)
    if profile.base_url != defaults.base_url:
        table["base_url"] = profile.base_url
    table["env"] = profile.environment.value
    if profile.read_only:
        table["read_only"] = True
    if profile.suite_id:
        table["suite_id"] = profile.suite_id
    if profile.receive_ids:
        table["receive_ids"] = list(profile.receive_ids)
    if profile.contacts_path == CONTACTS_PATHS["guide"]:
        table["contacts"] = "guide"
    if profile.conversion_path == CONVERSION_PATHS["old"]:
        table["conversion"] = "old"
    if profile.customer_acquisition:
        table["customer_acquisition"] = True
    if profile.receiver != defaults.receiver:
        table["receiver"] = f"{profile.receiver}{profile.receiver.path}"
    if profile.secret_command:
        table["secret_command"] = list(profile.secret_command)
    return table


def _zone_here() -> str | None:
    """The machine's time zone by its IANA name; None where it has none or hides it."""
    from tzlocal import get_localzone_name  # here: only the first profile needs it

    try:
        return ZoneInfo(get_localzone_name()).key
    except (LookupError, OSError, TypeError, ValueError):
        return None


def _document(file: Path) -> TOMLDocument:
    return tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()


def _write(file: Path, document: TOMLDocument) -> None:
    """Replace the file in one step, readable for its owner only."""
    file = file.resolve()  # a link to the settings stays a link
    folder = private_folder(file.parent)
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(tomlkit.dumps(document).encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
