"""On a terminal a missing secret is asked for once, unseen, and kept nowhere; without one the command fails."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from console.sandbox import Options, Sandbox
from tests.cli.conftest import Console
from tests.outside import SMALL, environment, write_profile
from tests.pty_program import program

needs_a_pty = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


@pytest.fixture
def corp(start_sandbox: Callable[[Options], Sandbox]) -> Sandbox:
    return start_sandbox(SMALL)


@pytest.fixture
def environ(corp: Sandbox, tmp_path: Path) -> dict[str, str]:
    """A home whose one profile is on the sandbox, and has no secret yet."""
    write_profile(tmp_path / "home", corp.credentials.corp_id, corp.base_url)
    return environment(tmp_path)


@needs_a_pty
@pytest.mark.parametrize("keyring", ["file_keyring.Keyring", "keyring.backends.fail.Keyring"])
def test_a_secret_that_is_typed_serves_this_run_and_is_not_kept(
    corp: Sandbox, environ: dict[str, str], tmp_path: Path, keyring: str
) -> None:
    with program("followers", environ={**environ, "PYTHON_KEYRING_BACKEND": keyring}) as console:
        console.until_shown("for this run only")
        console.until_shown("corp-secret of profile acme")
        console.press(corp.credentials.secret, "\r")
        console.until_shown("zhangwei")
        assert console.ended() == 0
        assert corp.credentials.secret.encode() not in console.written
    kept = tmp_path / "keyring.json"
    assert "corp-secret" not in (kept.read_text() if kept.exists() else "")
    assert corp.requests["/gettoken"] == 1


@needs_a_pty
@pytest.mark.parametrize(("typed", "code"), [("\r", 2), ("two words\r", 2), ("\x03", 130)])
def test_no_secret_typed_ends_the_command_and_reaches_nobody(
    corp: Sandbox, environ: dict[str, str], typed: str, code: int
) -> None:
    with program("followers", environ=environ) as console:
        console.until_shown("not shown")
        console.press(typed)
        assert console.ended() == code
        assert console.left_in_order == []
    assert corp.requests["/gettoken"] == 0


def test_without_a_terminal_nothing_is_asked(corp: Sandbox, environ: dict[str, str]) -> None:
    ended = Console(environ)("followers", stdin=corp.credentials.secret)
    assert (ended.code, ended.out) == (2, "")
    assert "wecom-console secret set corp-secret --profile acme" in ended.err
    assert corp.requests["/gettoken"] == 0
