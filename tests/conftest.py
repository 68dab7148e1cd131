"""What every test starts from: a fixed place and time, a home of its own, and a WeCom on loopback."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from console.sandbox import Options, Sandbox

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=8))).timestamp()
"""The moment that the sandbox's people are dated from."""
LI_JIANGUO = "woAJ2GCAAAXtWyujaWJHDDGi0mACHAAA"
"""张伟's customer 李建国@城建, whom 李娜 follows too, as a self-built app knows him."""


@pytest.fixture(autouse=True)
def fixed_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Shanghai, simplified Chinese, a home of the test's own, and nothing of the developer's own settings."""
    for name in list(os.environ):
        if name.startswith(("WECOM_CONSOLE_", "LC_")):
            monkeypatch.delenv(name)
    for name in ("NO_COLOR", "PYTHONDONTWRITEBYTECODE", "LANGUAGE", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WECOM_CONSOLE_HOME", str(tmp_path))
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def start_sandbox() -> Iterator[Callable[[Options], Sandbox]]:
    """Starts sandboxes of any size, each in a thread of its own; they end with the test."""
    with ExitStack() as running:

        def start(options: Options) -> Sandbox:
            sandbox = Sandbox(options)
            running.enter_context(sandbox.running())
            return sandbox

        yield start


@pytest.fixture
def sandbox(start_sandbox: Callable[[Options], Sandbox]) -> Sandbox:
    """The usual corp: 50 followers, about 4,200 relations, dated from `NOW`."""
    return start_sandbox(Options(seed=7, now=NOW))
