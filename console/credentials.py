"""Where secrets are: in the operating system's keyring, in the environment for one run, or in memory.

Every call to the keyring is made on one daemon thread and waited for only so long: a keyring that hangs costs
its caller three seconds and never keeps the program from ending. No secret stands in an exception or a repr.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from enum import StrEnum
from queue import SimpleQueue
from typing import Protocol, TypeVar

from console.settings import AppType

SERVICE = "wecom-console"
LIMIT_SECONDS = 3.0

Answer = TypeVar("Answer")


class SecretKind(StrEnum):
    """The secrets that a profile may need, by the names that the command line uses."""

    CORP_SECRET = "corp-secret"
    CALLBACK_TOKEN = "callback-token"
    ENCODING_AES_KEY = "encoding-aes-key"
    PERMANENT_CODE = "permanent-code"
    SUITE_SECRET = "suite-secret"
    SUITE_TICKET = "suite-ticket"


class KeyringState(StrEnum):
    """Why the keyring gave no answer."""

    ABSENT = "absent"
    LOCKED = "locked"
    SLOW = "slow"


class KeyringUnavailable(Exception):
    """The keyring could not be asked: absent, locked or slow; `detail` is its own word, free of secrets."""

    def __init__(self, state: KeyringState, detail: str = "") -> None:
        super().__init__(state, detail)
        self.state = state
        self.detail = detail

    def __str__(self) -> str:
        return f"keyring {self.state}: {self.detail}" if self.detail else f"keyring {self.state}"


class SecretNotKept(Exception):
    """The keyring took a secret and gave back another: what was there before may still be there."""


class Secrets(Protocol):
    """Where the secrets of profiles are. All three raise KeyringUnavailable."""

    def get(self, profile: str, kind: SecretKind) -> str | None:
        """The secret, or None where there is none."""

    def set(self, profile: str, kind: SecretKind, value: str) -> None:
        """Keep `value` in place of what was there. Raises SecretNotKept if it cannot be read back."""

    def remove(self, profile: str, kind: SecretKind) -> bool:
        """Forget the secret; True if there was one."""


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


class KeyringSecrets:
    """Secrets in the keyring of the operating system, or the one that PYTHON_KEYRING_BACKEND names."""

    def __init__(self, *, limit: float = LIMIT_SECONDS) -> None:
        self._limit = limit
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._starting = threading.Lock()
        self._started = False

    def get(self, profile: str, kind: SecretKind) -> str | None:
        user = _user(profile, kind)
        return self._ask(lambda: _keyring_get(user))

    def set(self, profile: str, kind: SecretKind, value: str) -> None:
        user = _user(profile, kind)

        def replace() -> bool:
            import keyring

            keyring.set_password(SERVICE, user, value)
            return keyring.get_password(SERVICE, user) == value

        if not self._ask(replace, value):
            raise SecretNotKept(user)

    def remove(self, profile: str, kind: SecretKind) -> bool:
        user = _user(profile, kind)

        def delete() -> bool:
            if _keyring_get(user) is None:
                return False
            import keyring

            keyring.delete_password(SERVICE, user)
            return True

        return self._ask(delete)

    def _ask(self, question: Callable[[], Answer], secret: str | None = None) -> Answer:
        """The answer to `question`, asked on the keyring's thread. Raises KeyringUnavailable."""
        answer: Future[Answer] = Future()

        def call() -> None:
            if not answer.set_running_or_notify_cancel():
                return
            try:
                answer.set_result(question())
            except BaseException as error:  # whatever a backend raises is its caller's to know
                answer.set_exception(_why(error, secret))

        with self._starting:
            if not self._started:
                threading.Thread(target=self._serve, name="keyring", daemon=True).start()
                self._started = True
        self._calls.put(call)
        try:
            return answer.result(self._limit)
        except TimeoutError:
            answer.cancel()
            raise KeyringUnavailable(KeyringState.SLOW) from None

    def _serve(self) -> None:
        while True:
            self._calls.get()()


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


def variable_of(kind: SecretKind) -> str:
    """The environment variable that gives a secret for one run: WECOM_CONSOLE_SECRET_CORP_SECRET."""
    return "WECOM_CONSOLE_SECRET_" + kind.value.replace("-", "_").upper()


def main_secret_kind(app_type: AppType) -> SecretKind:
    """The secret without which a profile of this kind of app cannot ask WeCom anything."""
    return SecretKind.CORP_SECRET if app_type is AppType.SELF_BUILT else SecretKind.PERMANENT_CODE


def _user(profile: str, kind: SecretKind) -> str:
    return f"{profile}/{kind.value}"


def _keyring_get(user: str) -> str | None:
    import keyring  # on the keyring's thread: looking for a backend may take as long as a call

    return keyring.get_password(SERVICE, user)


def _why(error: BaseException, secret: str | None) -> KeyringUnavailable:
    """What a backend's exception means. Its text is passed on only where it can be no secret."""
    named = {parent.__name__ for parent in type(error).__mro__}  # keyring itself may be what could not be loaded
    state = KeyringState.LOCKED if "KeyringLocked" in named else KeyringState.ABSENT
    detail = str(error) if named & {"KeyringError", "ImportError"} else type(error).__name__
    return KeyringUnavailable(state, type(error).__name__ if secret and secret in detail else detail)
