"""Secrets are read from stdin or typed unseen, kept in the keyring, and never printed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Console

SECRET = "vP2yt4mu9vCpNmQ6WvlNzImHKTzClULS5fPKezFnKtJ"


@pytest.fixture
def acme(console: Console) -> Console:
    assert console("profile", "add", "acme", "--corp-id", "ww1").code == 0
    return console


def kept(keyring_file: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(keyring_file.read_text(encoding="utf-8")) if keyring_file.exists() else {}
    return found


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_secret_on_stdin_is_kept_without_the_end_of_its_line(acme: Console, keyring_file: Path, end: str) -> None:
    ended = acme("secret", "set", "corp-secret", stdin=SECRET + end)
    assert ended.code == 0
    assert kept(keyring_file) == {"wecom-console acme/corp-secret": SECRET}
    assert SECRET not in ended.out + ended.err


@pytest.mark.parametrize("given", [f" {SECRET}\n", f"\n{SECRET}\n\n", f"{SECRET}\t"])
def test_blanks_and_line_breaks_around_a_secret_are_left_out_and_told(
    acme: Console, keyring_file: Path, given: str
) -> None:
    ended = acme("secret", "set", "corp-secret", stdin=given)
    assert ended.code == 0
    assert kept(keyring_file) == {"wecom-console acme/corp-secret": SECRET}
    assert "left out" in ended.err


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        ("encoding-aes-key", "k" * 42, "42"),
        ("encoding-aes-key", "k" * 43 + "=", "="),
        ("callback-token", "t" * 33, "32"),
        ("corp-secret", "two words", "blank"),
    ],
)
def test_a_wrong_paste_is_refused_with_the_reason_and_changes_nothing(
    acme: Console, keyring_file: Path, kind: str, given: str, says: str
) -> None:
    ended = acme("secret", "set", kind, stdin=given)
    assert (ended.code, ended.out, kept(keyring_file)) == (2, "", {})
    assert says in ended.err
    assert given not in ended.err


@pytest.mark.parametrize("given", [b"", b"\n", b"  \n", b"one\ntwo\n", b"\xff\xfe\n"])
def test_what_is_no_secret_changes_nothing(acme: Console, keyring_file: Path, given: bytes) -> None:
    acme("secret", "set", "corp-secret", stdin=SECRET)
    ended = acme("secret", "set", "corp-secret", stdin=given)
    assert (ended.code, ended.out) == (2, "")
    assert kept(keyring_file) == {"wecom-console acme/corp-secret": SECRET}


def test_a_secret_is_not_taken_from_the_command_line(acme: Console) -> None:
    assert acme("secret", "set", "corp-secret", SECRET).code == 2


def test_check_tells_present_from_absent_and_never_the_value(acme: Console) -> None:
    absent = acme("secret", "check", "corp-secret", "--json")
    acme("secret", "set", "corp-secret", stdin=SECRET)
    present = acme("secret", "check", "corp-secret", "--json")
    assert (absent.code, absent.document["state"]) == (1, "absent")
    assert (present.code, present.document["state"], present.document["from"]) == (0, "present", "keyring")
    assert "present" in acme("secret", "check", "corp-secret").out
    assert SECRET not in present.out + present.err


def test_check_tells_a_locked_and_a_missing_keyring(acme: Console, keyring_file: Path) -> None:
    none = acme("secret", "check", "corp-secret", "--json", PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring")
    assert (none.code, none.document["state"], none.document["keyring"]) == (1, "absent", False)
    assert "WECOM_CONSOLE_SECRET_CORP_SECRET" in none.err
    Path(f"{keyring_file}.locked").touch()
    locked = acme("secret", "check", "corp-secret", "--json")
    assert (locked.code, locked.document["state"]) == (1, "locked")
    assert acme("secret", "set", "corp-secret", stdin=SECRET).code == 1


def test_the_environment_gives_a_secret_for_one_run(acme: Console) -> None:
    ended = acme("secret", "check", "corp-secret", "--json", WECOM_CONSOLE_SECRET_CORP_SECRET=SECRET)
    assert (ended.code, ended.document["from"]) == (0, "environment")
    assert SECRET not in ended.out + ended.err


@pytest.mark.skipif(os.name != "posix", reason="the command here is one of a POSIX system")
def test_a_secret_from_a_command_is_told_from_one_in_the_keyring(acme: Console, tmp_path: Path) -> None:
    settings = tmp_path / "home" / "config.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f'{before}secret_command = ["printf", "{SECRET}"]\n', encoding="utf-8")
    ended = acme("secret", "check", "corp-secret", "--json")
    assert (ended.code, ended.document["state"], ended.document["from"]) == (0, "present", "command")
    assert SECRET not in ended.out + ended.err
    assert "secret_command" in acme("secret", "set", "corp-secret", stdin="another").err
    settings.write_text(f'{before}secret_command = ["sh", "-c", "echo no item >&2; exit 7"]\n', encoding="utf-8")
    failed = acme("secret", "check", "corp-secret", "--json")
    assert (failed.code, failed.document["state"]) == (1, "failed")
    assert "exit code 7" in failed.err
    assert "no item" in failed.err
    assert acme("followers").code == 1


def test_removing_says_whether_there_was_one(acme: Console, keyring_file: Path) -> None:
    acme("secret", "set", "corp-secret", stdin=SECRET)
    assert acme("secret", "remove", "corp-secret", "--json").document["removed"] is True
    assert kept(keyring_file) == {}
    again = acme("secret", "remove", "corp-secret")
    assert again.code == 0
    assert "no corp-secret" in again.out


def test_a_keyring_that_keeps_nothing_is_found_out(acme: Console) -> None:
    ended = acme("secret", "set", "corp-secret", stdin=SECRET, PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring")
    assert (ended.code, ended.out) == (1, "")
    assert SECRET not in ended.err


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_on_a_terminal_it_is_asked_for_and_not_echoed(acme: Console, keyring_file: Path) -> None:
    import pty
    import sys

    process, terminal = pty.fork()
    if process == 0:
        words = [sys.executable, "-m", "console", "secret", "set", "corp-secret"]
        os.execve(sys.executable, words, dict(acme.environ))
    seen = b""
    while b":" not in seen:
        seen += os.read(terminal, 1024)
    os.write(terminal, SECRET.encode() + b"\n")
    while True:
        try:
            more = os.read(terminal, 1024)
        except OSError:
            break
        if not more:
            break
        seen += more
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    os.close(terminal)
    assert kept(keyring_file) == {"wecom-console acme/corp-secret": SECRET}
    assert SECRET.encode() not in seen
