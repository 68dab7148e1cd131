"""Ask the terminal about itself: its size, and how wide it draws what the app draws lines with."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from console.operations.checkup import TerminalFacts
from console.operations.checkup.terminal import ASK_WIDTH, TIDY_UP, ambiguous_width

PATIENCE = 1.0
"""Seconds that a terminal has for its answer; one across the world needs a third of it."""


def terminal_facts() -> TerminalFacts | None:
    """The terminal that stdout, or else stderr, is on; None where neither is."""
    written = next((one for one in (sys.stdout, sys.stderr) if one is not None and one.isatty()), None)
    if written is None:
        return None
    columns, rows = os.get_terminal_size(written.fileno())
    return TerminalFacts(columns, rows, _ambiguous_width(written))


def _ambiguous_width(written: TextIO) -> int | None:
    if os.name != "posix" or sys.stdin is None or not sys.stdin.isatty():
        return None
    typed = sys.stdin.fileno()
    try:
        in_front = os.tcgetpgrp(typed) == os.getpgrp()
    except OSError:
        return None
    return ask_width(written, typed) if in_front else None  # in the background, whoever asks is stopped


def ask_width(written: TextIO, typed: int, patience: float = PATIENCE) -> int | None:
    """Ask the terminal that is `written` to for the width of an ambiguous sign; it answers on `typed`, a descriptor.

    The terminal is as it was afterwards, whatever happens; None where it says nothing within `patience` seconds.
    """
    with _unechoed(typed):
        written.write(ASK_WIDTH)
        written.flush()
        width = ambiguous_width(_reply(typed, patience))
        written.write(TIDY_UP)
        written.flush()
    return width


def _reply(typed: int, patience: float) -> bytes:
    """What comes until the cursor's position is told, or patience ends."""
    deadline = time.monotonic() + patience
    reply = b""
    while (left := deadline - time.monotonic()) > 0 and ambiguous_width(reply) is None:
        ready, _writable, _failed = select.select([typed], [], [], left)
        if not ready or not (more := os.read(typed, 64)):
            break
        reply += more
    return reply


@contextmanager
def _unechoed(typed: int) -> Iterator[None]:
    """The terminal gives each byte as it comes and shows none."""
    import termios
    import tty

    before = termios.tcgetattr(typed)
    tty.setcbreak(typed, termios.TCSADRAIN)
    try:
        yield
    finally:
        termios.tcsetattr(typed, termios.TCSAFLUSH, before)  # an answer that comes too late is not typed into the shell
