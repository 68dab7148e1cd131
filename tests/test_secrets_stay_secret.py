"""No secret and no token leaves its place: whatever the program prints, draws, logs, keeps or passes on is searched.

The search itself is held by `tests.wecom.test_secrecy`: it must find a planted secret in each of its forms.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click
import pytest

from console.cli.root import root_command
from console.demo import DELEGATED
from console.sandbox import Options, Sandbox
from console.sandbox.options import invent_credentials
from console.settings import AppType
from tests.cli.conftest import Console, Ended
from tests.conftest import LI_JIANGUO
from tests.outside import SMALL, environment, start
from tests.pty_program import Program, command_lines, program
from tests.secret_forms import found_in

DETAIL, C5 = "/externalcontact/get", "/externalcontact/get_follow_user_list"
KEPT_IN_THE_KEYRING = "vP2yt4mu9v/NmQ6Wvl+zImHKTzClULS5fPKezFnKtJ"
"""A secret that no sandbox knows: it is refused, and has characters that URLs and JSON escape."""


@pytest.fixture
def corp(start_sandbox: Callable[[Options], Sandbox]) -> Sandbox:
    return start_sandbox(SMALL)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path, WECOM_CONSOLE_LOG="debug")


def secrets_of(corp: Sandbox) -> set[str]:
    """Every secret of the sandbox's, and every token and secret that it was asked with."""
    own = corp.credentials
    known = {own.secret, own.callback_token, own.encoding_aes_key, own.permanent_code, own.suite_secret}
    names = ("access_token", "corpsecret", "suite_access_token")
    asked = {query.get(name, "") for query in corp.queries.values() for name in names}
    return (known | asked | {KEPT_IN_THE_KEYRING, own.suite_ticket, own.system_secret}) - {""}


def leaks(text: str, secrets: set[str]) -> dict[str, list[str]]:
    """Where a secret stands in a text: its first letters, and the forms it has there."""
    return {secret[:6]: forms for secret in secrets if (forms := found_in(text, secret))}


def kept_files(folder: Path) -> dict[str, str]:
    """All files under a folder as text: store, its log, settings, logs, pictures; not the keyring."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.name.startswith(("keyring", "file_key"))]
    return {str(file.relative_to(folder)): file.read_bytes().decode("latin-1") for file in files}


def verbs(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command there is."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from verbs(found, (*words, name))
    else:
        yield words


def every_command(run: Console, corp: Sandbox, folder: Path) -> dict[tuple[str, ...], list[Ended]]:
    """Every command that ends by itself, in good and in bad cases; what each printed, by its words."""
    ended: dict[tuple[str, ...], list[Ended]] = {}

    def do(*words: str, verb: int = 2, stdin: str = "", **more: str) -> None:
        ended.setdefault(words[:verb], []).append(run(*words, stdin=stdin, **more))

    own = corp.credentials
    address = ("--corp-id", own.corp_id, "--base-url", corp.base_url)
    do("profile", "add", "acme", *address)
    do("profile", "add", "codev", *address, "--app-type", AppType.DELEGATED.value)
    do("profile", "add", "wrong", *address)
    do("profile", "list", "--json")
    do("profile", "show", "acme")
    do("profile", "use", "acme")
    do("secret", "set", "corp-secret", stdin=own.secret)
    do("secret", "set", "permanent-code", "--profile", "codev", stdin=own.permanent_code)
    do("secret", "set", "corp-secret", "--profile", "wrong", stdin=KEPT_IN_THE_KEYRING)
    do("secret", "check", "corp-secret", "--json")
    do("profile", "add", "suite", *address, "--app-type", AppType.THIRD_PARTY.value, "--suite-id", own.suite_id)
    do("secret", "set", "suite-ticket", "--profile", "suite", stdin=own.suite_ticket)
    suite = {
        "WECOM_CONSOLE_SECRET_SUITE_SECRET": own.suite_secret,
        "WECOM_CONSOLE_SECRET_PERMANENT_CODE": own.permanent_code,
    }
    do("followers", "--profile", "suite", verb=1, **suite)
    do("followers", verb=1)
    do("followers", "--profile", "wrong", verb=1)
    do("doctor", verb=1)
    do("doctor", "--profile", "wrong", "--json", verb=1)
    do("customers", "list", "--follower", "zhangwei")
    do("customers", "list", "--follower", "zhangwei", "--profile", "codev", "--json")
    do("contacts", "list", "--json")
    do("sync", "--json", verb=1)
    do("sync", "--profile", "wrong", verb=1)
    do("export", str(folder / "all.xlsx"), verb=1)
    do("store", "info", "--json")
    do("store", "purge", "gone", "--yes")
    remark = ("remark", LI_JIANGUO, "--follower", "zhangwei")
    do(*remark, "--remark", "A", "--yes", verb=1)
    do(*remark, "--remark", "B", "--dry-run", "--json", verb=1)
    do("audit", "list", "--json")
    do("audit", "undo", "1", "--yes")
    do("audit", "export", str(folder / "record.csv"))
    do("convert", "oxUnionid", "oxOpenid", verb=1)
    do("convert", "oxUnionid", "oxOpenid", "--profile", "codev", verb=1)
    do("mappings", "list", "--json")
    callback = {
        "WECOM_CONSOLE_SECRET_CALLBACK_TOKEN": own.callback_token,
        "WECOM_CONSOLE_SECRET_ENCODING_AES_KEY": own.encoding_aes_key,
    }
    do("events", "trigger", "add_external_contact", "--to", f"{corp.base_url}/callback", verb=2, **callback)
    do("events", "list", "--json")
    do("events", "show", "1")
    do("events", "replay", "1", verb=2, **callback)
    token = corp.queries[C5]["access_token"]
    echo = {"errcode": 40058, "errmsg": f"invalid access_token={token} corpsecret={own.secret}"}
    faults: list[Callable[[], None]] = [
        partial(corp.faults.body, DETAIL, json.dumps(echo).encode()),
        partial(corp.faults.body, DETAIL, f"<html>{corp.base_url}?access_token={token}</html>".encode()),
        partial(corp.faults.reset, DETAIL),
        corp.faults.expire_tokens,
    ]
    for fault in faults:
        fault()
        do("customers", "show", LI_JIANGUO, "--json")
        corp.faults.clear()
    do("secret", "remove", "corp-secret", "--profile", "wrong")
    do("profile", "remove", "wrong")
    return ended


def test_no_command_prints_logs_or_keeps_a_secret(corp: Sandbox, environ: dict[str, str], tmp_path: Path) -> None:
    ended = every_command(Console(environ), corp, tmp_path)
    endless = {("demo",), ("sandbox",), ("receive",), ("events", "follow")}
    assert set(ended) | endless == set(verbs(root_command()))
    assert [one.code for one in ended["customers", "show"]] == [1, 1, 3, 0]
    secrets = secrets_of(corp)
    assert len(secrets) >= 9, "seven of the sandbox, one of ours, and the tokens"

    printed = "".join(one.out + one.err for runs in ended.values() for one in runs)
    assert "李建国" in printed
    assert leaks(printed, secrets) == {}
    files = kept_files(tmp_path)
    log = files["home/wecom-console.log"]
    assert "gettoken" in log, "the log tells the requests, or it proves nothing"
    assert leaks(log + f"corpsecret={next(iter(secrets))}", secrets) != {}
    for name, text in files.items():
        assert leaks(text, secrets) == {}, name
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "home" / "wecom-console.log").stat().st_mode) == 0o600


def test_the_sandbox_tells_its_invented_credentials_on_stdout_and_nowhere_else(environ: dict[str, str]) -> None:
    with start(environ, "sandbox", "--seed", "3") as running:
        assert running.stdout is not None
        assert running.stdin is not None
        assert running.stderr is not None
        line = running.stdout.readline().decode()
        told = invent_credentials(3)
        assert told.secret in line
        seen = command_lines(running.pid)
        running.stdin.close()
        assert leaks(seen + running.stderr.read().decode(), {told.secret, told.permanent_code}) == {}


def picture_of(console: Program, folder: Path) -> None:
    """Have the app save a picture of its screen."""
    console.press("ctrl+p")
    console.until_shown("search commands")
    console.paste("screenshot")
    console.until_gone("work in another profile")
    console.until_shown("save a picture")
    console.press("enter")
    console.until(lambda: list(folder.rglob("*.svg")), "the picture")


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_the_app_draws_logs_and_keeps_no_secret(corp: Sandbox, environ: dict[str, str], tmp_path: Path) -> None:
    run = Console(environ)
    run("profile", "add", "acme", "--corp-id", corp.credentials.corp_id, "--base-url", corp.base_url)
    run("secret", "set", "corp-secret", stdin=corp.credentials.secret)
    with program(environ=environ) as console:
        console.until_shown("李建国|小鹿")
        corp.faults.errcode("/externalcontact/list", 60020)
        corp.faults.expire_tokens()
        console.press("tab", "r")
        console.until_shown("60020")
        console.press("!")
        console.until_shown("(?s)60020.*hint")
        console.press("escape")
        console.until_gone("hint")
        picture_of(console, tmp_path)
        console.until_shown("Saved, masked")
        seen = command_lines(console.process.pid)
        assert "-m console" in seen
        console.press("q")
        assert console.ended() == 0
    secrets = secrets_of(corp)
    assert leaks(bytes(console.written).decode() + console.text, secrets) == {}
    assert leaks(seen, secrets) == {}
    files = kept_files(tmp_path)
    assert {"home/wecom-console.log", "home/store.db", "home/config.toml"} <= set(files)
    assert any("<svg" in text for text in files.values())
    for name, text in files.items():
        assert leaks(text, secrets) == {}, name


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_the_demo_passes_its_secrets_to_nobody(environ: dict[str, str], tmp_path: Path) -> None:
    own = invent_credentials(7)
    with program("demo", environ=environ) as console:
        console.until_shown("李建国")
        seen = command_lines(console.process.pid)
        assert "console.sandbox" in seen
        console.press("q")
        assert console.ended() == 0
    secrets = {own.secret, own.permanent_code, own.suite_secret}
    kept = "".join(kept_files(tmp_path).values())
    assert "gettoken" in kept
    assert DELEGATED.encode() not in kept.encode("latin-1"), "a demo keeps nothing"
    assert leaks(seen + bytes(console.written).decode() + kept, secrets) == {}
