"""Secrets that live no longer than this run."""

from __future__ import annotations

from collections.abc import Mapping

from console.credentials.kinds import SecretKind, Secrets


class MemorySecrets:
    """Secrets for this run only."""

    def __init__(self, known: Mapping[tuple[str, SecretKind], str] | None = None) -> None:
        self._values = dict(known or {})

    def get(self, profile: str, kind: SecretKind) -> str | None:
        return self._values.get((profile, kind))

    def set(self, profile: str, kind: SecretKind, value: str) -> None:
        self._values[profile, kind] = value

    def remove(self, profile: str, kind: SecretKind) -> bool:
        return self._values.pop((profile, kind), None) is not None


class TypedSecrets:
    """Secrets that the operator typed during this run, before those of `wrapped`; they are kept nowhere else."""

    def __init__(self, wrapped: Secrets) -> None:
        self._wrapped = wrapped
        self._typed = MemorySecrets()

    def give(self, profile: str, kind: SecretKind, value: str) -> None:
        """Use `value` for this run."""
        self._typed.set(profile, kind, value)

    def given(self, profile: str, kind: SecretKind) -> bool:
        """Whether this secret was typed."""
        return self._typed.get(profile, kind) is not None

    def get(self, profile: str, kind: SecretKind) -> str | None:
        typed = self._typed.get(profile, kind)
        return self._wrapped.get(profile, kind) if typed is None else typed

    def set(self, profile: str, kind: SecretKind, value: str) -> None:
        """Keep `value`, which then counts in place of what was typed."""
        self._wrapped.set(profile, kind, value)
        self._typed.remove(profile, kind)

    def remove(self, profile: str, kind: SecretKind) -> bool:
        typed = self._typed.remove(profile, kind)
        return self._wrapped.remove(profile, kind) or typed
