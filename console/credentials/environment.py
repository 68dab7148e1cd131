"""Secrets that the environment gives for one run: WECOM_CONSOLE_SECRET_<KIND>."""

from __future__ import annotations

import os
from collections.abc import Mapping

from console.credentials.kinds import SecretKind, Secrets, variable_of


class EnvironmentSecrets:
    """Secrets that the environment gives for this run, before those of `wrapped`; writes go to `wrapped`."""

    def __init__(self, wrapped: Secrets, environ: Mapping[str, str] = os.environ) -> None:
        self._wrapped = wrapped
        self._environ = environ

    def given(self, kind: SecretKind) -> bool:
        """Whether the environment gives this secret."""
        return bool(self._environ.get(variable_of(kind), "").strip())

    def get(self, profile: str, kind: SecretKind) -> str | None:
        if self.given(kind):
            return self._environ[variable_of(kind)].rstrip("\r\n")
        return self._wrapped.get(profile, kind)

    def set(self, profile: str, kind: SecretKind, value: str) -> None:
        self._wrapped.set(profile, kind, value)

    def remove(self, profile: str, kind: SecretKind) -> bool:
        return self._wrapped.remove(profile, kind)
