"""`wecom-console doctor`: readable lines, JSON Lines for support, and an exit code that scripts can lean on."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from console.operations.checkup import CheckState
from console.sandbox import Options, Sandbox
from console.text import cell_width
from tests.cli.conftest import Console, Ended
from tests.outside import SMALL, home_on
from tests.pty_program import program
from tests.secret_forms import found_in

C5 = "/externalcontact/get_follow_user_list"
KEYS = ["id", "state", "title", "tried", "answer", "todo", "where", "needed", "again", "errcode", "test"]


@pytest.fixture
def corp(start_sandbox: Callable[[Options], Sandbox]) -> Sandbox:
    return start_sandbox(SMALL)


def states(ended: Ended) -> dict[object, object]:
    return {line["id"]: line["state"] for line in ended.lines}


def test_json_is_one_check_a_line_with_the_review_list_at_its_end(connected: Console) -> None:
    ended = connected("doctor", "--json")
    assert ended.code == 0, ended.err
    assert all(list(line) == KEYS for line in ended.lines)
    assert [line["id"] for line in ended.lines][-15:] == [f"R{n}" for n in range(1, 16)]
    assert {line["state"] for line in ended.lines} <= set(CheckState)
    found = states(ended)
    assert {found[name] for name in ("settings", "profile", "gettoken", "followers", "customer", "R1")} == {"passed"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_lines_are_no_wider_than_the_terminal_and_say_what_was_tried(
    connected: Console, language: str, tmp_path: Path
) -> None:
    ended = connected("doctor", "--review", "--lang", language, COLUMNS="80")
    assert ended.code == 0
    assert max(cell_width(line) for line in ended.out.splitlines() if str(tmp_path) not in line) <= 80
    assert "GET /gettoken" in ended.out
    assert "R15" in ended.out
    assert "R15" not in connected("doctor", "--lang", language).out


def test_a_system_apps_secret_ends_with_1_and_the_page_to_go_to(corp: Sandbox, connected: Console) -> None:
    ended = connected("doctor", WECOM_CONSOLE_SECRET_CORP_SECRET=corp.credentials.system_secret)
    assert ended.code == 1
    assert "客户联系 > 权限配置 > 可调用应用" in " ".join(ended.out.split())
    assert "followers (C5)" in ended.err


def test_a_third_party_app_is_checked_with_its_own_secrets(corp: Sandbox, connected: Console) -> None:
    own = corp.credentials
    kind = ("--app-type", "third-party", "--suite-id", own.suite_id)
    connected("profile", "add", "isv", "--corp-id", own.corp_id, "--base-url", corp.base_url, *kind)
    secrets = {"PERMANENT_CODE": own.permanent_code, "SUITE_SECRET": own.suite_secret, "SUITE_TICKET": own.suite_ticket}
    ended = connected(
        "doctor", "--json", "--profile", "isv", **{f"WECOM_CONSOLE_SECRET_{name}": one for name, one in secrets.items()}
    )
    assert ended.code == 0, ended.out
    found = {line["id"]: line for line in ended.lines}
    assert "get_suite_token" in str(found["gettoken"]["tried"])
    assert "not given to this kind of app" in str(found["given"]["answer"])
    assert {found[name]["state"] for name in ("suite-ticket", "gettoken", "followers", "customer")} == {"passed"}


def test_what_may_pass_by_itself_ends_with_3(corp: Sandbox, connected: Console) -> None:
    corp.faults.html(C5, times=None)
    ended = connected("doctor", "--json")
    assert ended.code == 3
    assert "try again" in ended.err


def test_it_asks_for_one_token_and_writes_neither_store_nor_settings(
    corp: Sandbox, connected: Console, tmp_path: Path
) -> None:
    before = sorted(path.name for path in (tmp_path / "home").rglob("*"))
    assert connected("doctor").code == 0
    assert corp.requests["/gettoken"] == 1
    assert sorted(path.name for path in (tmp_path / "home").rglob("*")) == before


def test_without_a_profile_it_ends_with_1_and_says_how_to_add_one(console: Console) -> None:
    ended = console("doctor", "--json")
    assert ended.code == 1
    assert states(ended)["profile"] == "failed"
    assert "wecom-console profile add" in ended.out


def test_settings_with_a_mistake_are_a_line_and_no_end(connected: Console, tmp_path: Path) -> None:
    file = tmp_path / "home" / "config.toml"
    file.write_text("langage = 'zh'\n" + file.read_text())
    ended = connected("doctor", "--json")
    assert ended.code == 1
    assert states(ended)["settings"] == "failed"


def test_a_profile_that_there_is_not_is_a_usage_error(connected: Console) -> None:
    assert connected("doctor", "--profile", "nobody").code == 2


def test_a_damaged_store_is_told_beside_all_else(connected: Console, tmp_path: Path) -> None:
    (tmp_path / "home" / "store.db").write_bytes(b"no store at all" * 1000)
    ended = connected("doctor", "--json")
    assert ended.code == 1
    assert (states(ended)["store"], states(ended)["followers"]) == ("failed", "passed")


def test_no_secret_is_in_it_even_when_a_server_echoes_them(corp: Sandbox, connected: Console) -> None:
    own = corp.credentials
    for kind, value in (("callback-token", own.callback_token), ("encoding-aes-key", own.encoding_aes_key)):
        assert connected("secret", "set", kind, stdin=value).code == 0
    echo = f'{{"errcode":40058,"errmsg":"no {own.secret} {own.callback_token} {own.encoding_aes_key}"}}'
    corp.faults.body(C5, echo.encode(), times=None)
    ended = connected("doctor", "--json")
    assert "***" in ended.out, "the planted ones were met"
    assert states(ended)["encoding-aes-key"] == "passed"
    for secret in (own.secret, own.callback_token, own.encoding_aes_key):
        assert found_in(ended.out + ended.err, secret) == []


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_the_terminal_is_asked_how_wide_it_draws_and_left_in_order(corp: Sandbox, tmp_path: Path) -> None:
    with program("doctor", environ=home_on(corp, tmp_path), columns=100, rows=30) as console:
        console.until(lambda: b"\x1b[6n" in console.written, "the question")
        console.write(b"\x1b[1;3R")
        assert console.ended() == 0
        assert "100x30" in console.folded or b"100x30" in console.written
        assert b"two cells" in console.written
        assert b"1;3R" not in console.written, "its answer is not shown"
        assert console.left_in_order == []


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_terminal_that_is_silent_is_waited_for_and_left_as_it_was() -> None:
    import pty
    import termios

    from console.cli.terminal_probe import ask_width

    ours, theirs = pty.openpty()
    try:
        before = termios.tcgetattr(theirs)
        with open(theirs, "w", encoding="utf-8", closefd=False) as written:
            assert ask_width(written, theirs, patience=0.01) is None
        assert termios.tcgetattr(theirs) == before
    finally:
        os.close(ours)
        os.close(theirs)
