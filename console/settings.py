"""The operator's settings: where they are, what they say, and which key is wrong.

`config.toml` holds no secret and may be absent:

    default_profile = "acme"
    language = "zh"                       # "zh" or "en"; else the locale decides
    timezone = "Asia/Shanghai"            # else the machine's
    mask = true                           # start with personal data masked
    ascii = false                         # draw with ASCII characters only
    theme = "dark"                        # "dark", "light", "contrast" or "mono" (no colour)
    operator = "ask"                      # who works here, for the record; "ask" asks once; else the user's name

    [keys]                                # command id -> its keys
    find = ["f", "f3"]

    [profiles.acme]
    corp_id = "ww1234567890abcdef"
    app_type = "self-built"               # "self-built", "delegated" or "third-party"
    base_url = "https://qyapi.weixin.qq.com"
    env = "prod"                          # "prod", "test" or "demo"
    read_only = false
    suite_id = ""                         # delegated and third-party
    receive_ids = []                      # further ids that callbacks may be meant for
    contacts = "official"                 # "guide" asks the guide's own path for served contacts
    conversion = "official"               # "old" converts unionids at the address of before
    customer_acquisition = false          # true: sees only the customers that this app brought
    receiver = "127.0.0.1:8765/callback"  # where the callback receiver listens, on this machine alone
    secret_command = []                   # ["op", "read", "op://wecom/{profile}/{kind}"] prints the secrets

    [welcome]
    automatic = ["acme"]                  # profiles in which the first template for the channel is sent by itself

    [[welcome.templates]]
    name = "Fair"
    states = ["expo*"]                    # of these channels; none: of any
    profiles = ["acme"]                   # in these profiles; none: in all
    text = "Hello, this is {follower}."
    attachments = [{ type = "link", title = "Prices", url = "https://example.com/" }]
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from console.address import USUAL, Address
from console.language import _, system_words
from console.settings_welcome import NO_WELCOME, WelcomeSettings

DEFAULT_BASE_URL = "https://qyapi.weixin.qq.com"
LOOKS = ("dark", "light", "contrast", "mono")
CONTACTS_PATHS = {
    "official": "/externalcontact/contact_list",
    "guide": "/externalcontact/list_member_non_data_contact",
}


CONVERSION_PATHS = {
    "official": "/idconvert/unionid_to_external_userid",
    "old": "/externalcontact/unionid_to_external_userid",
}


class AppType(StrEnum):
    """The kind of app whose credentials a profile holds."""

    SELF_BUILT = "self-built"
    DELEGATED = "delegated"
    THIRD_PARTY = "third-party"


class Environment(StrEnum):
    """How careful the operator has to be; the header shows it."""

    PROD = "prod"
    TEST = "test"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Profile:
    """One corp with one app's credentials; the secrets themselves are in the keyring."""

    name: str
    corp_id: str
    app_type: AppType = AppType.SELF_BUILT
    base_url: str = DEFAULT_BASE_URL
    environment: Environment = Environment.PROD
    read_only: bool = False
    suite_id: str = ""
    receive_ids: tuple[str, ...] = ()
    contacts_path: str = CONTACTS_PATHS["official"]
    customer_acquisition: bool = False
    secret_command: tuple[str, ...] = ()
    conversion_path: str = CONVERSION_PATHS["official"]
    receiver: Address = USUAL


@dataclass(frozen=True, slots=True)
class Settings:
    """All that `config.toml` says; `mask`, `language`, `timezone`, `operator` are None where it says nothing.

    `read_only` is never in the file: it says that this run was started with --read-only.
    """

    file: Path
    default_profile: str | None = None
    profiles: Mapping[str, Profile] = field(default_factory=lambda: MappingProxyType({}))
    language: str | None = None
    timezone: str | None = None
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    mask: bool | None = None
    ascii: bool = False
    operator: str | None = None
    read_only: bool = False
    welcome: WelcomeSettings = NO_WELCOME
    theme: str = "dark"


class SettingsError(Exception):
    """A mistake in the settings: file, dotted key (empty: the whole file), why, and the nearest valid key."""

    def __init__(self, file: Path, key: str, message: str, nearest: str | None = None) -> None:
        super().__init__(file, key, message, nearest)
        self.file = file
        self.key = key
        self.message = message
        self.nearest = nearest

    def __str__(self) -> str:
        parts = [str(self.file), self.key, self.message]
        text = ": ".join(part for part in parts if part)
        return text + " " + _("Did you mean {key}?").format(key=self.nearest) if self.nearest else text


@dataclass(frozen=True, slots=True)
class Home:
    """Where this user's settings, data and logs are. Folders are made (0700) when they are asked for."""

    settings_folder: Path
    data_folder: Path
    log_folder: Path

    @classmethod
    def locate(cls, environ: Mapping[str, str] = os.environ) -> Home:
        """WECOM_CONSOLE_HOME for everything, else what the operating system's conventions say."""
        if one := environ.get("WECOM_CONSOLE_HOME"):
            folder = Path(one).expanduser().absolute()
            return cls(folder, folder, folder)
        from platformdirs import PlatformDirs  # here: it is not needed for a home of its own

        places = PlatformDirs("wecom-console", appauthor=False)
        return cls(Path(places.user_config_dir), Path(places.user_data_dir), Path(places.user_log_dir))

    @property
    def settings_file(self) -> Path:
        """The settings, whether or not there are any yet; its folder is made by whoever writes it."""
        return self.settings_folder / "config.toml"

    @property
    def names_file(self) -> Path:
        """The operator's own names of followers (userid,name), beside the settings."""
        return self.settings_folder / "names.csv"

    @property
    def store_file(self) -> Path:
        """The store, in a folder that exists."""
        return private_folder(self.data_folder) / "store.db"

    @property
    def log_file(self) -> Path:
        """The log, in a folder that exists."""
        return private_folder(self.log_folder) / "wecom-console.log"


def private_folder(folder: Path) -> Path:
    """`folder`, made for this user alone if it was not there."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def load_settings(home: Home) -> Settings:
    """The settings in `home`, or the defaults where there is no file.

    Raises SettingsError for a file that others may write, for bad TOML (with its line), an unknown key (with
    the nearest valid one) and a value of the wrong kind.
    """
    file = home.settings_file
    document = _read(file)
    if document is None:
        return Settings(file)
    from console.settings_schema import settings_from  # here: most commands of a fresh machine have no file

    return settings_from(file, document)


ASK = "ask"
"""The `operator` of an account that several people share: who is at the keys is asked once a session."""


_USER = ("LOGNAME", "USER", "LNAME", "USERNAME")
"""Where `getpass.getuser` looks first."""


def operator_of(settings: Settings, wanted: str | None = None) -> str:
    """Who works here, for the record: `wanted` (--operator), else the setting unless it is "ask", else the user."""
    if wanted or settings.operator not in (None, ASK):
        return wanted or settings.operator or ""
    if user := next(filter(None, map(os.environ.get, _USER)), None):
        return user
    import getpass  # here: rarely is it needed, and the first paint waits for it

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in some containers
        return str(os.getuid()) if hasattr(os, "getuid") else "?"


def is_the_machines_zone(zone: str) -> bool:
    """Whether this computer is in a zone, where that can be told at once (not on Windows): its time will do then."""
    return "TZ" not in os.environ and os.path.realpath("/etc/localtime").endswith(f"/zoneinfo/{zone}")


def configured_language(home: Home) -> str | None:
    """The settings' `language`, or None where it cannot be known; `load_settings` says what is wrong."""
    try:
        document = _read(home.settings_file)
    except SettingsError:
        return None
    language = (document or {}).get("language")
    return language if isinstance(language, str) else None


def _read(file: Path) -> dict[str, object] | None:
    try:
        with file.open("rb") as stream:
            if os.name == "posix" and stat.S_IMODE(os.fstat(stream.fileno()).st_mode) & 0o022:
                message = _("Others may write this file, so it is not trusted. Run: chmod go-w {file}").format(
                    file=file
                )
                raise SettingsError(file, "", message)
            content = stream.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsError(file, "", system_words(error)) from None
    import tomllib

    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SettingsError(file, "", _("line {line} is not UTF-8 text").format(line=line)) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(file, "", _("not valid TOML: {reason}").format(reason=error)) from None
