"""What importing the client loads, and what it must not."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"httpx", "pydantic", "pydantic_core", "textual", "keyring", "sqlite3"}


def loaded_by(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("module", ["", ".ids", ".codes", ".errors", ".redact", ".token", ".pace", ".remark", ".media"])
def test_the_light_modules_are_light(module: str) -> None:
    assert loaded_by(f"import console.wecom{module}") & HEAVY == set()


def test_the_client_loads_no_screen_no_keyring_no_store_and_the_models_only_for_a_payload() -> None:
    assert loaded_by("import console.wecom.client") & HEAVY == {"httpx", "pydantic_core"}


def test_httpx_comes_without_its_command_line() -> None:
    loaded = loaded_by("import console.wecom.client")
    assert loaded & {"httpx._main", "click", "rich", "pygments"} == set()
    assert "httpx._client" in loaded
