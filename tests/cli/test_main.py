"""The command line as a contract: exit codes, what goes where, and how light the light commands are."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from console import __version__
from console.cli.root import NOUNS
from console.sandbox import Sandbox
from tests.cli.conftest import Console

VERBS = [
    *[("profile", verb) for verb in ("add", "list", "show", "use", "remove")],
    *[("secret", verb) for verb in ("set", "check", "remove")],
    *[("customers", verb) for verb in ("list", "show")],
    ("contacts", "list"),
    ("followers",),
    ("demo",),
    ("sandbox",),
]


def test_the_version_is_on_stdout(console: Console) -> None:
    assert (console("--version").code, console("--version").out) == (0, f"wecom-console {__version__}\n")


def test_the_version_loads_nothing_that_it_does_not_need() -> None:
    heavy = ["textual", "rich", "httpx", "pydantic", "pypinyin", "keyring", "sqlite3", "tomlkit", "importlib.metadata"]
    code = f"""
import sys
sys.argv = ["wecom-console", "--version"]
from console.cli.main import main
try:
    main()
except SystemExit as ending:
    print(ending.code, [name for name in {heavy!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 []"


def test_help_imports_no_noun_and_names_them_all(console: Console) -> None:
    ended = console("--help")
    assert ended.code == 0
    listed = [line.split()[0] for line in ended.out.partition("Commands:")[2].splitlines() if line.startswith("  ")]
    assert listed[: len(NOUNS)] == list(NOUNS)


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_every_command_has_help_with_an_example_and_takes_the_global_options(
    console: Console, words: tuple[str, ...]
) -> None:
    ended = console(*words, "--help")
    assert ended.code == 0
    assert f"  wecom-console {' '.join(words)}" in ended.out.partition("Examples:")[2]
    for option in ("--json", "--profile", "--lang", "--read-only", "--ascii"):
        assert option in ended.out


@pytest.mark.parametrize(
    "words",
    [
        ("frobnicate",),
        ("customers",),
        ("customers", "list", "--nonsense"),
        ("customers", "show"),
        ("--lang", "fr", "profile", "list"),
        ("profile", "add", "acme"),
        ("secret", "check", "password"),
        ("sandbox", "--port", "70000"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2_and_said_on_stderr(console: Console, words: tuple[str, ...]) -> None:
    ended = console(*words)
    assert (ended.code, ended.out) == (2, "")
    assert "Usage:" in ended.err


@pytest.mark.parametrize("words", [(), ("followers",), ("secret", "check", "corp-secret"), ("customers", "list")])
def test_without_a_profile_the_way_on_is_told(console: Console, words: tuple[str, ...]) -> None:
    ended = console(*words)
    assert (ended.code, ended.out) == (2, "")
    assert "wecom-console demo" in ended.err
    assert "wecom-console profile add" in ended.err


def test_without_a_terminal_the_app_says_so(console: Console) -> None:
    console("profile", "add", "acme", "--corp-id", "ww1")
    for words in ((), ("demo",)):
        ended = console(*words)
        assert (ended.code, ended.out) == (2, "")
        assert "terminal" in ended.err


def test_global_options_mean_the_same_before_and_behind_the_command(console: Console) -> None:
    console("profile", "add", "one", "--corp-id", "ww1")
    console("profile", "add", "two", "--corp-id", "ww2")
    before = console("--profile", "two", "secret", "check", "corp-secret", "--json")
    behind = console("secret", "check", "corp-secret", "--json", "--profile", "two")
    assert before.document == behind.document
    assert before.document["profile"] == "two"


def test_an_unknown_profile_is_2_and_names_those_there_are(console: Console) -> None:
    console("profile", "add", "one", "--corp-id", "ww1")
    ended = console("followers", "--profile", "two")
    assert ended.code == 2
    assert "one" in ended.err


def test_a_mistake_in_the_settings_is_2_and_names_file_key_and_nearest_key(console: Console, tmp_path: Path) -> None:
    file = tmp_path / "home" / "config.toml"
    file.parent.mkdir()
    file.write_text('defalt_profile = "acme"\n', encoding="utf-8")
    file.chmod(0o600)
    for words in ((), ("profile", "list"), ("followers",)):
        ended = console(*words)
        assert ended.code == 2
        assert all(word in ended.err for word in (str(file), "defalt_profile", "default_profile"))


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_an_interrupted_command_is_130(connected: Console, corp: Sandbox) -> None:
    hold = corp.faults.hang("/externalcontact/get_follow_user_list", None)
    process = connected.start("followers")
    assert hold.reached_by(1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    hold.release()
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err


@pytest.mark.skipif(os.name != "posix", reason="closed pipes are POSIX's")
def test_a_closed_pipe_ends_quietly(connected: Console) -> None:
    process = connected.start("contacts", "list", "--json")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    assert (process.wait(timeout=30), err) == (0, b"")


def test_a_server_that_is_off_is_temporary(console: Console, corp: Sandbox) -> None:
    console("profile", "add", "off", "--corp-id", "ww1", "--base-url", "http://127.0.0.1:9")
    ended = console("followers", WECOM_CONSOLE_SECRET_CORP_SECRET="secret-value")
    assert (ended.code, ended.out) == (3, "")
    assert "secret-value" not in ended.err


def test_a_wrong_secret_is_1_asked_once_and_never_shown(connected: Console, corp: Sandbox) -> None:
    ended = connected("followers", WECOM_CONSOLE_SECRET_CORP_SECRET="not-the-secret")
    assert (ended.code, ended.out) == (1, "")
    assert "40001" in ended.err
    assert "not-the-secret" not in ended.err
    assert corp.requests["/gettoken"] == 1


def test_no_secret_at_all_is_2_and_says_how_to_give_it(connected: Console) -> None:
    ended = connected("followers", WECOM_CONSOLE_SECRET_CORP_SECRET="")
    assert (ended.code, ended.out) == (2, "")
    assert "wecom-console secret set corp-secret --profile acme" in ended.err


def test_a_server_that_answers_html_is_explained(connected: Console, corp: Sandbox) -> None:
    corp.faults.html("/gettoken", None)
    ended = connected("followers")
    assert ended.code in (1, 3)
    assert ended.out == ""
    assert "<html" not in ended.err.lower()
    assert "Traceback" not in ended.err


def test_where_stdout_cannot_say_all_json_is_still_json(connected: Console) -> None:
    ended = connected("customers", "list", "--follower", "zhangwei", "--json", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    names = [line["external_contact"] for line in ended.lines]
    assert ended.code == 0
    assert any("李建国@城建" in str(contact) for contact in names)
