"""Secrets come from the real keyring or the environment; a locked, missing or hanging keyring stops nobody.

The keyring is asked in processes of its own: what a process finds as its keyring stays so while it lives.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.credentials import (
    EnvironmentSecrets,
    KeyringState,
    KeyringUnavailable,
    MemorySecrets,
    SecretKind,
    main_secret_kind,
    variable_of,
)
from console.settings import AppType

KIND = SecretKind.CORP_SECRET
PREAMBLE = """
from console.credentials import *
def say(do):
    try:
        print(ascii(do()))
    except Exception as error:
        print(ascii(error))
kind = SecretKind.CORP_SECRET
"""

needs_gnome_keyring = pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="needs gnome-keyring and dbus (apt-get install gnome-keyring dbus)",
)


def run(code: str, *, keyring: str = "", path: Path | None = None, before: tuple[str, ...] = ()) -> list[str]:
    """The lines that `code` prints in a process of its own, with the backend `keyring` found on `path`."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("WECOM_CONSOLE")}
    environ.pop("PYTHON_KEYRING_BACKEND", None)
    environ |= {"PYTHON_KEYRING_BACKEND": keyring} if keyring else {}
    environ |= {"PYTHONPATH": str(path)} if path else {}
    command = [*before, sys.executable, "-c", PREAMBLE + code]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def backend(folder: Path, body: str) -> Path:
    """A keyring backend `ours.Keyring` in `folder`."""
    code = "import threading, keyring.backend, keyring.errors\nclass Keyring(keyring.backend.KeyringBackend):\n"
    code += "    priority = 1\n    get_password = set_password = delete_password = lambda *words: None\n"
    code += "".join(f"    {line}\n" for line in body.strip().splitlines())
    (folder / "ours.py").write_text(code, encoding="utf-8")
    return folder


@pytest.fixture
def session() -> Iterator[Path]:
    """A folder for a private session; short, since a socket's path is."""
    folder = Path(tempfile.mkdtemp(prefix="wck"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def private_session(folder: Path, daemon: str) -> tuple[str, ...]:
    """The words before a command that run it in a D-Bus session of its own beside a keyring daemon."""
    script = f"export HOME={folder} XDG_RUNTIME_DIR={folder} XDG_DATA_HOME={folder}; unset DISPLAY; "
    return ("dbus-run-session", "--", "bash", "-c", f'{script}{daemon} >/dev/null 2>&1; "$@"', "bash")


UNLOCKED = "echo -n pw | gnome-keyring-daemon --unlock --components=secrets"
LOCKED = "gnome-keyring-daemon --start --components=secrets"


@needs_gnome_keyring
def test_a_real_secret_service_keeps_replaces_and_forgets_a_secret_exactly(session: Path) -> None:
    lines = run(
        """
secrets = KeyringSecrets(limit=20)
say(lambda: secrets.get("acme", kind))
say(lambda: secrets.set("acme", kind, "first"))
say(lambda: secrets.set("acme", kind, " 第二 with blanks "))
say(lambda: secrets.get("acme", kind))
say(lambda: secrets.get("other", kind))
import keyring
say(lambda: type(keyring.get_keyring()).__module__)
say(lambda: keyring.get_password("wecom-console", "acme/corp-secret")[1:3])
say(lambda: secrets.remove("acme", kind))
say(lambda: secrets.remove("acme", kind))
say(lambda: secrets.get("acme", kind))
""",
        before=private_session(session, UNLOCKED),
    )
    kept = ascii(" 第二 with blanks ")
    place = ascii("keyring.backends.SecretService")
    assert lines == ["None", "None", "None", kept, "None", place, ascii("第二"), "True", "False", "None"]


@needs_gnome_keyring
def test_a_locked_keyring_is_told_from_one_that_is_not_there(session: Path) -> None:
    keep = 'KeyringSecrets(limit=20).set("acme", kind, "value")'
    run(keep, before=private_session(session, UNLOCKED))
    lines = run(
        """
secrets = KeyringSecrets(limit=20)
for do in (lambda: secrets.get("acme", kind), lambda: secrets.set("acme", kind, "new-value")):
    try:
        do()
    except KeyringUnavailable as error:
        print(error.state)
""",
        before=private_session(session, LOCKED),
    )
    assert lines == ["locked", "locked"]


@pytest.mark.parametrize("keyring", ["keyring.backends.fail.Keyring", "no.such.Keyring"])
def test_no_keyring_is_absent_and_says_why(keyring: str) -> None:
    lines = run(
        """
secrets = KeyringSecrets(limit=20)
for do in (lambda: secrets.get("a", kind), lambda: secrets.set("a", kind, "s3cret")):
    try:
        do()
    except KeyringUnavailable as error:
        print(error.state, bool(error.detail), "s3cret" in str(error))
""",
        keyring=keyring,
    )
    assert lines == ["absent True False", "absent True False"]


def test_a_keyring_that_hangs_costs_its_limit_and_never_keeps_the_process(tmp_path: Path) -> None:
    path = backend(tmp_path, "def get_password(self, service, user):\n    threading.Event().wait()")
    lines = run(
        """
secrets = KeyringSecrets(limit=0.1)
say(lambda: secrets.get("a", kind))
say(lambda: secrets.get("a", kind))
print("the end")
""",
        keyring="ours.Keyring",
        path=path,
    )
    slow = ascii(KeyringUnavailable(KeyringState.SLOW))
    assert lines == [slow, slow, "the end"]


def test_a_question_that_nobody_waits_for_any_more_is_not_asked(tmp_path: Path) -> None:
    path = backend(
        tmp_path,
        """
gate = threading.Event()
asked = []
def get_password(self, service, user):
    Keyring.asked.append(user)
    Keyring.gate.wait()
    return user
""",
    )
    lines = run(
        """
import ours
secrets = KeyringSecrets(limit=0.1)
say(lambda: secrets.get("first", kind))
say(lambda: secrets.get("second", kind))
ours.Keyring.gate.set()
secrets._limit = 20
say(lambda: secrets.get("third", kind))
print(ours.Keyring.asked)
""",
        keyring="ours.Keyring",
        path=path,
    )
    assert lines[2:] == ["'third/corp-secret'", "['first/corp-secret', 'third/corp-secret']"]


def test_a_keyring_that_keeps_something_else_is_found_out() -> None:
    code = 'say(lambda: KeyringSecrets(limit=20).set("acme", kind, "s3cret"))'
    assert run(code, keyring="keyring.backends.null.Keyring") == ["SecretNotKept('acme/corp-secret')"]


@pytest.mark.parametrize("error", ["RuntimeError", "keyring.errors.PasswordSetError"])
def test_a_secret_in_a_backends_own_error_goes_no_further(tmp_path: Path, error: str) -> None:
    body = f"def set_password(self, service, user, value): raise {error}('no: ' + value)"
    code = """
try:
    KeyringSecrets(limit=20).set("a", kind, "s3cret")
except KeyringUnavailable as failure:
    print("s3cret" in str(failure), failure.detail)
"""
    assert run(code, keyring="ours.Keyring", path=backend(tmp_path, body)) == [f"False {error.split('.')[-1]}"]


def test_importing_the_credentials_asks_no_keyring() -> None:
    assert run("import sys; KeyringSecrets(); print('keyring' in sys.modules)") == ["False"]


def test_the_environment_wins_for_reading_and_is_never_written() -> None:
    wrapped = MemorySecrets({("acme", KIND): "kept"})
    environ = {"WECOM_CONSOLE_SECRET_CORP_SECRET": "given\n", "WECOM_CONSOLE_SECRET_CALLBACK_TOKEN": "  "}
    secrets = EnvironmentSecrets(wrapped, environ)
    assert secrets.get("acme", KIND) == "given"
    assert secrets.get("acme", SecretKind.CALLBACK_TOKEN) is None
    assert (secrets.given(KIND), secrets.given(SecretKind.CALLBACK_TOKEN)) == (True, False)
    secrets.set("acme", KIND, "new")
    assert (wrapped.get("acme", KIND), secrets.get("acme", KIND)) == ("new", "given")
    assert secrets.remove("acme", KIND) is True
    assert wrapped.get("acme", KIND) is None


def test_every_kind_has_its_variable() -> None:
    assert {variable_of(kind) for kind in SecretKind} == {
        "WECOM_CONSOLE_SECRET_CORP_SECRET",
        "WECOM_CONSOLE_SECRET_CALLBACK_TOKEN",
        "WECOM_CONSOLE_SECRET_ENCODING_AES_KEY",
        "WECOM_CONSOLE_SECRET_PERMANENT_CODE",
        "WECOM_CONSOLE_SECRET_SUITE_SECRET",
        "WECOM_CONSOLE_SECRET_SUITE_TICKET",
    }


def test_which_secret_opens_wecom_depends_on_the_kind_of_app() -> None:
    assert main_secret_kind(AppType.SELF_BUILT) is SecretKind.CORP_SECRET
    assert main_secret_kind(AppType.DELEGATED) is SecretKind.PERMANENT_CODE


def test_memory_keeps_to_itself() -> None:
    secrets = MemorySecrets()
    secrets.set("a", KIND, "s3cret")
    assert "s3cret" not in repr(secrets)
    assert (secrets.remove("a", KIND), secrets.remove("a", KIND), secrets.get("a", KIND)) == (
        True,
        False,
        None,
    )
    assert not [thread for thread in threading.enumerate() if thread.name == "keyring"]
