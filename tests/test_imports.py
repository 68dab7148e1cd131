"""What is loaded when: each in a process of its own, since one import hides the next."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SLOW = {"httpx", "h11", "pydantic", "cryptography", "starlette", "uvicorn", "keyring", "pypinyin"}

FIRST_PAINT = """
import asyncio
from console.cli.app import run_app
from console.demo import SELF_BUILT, demo
from console.tui.app import ConsoleApp

def begin(app):
    loaded()
    app.exit()

ConsoleApp._begin = begin

async def paint(profiles):
    async with ConsoleApp(profiles, SELF_BUILT).run_test(size=(140, 40)) as pilot:
        await pilot.pause()

with demo() as profiles:
    asyncio.run(paint(profiles))
"""
VERSION = """
import sys
sys.argv = ["wecom-console", "--version"]
from console.cli.main import main
try:
    main()
except SystemExit:
    loaded()
"""
CLIENT = """
from console.wecom.client import WeComClient
loaded()
"""
REPORT = """
def loaded():
    import json, sys
    print(json.dumps([name for name in sys.modules if sys.modules[name] is not None]))
"""


def loaded_by(program: str) -> set[str]:
    """All modules that are loaded when `program` calls `loaded()`."""
    ran = subprocess.run(
        [sys.executable, "-c", REPORT + program],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    lines = [line for line in ran.stdout.splitlines() if line.startswith('["')]
    assert lines, ran.stderr
    return set(json.loads(lines[-1]))


def packages(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


def test_the_first_paint_needs_nothing_that_is_slow_to_load() -> None:
    modules = loaded_by(FIRST_PAINT)
    assert "console.tui.customers.pane" in modules
    assert not packages(modules) & SLOW
    assert "console.wecom.client" not in modules
    assert "console.store.pinyin" not in modules, "which loads pypinyin, and lets go of it"
    assert not any(name.startswith(("console.tui.profile", "console.tui.setup")) for name in modules), "not visited yet"


def test_the_app_that_is_started_without_a_word_takes_no_words_apart() -> None:
    modules = loaded_by("from console.cli import app, running\nloaded()")
    assert "console.cli.opening" in modules
    assert "click" not in packages(modules)


def test_the_version_loads_neither_screens_nor_client_nor_store() -> None:
    modules = loaded_by(VERSION)
    assert "console.cli.main" in modules
    assert not packages(modules) & {*SLOW, "textual", "rich", "sqlite3", "asyncio"}


@pytest.mark.parametrize("module", ["console.wecom", "console.wecom.client"])
def test_wecom_loads_neither_screens_nor_keyring_nor_store(module: str) -> None:
    modules = loaded_by(f"import {module}\nloaded()")
    assert not packages(modules) & {"textual", "rich", "keyring", "sqlite3", "pypinyin", "click"}
    assert not any(name.startswith(("console.store", "console.operations", "console.session")) for name in modules)


@pytest.mark.parametrize(
    "module", ["console.wecom", "console.wecom.ids", "console.wecom.codes", "console.wecom.errors"]
)
def test_ids_codes_and_errors_need_neither_client_nor_models(module: str) -> None:
    assert not packages(loaded_by(f"import {module}\nloaded()")) & {"httpx", "pydantic"}


def test_the_command_line_of_httpx_is_never_loaded() -> None:
    modules = loaded_by(CLIENT)
    assert "httpx" in packages(modules)
    assert "httpx._main" not in modules
    for program in (FIRST_PAINT, VERSION):
        assert "httpx._main" not in loaded_by(program)


def test_operations_never_load_the_screens() -> None:
    names = sorted(file.stem for file in (ROOT / "console" / "operations").glob("*.py") if file.stem != "__init__")
    program = "".join(f"import console.operations.{name}\n" for name in names)
    modules = loaded_by(program + "import console.session\nimport console.wecom.client\nloaded()")
    assert "console.operations.browse" in modules
    assert not packages(modules) & {"textual", "keyring", "click"}
