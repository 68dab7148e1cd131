"""Which secrets there are, which of them a kind of app needs, and what can keep them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from console.settings import AppType


class SecretKind(StrEnum):
    """The secrets that a profile may need, by the names that the command line uses."""

    CORP_SECRET = "corp-secret"
    CALLBACK_TOKEN = "callback-token"
    ENCODING_AES_KEY = "encoding-aes-key"
    PERMANENT_CODE = "permanent-code"
    SUITE_SECRET = "suite-secret"
    SUITE_TICKET = "suite-ticket"


class Secrets(Protocol):
    """Where the secrets of profiles are. All three raise KeyringUnavailable, `get` also SecretCommandFailed."""

    def get(self, profile: str, kind: SecretKind) -> str | None:
        """The secret, or None where there is none."""

    def set(self, profile: str, kind: SecretKind, value: str) -> None:
        """Keep `value` in place of what was there. Raises SecretNotKept if it cannot be read back."""

    def remove(self, profile: str, kind: SecretKind) -> bool:
        """Forget the secret; True if there was one."""


_NEEDED: Mapping[AppType, tuple[SecretKind, ...]] = MappingProxyType(
    {
        AppType.SELF_BUILT: (SecretKind.CORP_SECRET,),
        AppType.DELEGATED: (SecretKind.PERMANENT_CODE,),
        AppType.THIRD_PARTY: (SecretKind.PERMANENT_CODE, SecretKind.SUITE_SECRET, SecretKind.SUITE_TICKET),
    }
)


def needed_kinds(app_type: AppType) -> tuple[SecretKind, ...]:
    """The secrets without which a profile of this kind of app cannot ask WeCom anything."""
    return _NEEDED[app_type]


def main_secret_kind(app_type: AppType) -> SecretKind:
    """The first of them: what names the app to WeCom."""
    return _NEEDED[app_type][0]


def variable_of(kind: SecretKind) -> str:
    """The environment variable that gives a secret for one run: WECOM_CONSOLE_SECRET_CORP_SECRET."""
    return "WECOM_CONSOLE_SECRET_" + kind.value.replace("-", "_").upper()
