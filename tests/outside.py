"""The program as its operator has it: a home with a profile on a sandbox, and the environment it is started with."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from console.sandbox import Options, Sandbox
from tests.cli.conftest import FILE_KEYRING
from tests.conftest import NOW

SMALL = Options(staff=8, customers=300, now=NOW)
"""A company that is read in a moment: eight followers, one without customers, one whom the app may not read."""


def home_on(sandbox: Sandbox, folder: Path, **more: str) -> dict[str, str]:
    """The environment of an operator whose one profile is on this sandbox, its secret given for one run, in English."""
    write_profile(folder / "home", sandbox.credentials.corp_id, sandbox.base_url)
    return environment(folder, WECOM_CONSOLE_SECRET_CORP_SECRET=sandbox.credentials.secret, **more)


def write_profile(home: Path, corp_id: str, base_url: str, **more: str) -> Path:
    """The settings file with one profile called acme."""
    home.mkdir(mode=0o700, exist_ok=True)
    lines = {"corp_id": corp_id, "base_url": base_url, "env": "test", **more}
    file = home / "config.toml"
    file.write_text("[profiles.acme]\n" + "".join(f'{key} = "{value}"\n' for key, value in lines.items()))
    file.chmod(stat.S_IRUSR | stat.S_IWUSR)
    return file


def environment(folder: Path, **more: str) -> dict[str, str]:
    """A home, a keyring and a folder for temporary files of the test's own; English unless `more` says otherwise."""
    backend = folder / "backend"
    backend.mkdir(exist_ok=True)
    (backend / "file_keyring.py").write_text(FILE_KEYRING, encoding="utf-8")
    return {
        **os.environ,
        "WECOM_CONSOLE_HOME": str(folder / "home"),
        "WECOM_CONSOLE_LANG": "en",
        "PYTHONPATH": str(backend),
        "PYTHON_KEYRING_BACKEND": "file_keyring.Keyring",
        "TEST_KEYRING": str(folder / "keyring.json"),
        "TMPDIR": str(folder),
        **more,
    }


def start(environ: Mapping[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    """A command as a running process without a terminal."""
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-m", "console", *arguments], env=dict(environ), stdin=pipe, stdout=pipe, stderr=pipe
    )
