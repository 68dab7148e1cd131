"""What a check-up says of a terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from console.operations.checkup import Check, CheckState, TerminalFacts
from console.operations.checkup.terminal import AMBIGUOUS, ambiguous_width, check_terminal
from tests.operations.checkups import MODERN, WIDE, around

PASSED, WARNING, NOT_CHECKABLE = CheckState.PASSED, CheckState.WARNING, CheckState.NOT_CHECKABLE


async def terminal(
    folder: Path,
    facts: TerminalFacts | None = WIDE,
    environ: Mapping[str, str] = MODERN,
    *,
    ascii_only: bool = False,
) -> dict[str, Check]:
    surroundings = around(folder, terminal=facts, environ=environ, ascii_only=ascii_only)
    return {check.id: check async for check in check_terminal(surroundings)}


@pytest.mark.parametrize(
    ("reply", "width"),
    [
        (b"\x1b[12;2R", 1),
        (b"\x1b[12;3R", 2),
        (b"typed ahead\x1b[1;2Rmore", 1),
        (b"\x1b[12;2", None),
        (b"\x1b[12;80R", None),
        (b"", None),
        (b"\xff\x00\x1b[;R", None),
    ],
)
def test_the_width_is_read_from_where_the_cursor_went(reply: bytes, width: int | None) -> None:
    assert ambiguous_width(reply) == width


def test_the_sign_that_is_drawn_is_one_whose_width_is_the_terminals_choice() -> None:
    assert unicodedata.east_asian_width(AMBIGUOUS) == "A"


@pytest.mark.parametrize(
    ("facts", "ascii_only", "state"),
    [
        (TerminalFacts(80, 24, 1), False, PASSED),
        (TerminalFacts(80, 24, 2), False, WARNING),
        (TerminalFacts(80, 24, 2), True, PASSED),
        (TerminalFacts(80, 24, None), False, NOT_CHECKABLE),
    ],
)
async def test_wide_signs_are_told_unless_none_are_drawn(
    tmp_path: Path, facts: TerminalFacts, ascii_only: bool, state: CheckState
) -> None:
    assert (await terminal(tmp_path, facts, ascii_only=ascii_only))["sign-width"].state is state


@pytest.mark.parametrize(("columns", "rows", "state"), [(80, 24, PASSED), (79, 24, WARNING), (80, 23, WARNING)])
async def test_a_terminal_that_is_too_small_is_told(tmp_path: Path, columns: int, rows: int, state: CheckState) -> None:
    assert (await terminal(tmp_path, TerminalFacts(columns, rows)))["terminal-size"].state is state


@pytest.mark.parametrize(
    ("environ", "words", "state"),
    [
        (MODERN, "all", PASSED),
        ({"TERM": "screen-256color"}, "256", PASSED),
        ({"TERM": "linux"}, "linux", PASSED),
        ({**MODERN, "NO_COLOR": "1"}, "NO_COLOR", PASSED),
        ({"TERM": "dumb"}, "dumb", WARNING),
        ({}, "not set", WARNING),
    ],
)
async def test_how_many_colours_there_are(
    tmp_path: Path, environ: dict[str, str], words: str, state: CheckState
) -> None:
    check = (await terminal(tmp_path, environ=environ))["colours"]
    assert (check.state, words in check.answer) == (state, True)


async def test_without_a_terminal_one_line_says_so(tmp_path: Path) -> None:
    assert {one.id: one.state for one in (await terminal(tmp_path, None)).values()} == {"terminal": NOT_CHECKABLE}


@pytest.fixture
def start_tmux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Starts a tmux of the test's own that waits so many milliseconds after Esc."""
    monkeypatch.setenv("TMUX_TMPDIR", str(tmp_path))
    monkeypatch.delenv("TMUX", raising=False)
    tmux = ["tmux", "-f", os.devnull]

    def start(wait: int) -> None:
        subprocess.run([*tmux, "new-session", "-d", ";", "set", "-sg", "escape-time", str(wait)], check=True)

    yield start
    subprocess.run([*tmux, "kill-server"], check=False)


@pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")
@pytest.mark.parametrize(("wait", "state"), [(10, PASSED), (500, WARNING)])
async def test_a_tmux_that_makes_esc_slow_is_told(
    tmp_path: Path, start_tmux: Callable[[int], None], wait: int, state: CheckState
) -> None:
    start_tmux(wait)
    check = (await terminal(tmp_path, environ={**MODERN, "TMUX": "here"}))["tmux"]
    assert (check.state, str(wait) in check.answer) == (state, True)


async def test_a_tmux_that_does_not_answer_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    check = (await terminal(tmp_path, environ={**MODERN, "TMUX": "here"}))["tmux"]
    assert check.state in (WARNING, NOT_CHECKABLE)
