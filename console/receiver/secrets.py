"""The two secrets of a callback address, read once, and the ids that its messages may be meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.credentials import SecretKind, Secrets
from console.credentials.aside import aside
from console.settings import Profile
from console.wecom.redact import Hidden

if TYPE_CHECKING:
    from console.wecom.callback.envelope import Envelope


class CallbackSecretMissing(Exception):
    """The profile has no callback token, or no AES key."""

    def __init__(self, profile: str, kind: str) -> None:
        super().__init__(profile, kind)
        self.profile = profile
        self.kind = kind

    def __str__(self) -> str:
        return f"no {self.kind} for profile {self.profile}"


async def envelope_of(profile: Profile, secrets: Secrets) -> Envelope:
    """The envelope of a profile's callback address.

    Raises CallbackSecretMissing, KeyringUnavailable, SecretCommandFailed, and Rejected (KEY) for a secret of another
    form than WeCom's.
    """
    from console.wecom.callback.envelope import Envelope  # here: it loads cryptography

    token = await _read(profile, secrets, SecretKind.CALLBACK_TOKEN)
    key = await _read(profile, secrets, SecretKind.ENCODING_AES_KEY)
    return Envelope(token.reveal(), key.reveal(), receive_ids(profile))


def receive_ids(profile: Profile) -> frozenset[str]:
    """All ids that WeCom may put into the messages for this profile's app.

    An app of a suite gets them for the suite, for the corp, and (its address verified) for the provider, whose id
    only the settings can know; some apps get them for nobody. Follows WeCom document 90968.
    """
    return frozenset({profile.corp_id, profile.suite_id, *profile.receive_ids, ""})


async def _read(profile: Profile, secrets: Secrets, kind: SecretKind) -> Hidden:
    value = await aside(lambda: secrets.get(profile.name, kind))
    if not value:
        raise CallbackSecretMissing(profile.name, kind.value)
    return Hidden(value)
