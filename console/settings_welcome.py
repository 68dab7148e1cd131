"""Welcome messages in `config.toml`: templates, which of them are meant for what, and what is sent by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from console.language import _

if TYPE_CHECKING:
    from console.settings_table import Table

_KEYS = ("automatic", "templates")
_TEMPLATE_KEYS = ("name", "states", "profiles", "text", "attachments")
ATTACHMENT_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "image": ("file", "pic_url"),
        "link": ("title", "url", "desc", "picurl"),
        "miniprogram": ("title", "appid", "page", "file"),
        "video": ("file",),
        "file": ("file",),
    }
)
"""What each type of attachment may say; `file` is a path, seen from the folder of `config.toml`."""


@dataclass(frozen=True, slots=True)
class TemplateAttachment:
    """One attachment as the settings say it: WeCom's msgtype, and its keys of `ATTACHMENT_KEYS`."""

    type: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WelcomeTemplate:
    """A welcome message to be sent, for customers of these channels (`*` stands for anything; none: for all).

    `{follower}` in the text becomes the staff member's name.
    """

    name: str
    text: str = ""
    attachments: tuple[TemplateAttachment, ...] = ()
    states: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WelcomeSettings:
    """All templates in the settings' order, and the profiles in which the first that fits is sent by itself."""

    templates: tuple[WelcomeTemplate, ...] = ()
    automatic: tuple[str, ...] = ()


NO_WELCOME = WelcomeSettings()


def welcome_from(table: Table, profiles: tuple[str, ...]) -> WelcomeSettings:
    """What the table [welcome] says. Raises SettingsError."""
    table.check_keys(_KEYS)
    automatic = table.texts("automatic")
    _check_profiles(table, "automatic", automatic, profiles)
    templates = tuple(
        _template(table.numbered("templates", place, _TEMPLATE_KEYS), profiles)
        for place in range(len(table.tables("templates")))
    )
    return WelcomeSettings(templates, automatic)


def _template(table: Table, profiles: tuple[str, ...]) -> WelcomeTemplate:
    name = table.text("name", "")
    if not name:
        raise table.error("name", _("A template needs a name."))
    wanted = table.texts("profiles")
    _check_profiles(table, "profiles", wanted, profiles)
    attachments = tuple(
        _attachment(table.numbered("attachments", place)) for place in range(len(table.tables("attachments")))
    )
    text = table.text("text", "")
    if not text and not attachments:
        raise table.error("text", _("A template needs a text or an attachment."))
    return WelcomeTemplate(name, text, attachments, table.texts("states"), wanted)


def _attachment(table: Table) -> TemplateAttachment:
    kind = table.one_of("type", tuple(ATTACHMENT_KEYS))
    if kind is None:
        raise table.error("type", _("This is one of: {values}.").format(values=", ".join(ATTACHMENT_KEYS)))
    table.check_keys(("type", *ATTACHMENT_KEYS[kind]))
    values = {key: text for key in ATTACHMENT_KEYS[kind] if (text := table.text(key, ""))}
    return TemplateAttachment(kind, MappingProxyType(values))


def _check_profiles(table: Table, key: str, wanted: tuple[str, ...], profiles: tuple[str, ...]) -> None:
    for name in wanted:
        if name not in profiles:
            raise table.error(key, _("There is no profile {name!r}.").format(name=name))
