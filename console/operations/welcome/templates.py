"""Which template is for whom, and the message that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from console.settings_welcome import TemplateAttachment, WelcomeSettings, WelcomeTemplate
from console.wecom.media import MediaKind
from console.wecom.welcome import Attachment, AttachmentKind, WelcomeMessage, check_welcome

FOLLOWER = "{follower}"
"""Stands in a template's text for the staff member's name."""

_UPLOADED_AS: Mapping[AttachmentKind, tuple[str, MediaKind]] = {
    AttachmentKind.IMAGE: ("media_id", MediaKind.IMAGE),
    AttachmentKind.MINI_PROGRAM: ("pic_media_id", MediaKind.IMAGE),
    AttachmentKind.VIDEO: ("media_id", MediaKind.VIDEO),
    AttachmentKind.FILE: ("media_id", MediaKind.FILE),
}
"""The field that the file of an attachment fills with its id, and what it is uploaded as."""


def templates_for(settings: WelcomeSettings, profile: str, state: str | None) -> list[WelcomeTemplate]:
    """A profile's templates, those for this channel first, then those for any, then the others."""
    usable = [one for one in settings.templates if not one.profiles or profile in one.profiles]
    return sorted(usable, key=lambda one: 0 if _is_for(one, state) else 1 if not one.states else 2)


def template_by_rule(settings: WelcomeSettings, profile: str, state: str | None) -> WelcomeTemplate | None:
    """The first template that is meant for this channel, or for any; None where there is none."""
    first = next(iter(templates_for(settings, profile, state)), None)
    return first if first is not None and (_is_for(first, state) or not first.states) else None


def text_of(template: WelcomeTemplate, follower: str) -> str:
    """The text to be sent by this follower."""
    return template.text.replace(FOLLOWER, follower)


def files_of(template: WelcomeTemplate, folder: Path) -> dict[Path, MediaKind]:
    """The files that have to be uploaded first; paths are seen from the settings' folder."""
    found: dict[Path, MediaKind] = {}
    for attachment in template.attachments:
        if name := attachment.values.get("file"):
            found[folder / name] = _UPLOADED_AS[AttachmentKind(attachment.type)][1]
    return found


def message_of(
    template: WelcomeTemplate, *, follower: str, media_ids: Mapping[Path, str], folder: Path
) -> WelcomeMessage:
    """The message that a template becomes, once its files are uploaded. Raises UnsendableWelcome."""
    attachments = tuple(_attachment(one, media_ids, folder) for one in template.attachments)
    message = WelcomeMessage(text_of(template, follower), attachments)
    check_welcome(message)
    return message


def _attachment(attachment: TemplateAttachment, media_ids: Mapping[Path, str], folder: Path) -> Attachment:
    kind = AttachmentKind(attachment.type)
    fields = {key: value for key, value in attachment.values.items() if key != "file"}
    if name := attachment.values.get("file"):
        fields[_UPLOADED_AS[kind][0]] = media_ids[folder / name]
    return Attachment(kind, fields)


def _is_for(template: WelcomeTemplate, state: str | None) -> bool:
    return any(fnmatchcase(state or "", wanted) for wanted in template.states)
