"""The real command in a process of its own, with a home of its own, and a keyring that is a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from console.sandbox import Options, Sandbox

FILE_KEYRING = '''
import json, os
import keyring.backend, keyring.errors

class Keyring(keyring.backend.KeyringBackend):
    """Keeps passwords in a file, locked while LOCKED stands beside it."""

    priority = 1

    def _all(self):
        if os.path.exists(os.environ["TEST_KEYRING"] + ".locked"):
            raise keyring.errors.KeyringLocked("locked")
        try:
            return json.load(open(os.environ["TEST_KEYRING"]))
        except FileNotFoundError:
            return {}

    def get_password(self, service, user):
        return self._all().get(f"{service} {user}")

    def set_password(self, service, user, value):
        kept = self._all() | {f"{service} {user}": value}
        json.dump(kept, open(os.environ["TEST_KEYRING"], "w"))

    def delete_password(self, service, user):
        kept = self._all()
        del kept[f"{service} {user}"]
        json.dump(kept, open(os.environ["TEST_KEYRING"], "w"))
'''


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, object]]:
        """The JSON objects on stdout, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def document(self) -> dict[str, object]:
        """The one JSON document on stdout."""
        [document] = self.lines
        return document


@dataclass(frozen=True, slots=True)
class Console:
    """Runs `python -m console` with this environment."""

    environ: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str, stdin: str | bytes = "", **more: str) -> Ended:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        command = [sys.executable, "-m", "console", *arguments]
        done = subprocess.run(
            command, input=given, env={**self.environ, **more}, capture_output=True, timeout=60, check=False
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """The command as a running process, with pipes."""
        command = [sys.executable, "-m", "console", *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=self.environ, stdin=pipe, stdout=pipe, stderr=pipe)


@pytest.fixture
def keyring_file(tmp_path: Path) -> Path:
    """Where the test's keyring keeps its passwords."""
    return tmp_path / "keyring.json"


@pytest.fixture
def console(tmp_path: Path, keyring_file: Path) -> Console:
    """The command in English, with nothing set up."""
    folder = tmp_path / "backend"
    folder.mkdir()
    (folder / "file_keyring.py").write_text(FILE_KEYRING, encoding="utf-8")
    return Console(
        {
            **os.environ,
            "WECOM_CONSOLE_HOME": str(tmp_path / "home"),
            "WECOM_CONSOLE_LANG": "en",
            "PYTHONPATH": str(folder),
            "PYTHON_KEYRING_BACKEND": "file_keyring.Keyring",
            "TEST_KEYRING": str(keyring_file),
            "PYTHONUTF8": "1",
        }
    )


@pytest.fixture
def corp(start_sandbox: Callable[[Options], Sandbox]) -> Sandbox:
    """A small company: eight followers, one without customers, one whom the app may not read."""
    return start_sandbox(Options(staff=8, customers=300))


@pytest.fixture
def connected(console: Console, corp: Sandbox) -> Console:
    """The command with a profile on that company, its secret in the environment."""
    ready = Console({**console.environ, "WECOM_CONSOLE_SECRET_CORP_SECRET": corp.credentials.secret})
    added = ready("profile", "add", "acme", "--corp-id", corp.credentials.corp_id, "--base-url", corp.base_url)
    assert added.code == 0, added.err
    return ready
