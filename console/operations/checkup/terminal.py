"""The terminal: large enough, in colour, agreed with us on the width of signs, and quick with Esc in tmux."""

from __future__ import annotations

import asyncio
import re
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncGenerator, Mapping

from console.language import _
from console.operations.checkup.checks import Check, Question, within
from console.operations.checkup.surroundings import Surroundings, TerminalFacts

SMALLEST = (80, 24)
AMBIGUOUS = "\u2500"
"""A sign that the default look is drawn with, and that East Asian terminals may draw two cells wide."""
ASK_WIDTH = f"\r{AMBIGUOUS}\x1b[6n"
"""What to write to a terminal so that it says how wide it draws that sign: its cursor position report."""
TIDY_UP = "\r\x1b[K"
QUICK_ESCAPE = 50
"""Milliseconds that tmux may wait after Esc before the app feels slow."""
_REPORT = re.compile(rb"\x1b\[\d{1,5};(\d{1,5})R")


def ambiguous_width(reply: bytes) -> int | None:
    """The cells that the sign took, by a terminal's reply to `ASK_WIDTH`; None while or if it does not say."""
    report = _REPORT.search(reply)
    width = int(report.group(1)) - 1 if report else 0
    return width if width in (1, 2) else None


async def check_terminal(around: Surroundings) -> AsyncGenerator[Check]:
    """Check the terminal; without one there is nothing to check."""
    facts = around.terminal
    if facts is None:
        question = Question("terminal", _("terminal"), _("asked for its size"), needed=False)
        yield question.not_checkable(_("none here"))
        return
    yield _size(facts)
    yield _colours(around.environ)
    yield _width(facts, ascii_only=around.ascii)
    if around.environ.get("TMUX"):
        tmux = Question("tmux", "tmux", "tmux show-options -sv escape-time", needed=False)
        yield await within(around.limits.terminal, tmux, _escape_time(tmux))


def _size(facts: TerminalFacts) -> Check:
    question = Question("terminal-size", _("terminal size"), _("asked for its size"), needed=False)
    columns, rows = SMALLEST
    size = f"{facts.columns}x{facts.rows}"
    if facts.columns >= columns and facts.rows >= rows:
        return question.passed(size)
    todo = _("The app needs {size}: make the window larger or its letters smaller.")
    return question.warning(size, todo.format(size=f"{columns}x{rows}"))


def _colours(environ: Mapping[str, str]) -> Check:
    question = Question("colours", _("colours"), "TERM, COLORTERM, NO_COLOR", needed=False)
    term = environ.get("TERM", "")
    if environ.get("NO_COLOR"):
        return question.passed(_("off, by NO_COLOR; the app marks in other ways"))
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return question.passed(_("all colours"))
    if "256color" in term:
        return question.passed(_("{n} colours").format(n=256))
    if term in ("", "dumb", "unknown"):
        todo = _("Set TERM as the terminal's own documentation says, such as xterm-256color.")
        return question.warning(_("none: TERM is {term}").format(term=term or _("not set")), todo)
    return question.passed(_("the basic colours, by TERM {term}").format(term=term))


def _width(facts: TerminalFacts, *, ascii_only: bool) -> Check:
    tried = _("drew one and asked for the cursor")
    question = Question("sign-width", _("width of signs"), tried, needed=False)
    match facts.ambiguous_width:
        case None:
            return question.not_checkable(_("it did not say"), _("Where lines do not meet: --ascii."))
        case 1:
            return question.passed(_("one cell"))
    if ascii_only:
        return question.passed(_("two cells, and --ascii avoids such signs"))
    todo = _("Lines will not meet. Have the terminal draw ambiguous signs narrow, or use --ascii (ascii = true).")
    return question.warning(_("two cells"), todo)


async def _escape_time(question: Question) -> Check:
    asked = await asyncio.create_subprocess_exec(*question.tried.split(), stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL)
    try:
        said, _nothing = await asked.communicate()
    finally:
        if asked.returncode is None:
            asked.kill()
    text = said.decode("ascii", "replace").strip()
    if not text.isdecimal():
        return question.not_checkable(_("it did not say"))
    wait = _("{n} ms after Esc").format(n=text)
    if int(text) <= QUICK_ESCAPE:
        return question.passed(wait)
    return question.warning(wait, _("Esc will feel slow. In ~/.tmux.conf: set -sg escape-time 10"))
