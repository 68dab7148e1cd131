"""A keyring that hangs delays neither the first screen nor the end of the program."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from console.credentials import LIMIT_SECONDS
from tests.keyring_process import backend
from tests.outside import environment, write_profile
from tests.pty_program import program


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_the_app_opens_and_ends_while_its_keyring_hangs(tmp_path: Path) -> None:
    write_profile(tmp_path / "home", "ww1", "http://127.0.0.1:9")
    environ = environment(tmp_path)
    asked = tmp_path / "asked"
    hangs = (
        f"def get_password(self, service, user):\n    open({str(asked)!r}, 'w').close()\n    threading.Event().wait()"
    )
    backend(tmp_path / "backend", hangs)
    with program(environ=environ | {"PYTHON_KEYRING_BACKEND": "ours.Keyring"}) as console:
        console.until_shown("acme")
        console.until(asked.exists, "the question to the keyring")
        asked_to_end = time.monotonic()
        console.press("q")
        assert console.ended() == 0
        assert time.monotonic() - asked_to_end < LIMIT_SECONDS
        assert console.left_in_order == []
