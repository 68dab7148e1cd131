"""Without a profile, in a real terminal: a screen that leads to the demo or to a profile, in the same process."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from console.sandbox import Options, Sandbox
from console.settings import DEFAULT_BASE_URL
from tests.outside import SMALL, environment
from tests.pty_program import program
from tests.secret_forms import found_in

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")

RIGHT, LEFT, ERASE = "\x1b[C", "\x1b[D", "\x7f"


def test_a_newcomer_sets_up_a_profile_and_is_in_the_app_two_keys_later(
    start_sandbox: Callable[[Options], Sandbox], tmp_path: Path
) -> None:
    corp = start_sandbox(SMALL)
    own = corp.credentials
    with program(environ=environment(tmp_path, WECOM_CONSOLE_LOG="debug"), columns=80, rows=24) as console:
        console.until_shown("There is no profile on this computer yet")
        console.press("2")
        console.until_shown("Set up a profile")
        console.press("acme", "enter", own.corp_id, "enter", RIGHT, RIGHT, LEFT, "enter", RIGHT, "enter")
        console.paste(f"{own.secret}\n")
        console.press("enter", ERASE * len(DEFAULT_BASE_URL), corp.base_url, "enter")
        console.until_shown("It works. Enter opens acme.")
        console.press("enter")
        console.until_shown(r"\[test\] acme .* API OK")
        console.until_shown("李建国|小鹿")
        console.press("q")
        assert console.ended() == 0
        assert console.left_in_order == []
    kept = [file for file in (tmp_path / "home").rglob("*") if file.is_file()]
    assert {file.name for file in kept} >= {"config.toml", "store.db", "wecom-console.log"}
    everything = bytes(console.written) + b"".join(file.read_bytes() for file in kept)
    assert found_in(everything.decode("latin-1"), own.secret) == []


def test_a_newcomer_looks_at_the_demo_first_and_nothing_is_kept(tmp_path: Path) -> None:
    with program(environ=environment(tmp_path), columns=80, rows=24) as console:
        console.until_shown("There is no profile on this computer yet")
        console.press("enter")
        console.until_shown(r"\[demo\]")
        console.press("q")
        assert console.ended() == 0
    assert not (tmp_path / "home" / "config.toml").exists()
