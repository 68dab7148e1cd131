"""A fault that nobody expected: a sentence and a log, never a traceback with values on the screen."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from console import logbook
from console.sandbox import Options, Sandbox
from console.settings import Home
from tests.outside import SMALL, home_on
from tests.pty_program import Program

SECRET = "vP2yt4mu9vCpNmQ6WvlNzImHKTzClULS5fPKezFnKtJ"
needs_a_pty = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")

BREAK_A_KEY = """
from console.tui.app import ConsoleApp
def action_mask(self):
    value = SECRET
    raise ZeroDivisionError("planted\\x1b[31m, corpsecret=" + value)
ConsoleApp.action_mask = action_mask
"""
BREAK_A_WIDGET = """
from console.tui.customers.relations import CustomersList
def on_big_table_chosen(self, event):
    value = SECRET
    raise ZeroDivisionError("planted, corpsecret=" + value)
assert hasattr(CustomersList, "on_big_table_chosen")
CustomersList.on_big_table_chosen = on_big_table_chosen
"""
BREAK_A_DIALOG = """
from console.tui.dialogs.find import FindDialog
def on_input_changed(self, event):
    value = SECRET
    raise ZeroDivisionError("planted, corpsecret=" + value)
assert hasattr(FindDialog, "on_input_changed")
FindDialog.on_input_changed = on_input_changed
"""
BREAK_THE_APP = """
from console.tui.app import ConsoleApp
def on_panes_shown(self, event):
    value = SECRET
    raise ZeroDivisionError("planted\\x1b[31m, corpsecret=" + value)
ConsoleApp.on_panes_shown = on_panes_shown
"""
BREAK_A_READ = """
from console.operations import browse
async def read_followers(client, records):
    value = SECRET
    raise ZeroDivisionError("planted, corpsecret=" + value)
browse.read_followers = read_followers
"""
BREAK_A_WORKER = """
from console.tui.customers.relations import CustomersList
async def select(self, query):
    value = SECRET
    raise ZeroDivisionError("planted, corpsecret=" + value)
from console.store.relations import Relations
Relations.select = select
"""
BREAK_A_COMMAND = """
from console.cli import profile
def load_settings(home):
    value = SECRET
    raise ZeroDivisionError("planted, corpsecret=" + value)
profile.load_settings = load_settings
"""


@pytest.fixture
def environ(start_sandbox: Callable[[Options], Sandbox], tmp_path: Path) -> dict[str, str]:
    return home_on(start_sandbox(SMALL), tmp_path)


@contextmanager
def broken(breakage: str, environ: dict[str, str], *arguments: str) -> Iterator[Program]:
    """The program with a part of it replaced by one that fails."""
    code = f"SECRET = {SECRET!r}\n{breakage}\nimport sys\nsys.argv = {['wecom-console', *arguments]!r}\n"
    code += "from console.cli.main import main\nmain()\n"
    running = Program([sys.executable, "-c", code], environ, 120, 30)
    try:
        yield running
    finally:
        running.close()


def is_only_in_words(console: Program, folder: Path) -> bool:
    """The log tells where it happened, the screen does not, and the value is in neither."""
    log = (folder / "home" / "wecom-console.log").read_text(encoding="utf-8")
    written = bytes(console.written).decode()
    assert "ZeroDivisionError" in log
    assert "Traceback" in log
    assert "planted" in log
    assert "\x1b" not in log
    assert SECRET not in log
    assert SECRET not in written
    return "Traceback" not in written and "value =" not in written


@needs_a_pty
@pytest.mark.parametrize(
    ("breakage", "key", "words"),
    [
        (BREAK_A_KEY, "m", "That one command was not carried out"),
        (BREAK_A_WIDGET, "enter", "The panes were opened anew"),
        (BREAK_A_DIALOG, "fz", "The panes were opened anew"),
    ],
    ids=["a command", "a widget", "a dialog"],
)
def test_a_fault_in_a_pane_is_told_with_a_report_and_the_app_goes_on(
    environ: dict[str, str], tmp_path: Path, breakage: str, key: str, words: str
) -> None:
    with broken(breakage, environ) as console:
        console.until_shown("小鹿妈妈")
        console.press("enter")
        console.press(key)
        console.until_shown(words)
        console.until_shown("wecom-console-fault-")
        console.press("escape")
        console.until_gone(words)
        console.until_shown("小鹿妈妈")
        console.press("6")
        console.until_shown("[6 Profile]")
        console.press("q")
        assert console.ended() == 0
        assert is_only_in_words(console, tmp_path)
        (report,) = (tmp_path / "home").glob("wecom-console-fault-*.txt")
        assert report.stat().st_mode & 0o777 == 0o600
        written = report.read_text(encoding="utf-8")
        assert "ZeroDivisionError" in written
        assert "Python" in written
        assert SECRET not in written


@needs_a_pty
def test_what_keeps_failing_ends_the_app(environ: dict[str, str], tmp_path: Path) -> None:
    with broken(BREAK_A_KEY, environ) as console:
        console.until_shown("小鹿妈妈")
        for _time in range(4):
            console.press("m")
        assert console.ended() == 1
        assert "met a fault" in console.last_words


@needs_a_pty
def test_a_fault_in_the_app_itself_ends_it_with_a_sentence_and_1(environ: dict[str, str], tmp_path: Path) -> None:
    with broken(BREAK_THE_APP, environ) as console:
        console.until_shown("小鹿妈妈")
        console.press("6")
        assert console.ended() == 1
        assert console.left_in_order == []
        assert "met a fault" in console.last_words
        assert str(tmp_path / "home" / "wecom-console.log") in console.last_words.replace("\r\n", "")
        assert is_only_in_words(console, tmp_path)


@needs_a_pty
@pytest.mark.parametrize("breakage", [BREAK_A_READ, BREAK_A_WORKER], ids=["a read", "a worker"])
def test_a_fault_in_the_background_is_said_and_the_app_goes_on(
    environ: dict[str, str], tmp_path: Path, breakage: str
) -> None:
    with broken(breakage, environ) as console:
        console.until_shown("an unexpected fault")
        console.press("!")
        console.until_shown("Details are in the log")
        console.press("escape")
        console.until_gone("Details are in the log")
        console.press("q")
        assert console.ended() == 0
        assert is_only_in_words(console, tmp_path)


@needs_a_pty
def test_a_fault_in_a_command_is_said_and_ends_with_1(environ: dict[str, str], tmp_path: Path) -> None:
    with broken(BREAK_A_COMMAND, environ, "profile", "list") as console:
        assert console.ended() == 1
        assert "Details are in the log" in console.text
        assert is_only_in_words(console, tmp_path)


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A log of the test's own; logging and the hooks of the interpreter are put back as they were."""
    root, before = logging.getLogger(), (list(logging.getLogger().handlers), logging.getLogger().level)
    monkeypatch.setattr("threading.excepthook", print)
    monkeypatch.setattr("sys.unraisablehook", print)
    file = logbook.open_log(Home(tmp_path, tmp_path, tmp_path / "logs"), {})
    assert file is not None
    yield file
    root.handlers[:], root.level = before
    logging.captureWarnings(False)
    logbook._files.clear()


def test_nothing_is_written_before_there_is_something_to_say(log: Path) -> None:
    logging.getLogger("httpx").info("a request")
    assert not log.exists()
    logging.getLogger("httpx").warning("a warning")
    assert log.exists()


def test_every_record_is_redacted_whichever_logger_it_is_from(log: Path) -> None:
    logging.getLogger("somebody.else").error("https://x/?access_token=%s\x1b]0;owned\x07", SECRET)
    text = log.read_text(encoding="utf-8")
    assert "access_token=" in text
    assert SECRET not in text
    assert "\x1b" not in text


def test_a_log_that_has_grown_begins_anew_and_keeps_the_one_before(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logbook, "LARGEST", 100)
    for word in ("first", "second"):
        logging.getLogger("x").error(word + " " * 100)
    assert "second" in log.with_name("wecom-console.log.1").read_text(encoding="utf-8")
    logging.getLogger("x").error("third")
    assert "third" in log.read_text(encoding="utf-8")


def test_where_no_log_can_be_written_nothing_falls_back_to_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    root = logging.getLogger()
    before = list(root.handlers)
    root.handlers.clear()
    try:
        assert logbook.open_log(Home(tmp_path, tmp_path, tmp_path / "file"), {}) is None
        assert logbook.note_fault(ValueError("x")) is None
    finally:
        root.handlers[:] = before
        logging.captureWarnings(False)
    assert capsys.readouterr().err == ""
