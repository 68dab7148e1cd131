"""A real terminal for a child process: when does its screen first show a text of its own."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import termios
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from time import perf_counter, sleep

import pyte

COLUMNS, ROWS = 140, 40
PATIENCE = 30.0
# pyte takes a private CSI for the public one of the same letter: Textual's pushes of key modes would move its cursor.
_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z$]{0,1}[upq]")


@dataclass(frozen=True, slots=True)
class Program:
    """A command to start, and the texts of its own content, in the order in which its screen shows them."""

    name: str
    command: Sequence[str]
    marks: Sequence[str]
    environment: Mapping[str, str]


def seconds_to_marks(program: Program) -> list[float]:
    """Start it on a terminal of 140x40; seconds from the start until the screen shows each of its marks.

    A mark is a regular expression that some line of the screen must match. Raises TimeoutError.
    """
    arrived: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
    began = perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.execvpe(program.command[0], list(program.command), dict(program.environment))
    # A thread notes when what was written, so that making sense of it takes no time from the clock.
    threading.Thread(target=_read, args=(terminal, arrived.put), daemon=True).start()
    try:
        return _until_marked(program, began, arrived)
    finally:
        _end(pid)
        os.close(terminal)


def _until_marked(program: Program, began: float, arrived: SimpleQueue[tuple[float, bytes]]) -> list[float]:
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    wanted = [re.compile(mark) for mark in program.marks]
    seen: list[float] = []
    while len(seen) < len(wanted):
        try:
            when, data = arrived.get(timeout=max(0.01, began + PATIENCE - perf_counter()))
        except Empty:
            text = "\n".join(line.rstrip() for line in screen.display if line.strip())
            raise TimeoutError(f"{program.name} never showed {wanted[len(seen)].pattern!r}:\n{text}") from None
        stream.feed(_NOT_FOR_PYTE.sub(b"", data))
        while len(seen) < len(wanted) and any(wanted[len(seen)].search(line) for line in screen.display):
            seen.append(when - began)
    return seen


def _read(terminal: int, note: Callable[[tuple[float, bytes]], None]) -> None:
    with suppress(OSError):
        while data := os.read(terminal, 65536):
            note((perf_counter(), data))


def _end(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    for _ in range(40):
        if os.waitpid(pid, os.WNOHANG)[0]:
            return
        sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
