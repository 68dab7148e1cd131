"""The keyring of the operating system, asked on a thread of its own and waited for only so long."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TypeVar

from console.credentials.failures import KeyringState, KeyringUnavailable, SecretNotKept
from console.credentials.kinds import SecretKind

SERVICE = "wecom-console"
LIMIT_SECONDS = 3.0
_NO_KEEPERS = ("keyring.backends.fail", "keyring.backends.null", "keyring.backends.chainer")

Answer = TypeVar("Answer")


class OsKeyring:
    """The entries of this program in the keyring that the system has, or that PYTHON_KEYRING_BACKEND names.

    All methods raise KeyringUnavailable. What takes longer than `limit` seconds goes on without its caller, and a
    later `get` of the same entry gets its answer. On macOS (`platform`, as in sys.platform) that is the dialog in
    which the operator allows the access.
    """

    def __init__(self, *, limit: float = LIMIT_SECONDS, platform: str = sys.platform) -> None:
        self.limit = limit
        self._late = KeyringState.WAITING if platform == "darwin" else KeyringState.SLOW
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._starting = threading.Lock()
        self._started = False
        self._unread: dict[str, Future[str | None]] = {}

    def state(self) -> KeyringState:
        """What the keyring is like just now; it is asked for an entry that need not be there."""
        try:
            self.get("check")
        except KeyringUnavailable as unavailable:
            return unavailable.state
        return KeyringState.AVAILABLE

    def get(self, entry: str) -> str | None:
        """What is kept under `entry`, or None."""
        answer = self._unread.pop(entry, None)
        if answer is None or (answer.done() and answer.exception() is not None):
            answer = self._begin(lambda: _get(entry))
        try:
            return self._wait(answer)
        except KeyringUnavailable:
            if not answer.done():
                self._unread[entry] = answer
            raise

    def put(self, entry: str, value: str) -> None:
        """Keep `value`, which may be lost: it is not read back."""

        def keep() -> None:
            import keyring

            keyring.set_password(SERVICE, entry, value)

        self._change(entry, keep, value)

    def replace(self, entry: str, value: str) -> None:
        """Keep `value`, read it back, and only then let go of what was kept before.

        An entry has room for one value: the old one is held here meanwhile, and put back when the keyring gives back
        another than it was given. Raises SecretNotKept then.
        """

        def put_in_place() -> bool | None:
            import keyring

            before = keyring.get_password(SERVICE, entry)
            keyring.set_password(SERVICE, entry, value)
            if keyring.get_password(SERVICE, entry) == value:
                return None
            if before is not None:
                keyring.set_password(SERVICE, entry, before)
            elif keyring.get_password(SERVICE, entry) is not None:
                keyring.delete_password(SERVICE, entry)
            return keyring.get_password(SERVICE, entry) == before

        restored = self._change(entry, put_in_place, value)
        if restored is not None:
            raise SecretNotKept(entry, restored)

    def remove(self, entry: str) -> bool:
        """Forget the entry; True if there was one."""

        def delete() -> bool:
            if _get(entry) is None:
                return False
            import keyring

            keyring.delete_password(SERVICE, entry)
            return True

        return self._change(entry, delete)

    def _change(self, entry: str, change: Callable[[], Answer], secret: str | None = None) -> Answer:
        self._unread.pop(entry, None)  # what was read before the change is no longer so
        return self._wait(self._begin(change, secret))

    def _begin(self, question: Callable[[], Answer], secret: str | None = None) -> Future[Answer]:
        """Have `question` asked on the keyring's thread; `secret` is kept out of what is said about a failure."""
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
        return answer

    def _wait(self, answer: Future[Answer]) -> Answer:
        try:
            return answer.result(self.limit)
        except TimeoutError:
            answer.cancel()  # if it is not being asked yet, it never is
            raise KeyringUnavailable(self._late) from None

    def _serve(self) -> None:
        while True:
            self._calls.get()()


class KeyringSecrets:
    """Secrets of profiles in the keyring, each under PROFILE/KIND."""

    def __init__(self, keyring: OsKeyring | None = None, *, limit: float = LIMIT_SECONDS) -> None:
        self._keyring = keyring or OsKeyring(limit=limit)

    def get(self, profile: str, kind: SecretKind) -> str | None:
        with _asked_for(kind):
            return self._keyring.get(_entry(profile, kind))

    def set(self, profile: str, kind: SecretKind, value: str) -> None:
        with _asked_for(kind):
            self._keyring.replace(_entry(profile, kind), value)

    def remove(self, profile: str, kind: SecretKind) -> bool:
        with _asked_for(kind):
            return self._keyring.remove(_entry(profile, kind))


@contextmanager
def _asked_for(kind: SecretKind) -> Iterator[None]:
    """Have a failure tell which secret was in question."""
    try:
        yield
    except KeyringUnavailable as failure:
        failure.kind = kind
        raise


def _entry(profile: str, kind: SecretKind) -> str:
    return f"{profile}/{kind.value}"


def _get(entry: str) -> str | None:
    import keyring  # on the keyring's thread: looking for a backend may take as long as a call

    return keyring.get_password(SERVICE, entry)


def _why(error: BaseException, secret: str | None) -> KeyringUnavailable:
    """What a backend's exception means. Its text is passed on only where it can be no secret."""
    named = {parent.__name__ for parent in type(error).__mro__}  # keyring itself may be what could not be loaded
    detail = str(error) if named & {"KeyringError", "ImportError"} else type(error).__name__
    if secret and secret in detail:
        detail = type(error).__name__
    if "KeyringLocked" in named:
        return KeyringUnavailable(KeyringState.LOCKED, detail)
    return KeyringUnavailable(KeyringState.ABSENT, detail, _backends())


def _backends() -> tuple[str, ...]:
    """The keyrings that keyring finds on this computer, those left out that keep nothing."""
    try:
        from keyring.backend import get_all_keyring

        names = sorted(f"{type(one).__module__}.{type(one).__qualname__}" for one in get_all_keyring())
    except Exception:  # the failure that is being explained counts, not this one
        return ()
    return tuple(name for name in names if not name.startswith(_NO_KEEPERS))
