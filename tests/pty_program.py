"""The real program on a real terminal: what it writes, what its screen shows, how it leaves the terminal behind."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

import pyte

PATIENCE = 20.0
"""Seconds that a screen may take to come to be what a test waits for; nothing is ever waited for in full."""
KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "ctrl+c": "\x03",
    "ctrl+p": "\x10",
    "backspace": "\x7f",
}
_MODES = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_KEY_MODES = re.compile(rb"\x1b\[([<>])[0-9;]*u")
# pyte takes a private CSI for the public one of the same letter: Textual's pushes of key modes would move its cursor.
_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z$]{0,1}[upq]")


class Program:
    """A program that runs on a terminal of its own."""

    def __init__(self, command: list[str], environ: Mapping[str, str], columns: int, rows: int) -> None:
        self.written = bytearray()
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._terminal, self._theirs = pty.openpty()
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.settings_before = termios.tcgetattr(self._theirs)
        # Nobody else has the writing end of this pipe: its end is the program's end.
        self._lives, lives = os.pipe()
        self.process = subprocess.Popen(
            command,
            cwd=environ.get("TMPDIR"),
            env={
                # A size in the environment would win over the terminal's own.
                **{name: value for name, value in environ.items() if name not in ("COLUMNS", "LINES")},
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
            },
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            pass_fds=(lives,),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(lives)

    @property
    def text(self) -> str:
        """The screen as it is, a line for each of its lines."""
        lines = (self.screen.buffer[y] for y in range(self.screen.lines))
        return "\n".join("".join(line[x].data for x in range(self.screen.columns)).rstrip() for line in lines)

    def press(self, *keys: str) -> None:
        """Type keys by name, or texts as they are."""
        for key in keys:
            os.write(self._terminal, KEYS.get(key, key).encode())

    def write(self, typed: bytes) -> None:
        """Type bytes."""
        os.write(self._terminal, typed)

    def paste(self, text: str) -> None:
        """Paste a text, as a terminal hands it over."""
        self.write(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def until(self, condition: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
        """Take in what it writes until something is so. Raises AssertionError with the screen when it never is."""
        deadline = time.monotonic() + patience
        while not condition():
            left = deadline - time.monotonic()
            if left <= 0 or not self._take_in(min(left, 0.1)):
                assert condition(), f"{what} never came:\n{self.text}\n{bytes(self.written[-600:])!r}"
                return

    @property
    def folded(self) -> str:
        """The screen as one line, every break and run of blanks a single blank."""
        return " ".join(self.text.split())

    def until_shown(self, pattern: str, patience: float = PATIENCE) -> None:
        """Until the screen matches a regular expression, wherever its lines are folded."""
        self.until(lambda: re.search(pattern, self.text) or re.search(pattern, self.folded), pattern, patience)

    def until_gone(self, pattern: str) -> None:
        """Until the screen no longer matches a regular expression."""
        self.until(lambda: not re.search(pattern, self.text), f"the end of {pattern}")

    def ended(self) -> int:
        """Its exit code, once it has ended; less than zero for a signal that killed it."""
        deadline = time.monotonic() + PATIENCE
        while self._take_in(0.1):
            assert time.monotonic() < deadline, f"it never ended:\n{self.text}"
        return self.process.wait()

    def signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.process.pid, number)

    def hang_up(self) -> None:
        """Close the terminal's window."""
        os.close(self._terminal)
        os.close(self._theirs)
        self._terminal = self._theirs = -1

    @property
    def left_in_order(self) -> list[str]:
        """What it left different from how it found it; empty when nothing."""
        wrong = [] if termios.tcgetattr(self._theirs) == self.settings_before else ["line settings"]
        modes = {"25": b"h", "7": b"h"}
        for found in _MODES.finditer(bytes(self.written)):
            modes.update(dict.fromkeys(found.group(1).decode().split(";"), found.group(2)))
        usually_on = {"25", "7"}
        wrong += [mode for mode, state in modes.items() if (state == b"h") is not (mode in usually_on)]
        pushes = [found.group(1) for found in _KEY_MODES.finditer(bytes(self.written))]
        return wrong + (["key mode"] if pushes.count(b">") > pushes.count(b"<") else [])

    @property
    def last_words(self) -> str:
        """What it wrote after it had left the full screen."""
        return bytes(self.written).rpartition(b"\x1b[?1004l")[2].decode()

    def _take_in(self, seconds: float) -> bool:
        """Take in what is there, waiting so long for it; False once it has ended and all is taken in."""
        watched = [one for one in (self._terminal, self._lives) if one >= 0]
        ready, _, _ = select.select(watched, [], [], seconds)
        if self._terminal in ready:
            with suppress(OSError):
                data = os.read(self._terminal, 65536)
                self.written += data
                self._stream.feed(_NOT_FOR_PYTE.sub(b"", data))
                return True
        return self._lives not in ready

    def close(self) -> None:
        """End it, whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for one in (self._terminal, self._theirs, self._lives):
            with suppress(OSError):
                os.close(one)


@contextmanager
def program(
    *arguments: str, environ: Mapping[str, str] = os.environ, columns: int = 120, rows: int = 30
) -> Iterator[Program]:
    """`wecom-console` with these arguments; it ends with the block."""
    running = Program([sys.executable, "-m", "console", *arguments], environ, columns, rows)
    try:
        yield running
    finally:
        running.close()


def children_of(pid: int) -> list[int]:
    """The processes that a process has started."""
    listed = subprocess.run(["ps", "-A", "-o", "ppid=,pid="], capture_output=True, text=True, check=True)
    pairs = [line.split() for line in listed.stdout.splitlines()]
    return [int(child) for parent, child in pairs if int(parent) == pid]


def runs(pid: int) -> bool:
    """Whether a process is still at work; one that merely waits to be buried is not."""
    asked = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(asked.stdout.strip()) and not asked.stdout.startswith("Z")


def command_lines(pid: int) -> str:
    """What anybody on the machine can read of a process and those that it has started."""
    family = ",".join(map(str, (pid, *children_of(pid))))
    return subprocess.run(["ps", "-ww", "-o", "args=", "-p", family], capture_output=True, text=True, check=True).stdout
