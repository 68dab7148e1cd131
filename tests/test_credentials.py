"""Secrets are kept in the real keyring; a locked, missing or hanging keyring stops nobody."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.credentials import KeyringState, KeyringUnavailable
from tests.keyring_process import LOCKED, UNLOCKED, backend, needs_gnome_keyring, private_session, run


@pytest.fixture
def session() -> Iterator[Path]:
    """A folder for a private session; short, since a socket's path is."""
    folder = Path(tempfile.mkdtemp(prefix="wck"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@needs_gnome_keyring
def test_a_real_secret_service_keeps_replaces_and_forgets_a_secret_exactly(session: Path) -> None:
    lines = run(
        """
secrets = KeyringSecrets(limit=20)
say(lambda: str(OsKeyring(limit=20).state()))
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
    assert lines == ["'available'", "None", "None", "None", kept, "None", place, ascii("第二"), "True", "False", "None"]


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
print(OsKeyring(limit=20).state())
""",
        before=private_session(session, LOCKED),
    )
    assert lines == ["locked", "locked", "locked"]


@pytest.mark.parametrize("keyring", ["keyring.backends.fail.Keyring", "no.such.Keyring"])
def test_no_keyring_is_absent_and_says_why(keyring: str) -> None:
    lines = run(
        """
secrets = KeyringSecrets(limit=20)
for do in (lambda: secrets.get("a", kind), lambda: secrets.set("a", kind, "s3cret")):
    try:
        do()
    except KeyringUnavailable as error:
        print(error.state, bool(error.detail), "s3cret" in str(error), error.kind)
""",
        keyring=keyring,
    )
    assert lines == ["absent True False corp-secret", "absent True False corp-secret"]


def test_an_absent_keyring_names_the_keyrings_that_there_are_and_none_that_keeps_nothing(tmp_path: Path) -> None:
    code = """
import ours
try:
    OsKeyring(limit=20).get("a")
except KeyringUnavailable as error:
    print(error.backends.count("ours.Keyring"), [one for one in error.backends if "fail" in one or "null" in one])
"""
    path = backend(tmp_path, "def get_password(self, service, user): raise keyring.errors.NoKeyringError('none')")
    assert run(code, keyring="ours.Keyring", path=path) == ["1 []"]


def test_a_keyring_that_hangs_costs_its_limit_and_never_keeps_the_process(tmp_path: Path) -> None:
    path = backend(tmp_path, "def get_password(self, service, user):\n    threading.Event().wait()")
    lines = run(
        """
secrets = KeyringSecrets(limit=0.1)
say(lambda: secrets.get("a", kind))
say(lambda: secrets.get("a", kind))
say(lambda: str(OsKeyring(limit=0.1).state()))
print("the end")
""",
        keyring="ours.Keyring",
        path=path,
    )
    slow = ascii(KeyringUnavailable(KeyringState.SLOW))
    assert lines == [slow, slow, "'slow'", "the end"]


GATE = """
gate = threading.Event()
asked = []
kept = {}
def get_password(self, service, user):
    Keyring.asked.append(user)
    Keyring.gate.wait()
    return Keyring.kept.get(user, "old")
def set_password(self, service, user, value):
    Keyring.kept[user] = value
"""


def test_a_question_that_nobody_waits_for_any_more_is_not_asked(tmp_path: Path) -> None:
    lines = run(
        """
import ours
ring = OsKeyring(limit=0.1, platform="linux")
say(lambda: ring.get("first"))
say(lambda: ring.get("second"))
ours.Keyring.gate.set()
ring.limit = 20
say(lambda: ring.get("third"))
print(ours.Keyring.asked)
""",
        keyring="ours.Keyring",
        path=backend(tmp_path, GATE),
    )
    assert lines[2:] == ["'old'", "['first', 'third']"]


def test_on_macos_a_late_answer_is_a_dialog_and_the_next_call_gets_what_it_led_to(tmp_path: Path) -> None:
    lines = run(
        """
import ours
ring = OsKeyring(limit=0.1, platform="darwin")
say(lambda: ring.get("entry"))
ours.Keyring.gate.set()
ring.limit = 20
say(lambda: ring.get("entry"))
print(ours.Keyring.asked)
""",
        keyring="ours.Keyring",
        path=backend(tmp_path, GATE),
    )
    assert lines == [ascii(KeyringUnavailable(KeyringState.WAITING)), "'old'", "['entry']"]


def test_what_was_read_late_does_not_hide_what_was_written_since(tmp_path: Path) -> None:
    lines = run(
        """
import ours
ring = OsKeyring(limit=0.1)
say(lambda: ring.get("entry"))
ours.Keyring.gate.set()
ring.limit = 20
ring.replace("entry", "new")
say(lambda: ring.get("entry"))
""",
        keyring="ours.Keyring",
        path=backend(tmp_path, GATE),
    )
    assert lines[1] == "'new'"


CUTS_SHORT = """
kept = {"a/corp-secret": "first", "b/corp-secret": "kept by somebody else"}
def get_password(self, service, user):
    return Keyring.kept.get(user)
def set_password(self, service, user, value):
    Keyring.kept[user] = value[:5]
def delete_password(self, service, user):
    del Keyring.kept[user]
"""


def test_a_secret_that_is_not_kept_as_it_was_given_puts_back_what_was_there(tmp_path: Path) -> None:
    lines = run(
        """
secrets = KeyringSecrets(limit=20)
for profile in "abc":
    say(lambda: secrets.set(profile, kind, "too long a secret"))
    say(lambda: secrets.get(profile, kind))
""",
        keyring="ours.Keyring",
        path=backend(tmp_path, CUTS_SHORT),
    )
    assert lines == [
        "SecretNotKept('a/corp-secret', True)",
        "'first'",
        "SecretNotKept('b/corp-secret', False)",
        "'kept '",
        "SecretNotKept('c/corp-secret', True)",
        "None",
    ]


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
