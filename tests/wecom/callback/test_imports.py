"""What the callback package brings along: the sandbox and the first paint lean on how little that is."""

from __future__ import annotations

import subprocess
import sys

import pytest

CODE = """
import sys
import {module}
heavy = {{"textual", "httpx", "pydantic", "keyring", "sqlite3", "asyncio", "cryptography", "console.store"}}
print(*sorted(heavy & set(sys.modules)))
"""


@pytest.mark.parametrize(("module", "brings"), [("events", ""), ("keys", ""), ("envelope", "cryptography")])
def test_what_is_loaded(module: str, brings: str) -> None:
    code = CODE.format(module=f"console.wecom.callback.{module}")
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == brings
