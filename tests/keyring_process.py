"""A process of its own with a keyring of its own: what a process finds as its keyring stays so while it lives."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PREAMBLE = """
from console.credentials import *
def say(do):
    try:
        print(ascii(do()))
    except Exception as error:
        print(ascii(error))
kind = SecretKind.CORP_SECRET
"""
UNLOCKED = "echo -n pw | gnome-keyring-daemon --unlock --components=secrets"
LOCKED = "gnome-keyring-daemon --start --components=secrets"

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


def private_session(folder: Path, daemon: str) -> tuple[str, ...]:
    """The words before a command that run it in a D-Bus session of its own beside a keyring daemon."""
    script = f"export HOME={folder} XDG_RUNTIME_DIR={folder} XDG_DATA_HOME={folder}; unset DISPLAY; "
    return ("dbus-run-session", "--", "bash", "-c", f'{script}{daemon} >/dev/null 2>&1; "$@"', "bash")
