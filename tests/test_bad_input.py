"""What goes wrong outside: ids, servers, settings, stores, terminals, signals. It is said, and nothing is lost."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from console.sandbox import Options, Sandbox
from tests.cli.conftest import Console
from tests.conftest import LI_JIANGUO
from tests.outside import SMALL, environment, home_on, start, write_profile
from tests.pty_program import Program, children_of, program, runs

C1, C3 = "/externalcontact/list", "/externalcontact/batch/get_by_user"
UNKNOWN = "woAJ2GCAAAnobodynobodynobodynob"

needs_a_pty = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


@pytest.fixture
def corp(start_sandbox: Callable[[Options], Sandbox]) -> Sandbox:
    return start_sandbox(SMALL)


@pytest.fixture
def environ(corp: Sandbox, tmp_path: Path) -> dict[str, str]:
    return home_on(corp, tmp_path)


def store_of(folder: Path) -> Path:
    return folder / "home" / "store.db"


def is_whole(store: Path) -> bool:
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def sandbox_of(console: Program) -> int:
    """The process of the demo's sandbox."""
    [child] = children_of(console.process.pid)
    return child


def quits(console: Program) -> bool:
    """It answers a key, then quits as it should and leaves the terminal as it was."""
    console.press("?")
    console.until_shown("Keys of this place|本处按键|按键")
    console.press("escape")
    console.until_gone("Keys of this place")
    console.press("q")
    return (console.ended(), console.left_in_order) == (0, [])


# WeCom refuses

REFUSALS = [
    (60020, "127.0.0.1", "trusted IP", "可信IP"),
    (40001, "40001", "secret set", "secret set"),
    (48002, "48002", "48002", "48002"),
    (45009, "45009", "45009", "45009"),
]


def test_a_refusal_is_explained_in_both_languages_and_loses_nothing(corp: Sandbox, environ: dict[str, str]) -> None:
    run = Console(environ)
    before = run("customers", "list", "--follower", "zhangwei", "--json")
    daily = json.dumps({"errcode": 45009, "errmsg": "api freq out of limit, reach max api daily quota limit"})
    for code, both, english, chinese in REFUSALS:
        path = "/gettoken" if code == 40001 else C1
        for language, words in (("en", english), ("zh", chinese)):
            if code == 45009:
                corp.faults.body(path, daily.encode())
            else:
                corp.faults.expire_tokens()  # consoles share a token: without this none would be asked for
                corp.faults.errcode(path, code)
            ended = run("customers", "list", "--follower", "zhangwei", "--lang", language, "--json")
            assert ended.code in (1, 3)
            assert both in ended.err
            assert words in ended.err
            assert len(ended.err.splitlines()) >= 3, "what happened, why, and what to do"
            assert "Traceback" not in ended.err
    kept = run("customers", "list", "--search", "zhangwei", "--json")
    assert kept.out == before.out


# In the app, one session each


@needs_a_pty
def test_failed_reads_leave_the_rows_and_say_why(corp: Sandbox, environ: dict[str, str]) -> None:
    with program(environ=environ) as console:
        console.until_shown(r"customers \d+ .*read \d")
        console.press("enter")
        console.until_shown(r"row 1 of \d\d")
        for code in (60020, 48002, 40013):
            corp.faults.errcode(C1, code, when={"userid": "zhangwei"})
            console.press("r")
            console.until_shown(f"(?s)Not read just now: {code}.*小鹿妈妈")
        corp.faults.html(C1, when={"userid": "zhangwei"})
        console.press("r")
        console.until_gone("40013 ")
        console.until_shown("(?s)Not read just now.*小鹿妈妈")
        console.press("r")
        console.until_gone("Not read just now")
        assert quits(console)


@needs_a_pty
def test_ids_that_cannot_be_read_are_told_from_those_that_are_not_known(corp: Sandbox, environ: dict[str, str]) -> None:
    with program(environ=environ) as console:
        console.until_shown(r"customers \d+ .*read \d")
        for pasted in ("pAJ2GCAAApendingpendingpendingpe", "nobody-of-this-name"):
            console.press("f")
            console.until_shown("Find anybody")
            console.paste(pasted)
            console.until_shown("Nobody known here matches|pending|mapping")
            console.press("enter", "escape")
            console.until_gone(pasted)
            console.press("escape")
            console.until_gone("Find anybody")
        console.press("f")
        console.until_shown("Find anybody")
        console.paste(UNKNOWN)
        console.until_shown("Enter reads it from WeCom")
        console.press("enter")
        console.until_shown(r"\[unclear\]")
        console.press("escape")
        console.until_shown("Not read just now: ")
        assert quits(console)


@needs_a_pty
def test_a_server_that_hangs_leaves_every_key_alive_and_escape_frees_the_pane(
    corp: Sandbox, environ: dict[str, str]
) -> None:
    with program(environ=environ) as console:
        console.until_shown(r"customers \d+ .*read \d")
        console.press("enter")
        console.until_shown(r"row 1 of \d\d")
        hold = corp.faults.hang(C1, None, when={"userid": "zhangwei"})
        console.press("r")
        assert hold.reached_by()
        # From here to the end WeCom answers nothing at all: whatever comes, comes without it.
        console.until_shown("Esc stops")
        console.press("down")
        console.until_shown(r"row 2 of \d\d")
        console.press("/")
        console.until_shown("matches")
        console.press("ljg")
        console.until_shown("matches 1 of")
        console.press("escape")
        console.until_gone("ljg")
        console.press("escape")
        console.until_gone("matches")
        console.press("escape")
        console.until_shown("Stopped before everything was read")
        assert "小鹿妈妈" in console.text
        assert quits(console)
        hold.release()


@needs_a_pty
def test_a_server_that_is_off_is_said_and_the_app_goes_on(tmp_path: Path) -> None:
    with closing(socket.socket()) as nobody:
        nobody.bind(("127.0.0.1", 0))
        write_profile(tmp_path / "home", "ww1", f"http://127.0.0.1:{nobody.getsockname()[1]}")
        environ = environment(tmp_path, WECOM_CONSOLE_SECRET_CORP_SECRET="whatever-it-is")
        with program(environ=environ) as console:
            console.until_shown("API failed")
            console.press("!")
            console.until_shown("Trying again can help")
            console.press("escape")
            console.until_gone("Trying again can help")
            assert quits(console)


@needs_a_pty
def test_a_profile_without_its_secret_opens_asks_for_it_and_says_how_to_give_it(tmp_path: Path) -> None:
    write_profile(tmp_path / "home", "ww1", "http://127.0.0.1:9")
    with program(environ=environment(tmp_path)) as console:
        console.until_shown(r"corp-secret of profile acme \(not shown\)")
        console.press("escape")
        console.until_gone("not shown")
        console.press("!")
        console.until_shown("wecom-console secret set corp-secret")
        console.press("q")
        assert console.ended() == 0


# Terminals


@needs_a_pty
def test_a_terminal_of_20_by_5_says_that_it_is_too_small_and_still_answers(environ: dict[str, str]) -> None:
    with program(environ=environ, columns=20, rows=5) as console:
        console.until_shown(r"too\s+small")
        console.press("q")
        assert (console.ended(), console.left_in_order) == (0, [])


@needs_a_pty
def test_bytes_that_are_no_utf_8_do_not_end_the_app_not_even_in_the_c_locale(environ: dict[str, str]) -> None:
    with program(environ={**environ, "LANG": "C", "LC_ALL": "C"}) as console:
        console.until_shown(r"customers \d+ .*read \d")
        console.write("张三".encode("gbk"))
        console.until_shown("not UTF-8")
        assert quits(console)


@pytest.mark.parametrize("words", [(), ("secret", "set", "corp-secret"), ("followers",)], ids=" ".join)
def test_a_closed_stdin_is_no_fault(environ: dict[str, str], words: tuple[str, ...]) -> None:
    close = "import os, sys; os.close(0); os.execv(sys.executable, [sys.executable, '-m', 'console', *sys.argv[1:]])"
    done = subprocess.run(
        [sys.executable, "-c", close, *words], env=environ, capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode == (0 if words == ("followers",) else 2), done.stderr
    assert "unexpected" not in done.stderr
    assert "Traceback" not in done.stderr


@needs_a_pty
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_demo_in_order(environ: dict[str, str], tmp_path: Path, number: signal.Signals) -> None:
    with program("demo", environ=environ) as console:
        console.until_shown("小鹿妈妈")
        child = sandbox_of(console)
        console.signal(number)
        assert console.ended() == 130
        assert console.left_in_order == []
        assert "Traceback" not in console.last_words
    assert list(tmp_path.glob("wecom-console-demo-*")) == []
    assert_ends(child)


@needs_a_pty
def test_a_terminal_that_is_closed_ends_the_demo_in_order(environ: dict[str, str], tmp_path: Path) -> None:
    with program("demo", environ=environ) as console:
        console.until_shown("小鹿妈妈")
        child = sandbox_of(console)
        console.hang_up()
        assert console.ended() in (1, 130)
    assert list(tmp_path.glob("wecom-console-demo-*")) == []
    assert_ends(child)


@needs_a_pty
def test_a_demo_that_is_killed_takes_its_sandbox_along(environ: dict[str, str], tmp_path: Path) -> None:
    with program("demo", environ=environ) as console:
        console.until_shown("小鹿妈妈")
        child = sandbox_of(console)
        console.signal(signal.SIGKILL)
        assert console.ended() == -signal.SIGKILL
    [left] = tmp_path.glob("wecom-console-demo-*")
    assert is_whole(left / "store.db")
    assert_ends(child)


@needs_a_pty
def test_a_signal_while_rows_pour_in_leaves_a_whole_store(
    corp: Sandbox, environ: dict[str, str], tmp_path: Path
) -> None:
    with program(environ=environ) as console:
        console.until_shown("小鹿妈妈")
        console.signal(signal.SIGINT)
        assert (console.ended(), console.left_in_order) == (130, [])
    assert is_whole(store_of(tmp_path))
    assert Console(environ)("customers", "list").code == 0


def assert_ends(pid: int) -> None:
    """Wait for a process to end; each turn asks the system anew, which takes its time."""
    assert any(not runs(pid) for _turn in range(500))


# The store


@needs_a_pty
def test_two_consoles_work_on_one_store_at_once(corp: Sandbox, environ: dict[str, str], tmp_path: Path) -> None:
    with program(environ=environ) as one, program(environ=environ) as other:
        for console, follower in ((one, "王强"), (other, "陈敏")):
            console.until_shown(r"customers \d+ .*read \d")
            console.until_shown(follower)
        for console, downs in ((one, 3), (other, 4)):
            console.press("home", *["down"] * downs)  # everybody stands first
        one.until_shown(r"(王强|wangqiang)'s customers \d+ .*read \d")
        other.until_shown(r"(陈敏|chenmin)'s customers \d+ .*read \d")
        assert quits(one)
        assert quits(other)
    assert is_whole(store_of(tmp_path))
    kept = Console(environ)("customers", "list").out
    assert "wangqiang" in kept
    assert "chenmin" in kept


@contextmanager
def locked(store: Path) -> Iterator[sqlite3.Connection]:
    """The store held by somebody else who writes."""
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def test_a_store_that_is_locked_for_a_while_is_waited_for(
    corp: Sandbox, environ: dict[str, str], tmp_path: Path
) -> None:
    run = Console(environ)
    assert run("customers", "list", "--follower", "zhangwei").code == 0
    first, second = corp.faults.hang(C1), corp.faults.hang(C3, page=2)
    with start(environ, "customers", "list", "--follower", "lina", "--json") as running:
        assert first.reached_by()
        with locked(store_of(tmp_path)) as connection:
            first.release()
            assert second.reached_by(), "the first page is there, and waits to be written"
            connection.execute("COMMIT")
        second.release()
        out, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (0, b"")
    assert len(out.splitlines()) == 140


def test_a_store_from_a_newer_version_is_refused_and_not_touched(environ: dict[str, str], tmp_path: Path) -> None:
    run = Console(environ)
    assert run("customers", "list").code == 0
    with closing(sqlite3.connect(store_of(tmp_path))) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = store_of(tmp_path).read_bytes()
    for language, words in (("en", "newer version"), ("zh", "更新的版本")):
        ended = run("customers", "list", "--lang", language)
        assert (ended.code, ended.out) == (1, "")
        assert "999" in ended.err
        assert "WECOM_CONSOLE_HOME" in ended.err
        assert language == "zh" or words in ended.err
    assert store_of(tmp_path).read_bytes() == before


@needs_a_pty
def test_the_app_refuses_a_newer_store_before_it_draws_anything(environ: dict[str, str], tmp_path: Path) -> None:
    Console(environ)("customers", "list")
    with closing(sqlite3.connect(store_of(tmp_path))) as connection:
        connection.execute("PRAGMA user_version = 999")
    with program(environ=environ) as console:
        assert console.ended() == 1
        assert "newer version" in console.text
        assert b"1049" not in console.written


# Homes and locales


def test_a_home_that_cannot_be_a_folder_is_said(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for words in (("customers", "list"), ("profile", "add", "x", "--corp-id", "ww1"), ("profile", "list")):
        ended = Console({**environ, "WECOM_CONSOLE_HOME": str(tmp_path / "file")})(*words)
        assert ended.code in (1, 2), words
        assert "unexpected" not in ended.err, words
        assert str(tmp_path / "file") in ended.err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="no folder is read-only for this user")
def test_a_home_that_is_read_only_is_said(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "home").chmod(0o500)
    ended = Console(environ)("customers", "list")
    assert ended.code == 1
    assert "may not be written" in ended.err
    (tmp_path / "home").chmod(0o700)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no HOME")
def test_without_home_the_system_knows_where_it_is(environ: Mapping[str, str], tmp_path: Path) -> None:
    fewer = {name: value for name, value in environ.items() if name not in ("HOME", "WECOM_CONSOLE_HOME")}
    places = {f"XDG_{what}_HOME": str(tmp_path / what) for what in ("CONFIG", "DATA", "STATE", "CACHE")}
    ended = Console({**fewer, **places})("profile", "add", "acme", "--corp-id", "ww1")
    assert ended.code == 0, ended.err
    assert (tmp_path / "CONFIG" / "wecom-console" / "config.toml").exists()


def test_a_terminal_that_speaks_gbk_gets_what_it_can_show(environ: dict[str, str]) -> None:
    plain = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "gbk"}
    command = [sys.executable, "-m", "console", "customers", "list", "--follower", "zhangwei", "--json"]
    done = subprocess.run(command, env={**environ, **plain}, capture_output=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.decode("gbk").splitlines()]
    assert LI_JIANGUO in [row["external_contact"]["external_userid"] for row in rows]
    assert "李建国@城建" in [row["external_contact"].get("name") for row in rows]


def test_a_wrong_key_in_the_settings_names_the_nearest_right_one(environ: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "home" / "config.toml"
    file.write_text(file.read_text() + 'base_ulr = "x"\n')
    ended = Console(environ)()
    assert (ended.code, ended.out) == (2, "")
    assert re.search(r"(?s)base_ulr.*base_url", ended.err)
    assert str(file) in ended.err
