"""A process beside this one for the biggest writes, so that Python is free here for the network and for keys."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, TypeVar, cast

if TYPE_CHECKING:
    import subprocess

T = TypeVar("T")
Work = Callable[[sqlite3.Connection, list[object]], T]
"""What is done with a list of parts; found again by its name in the other process."""

_MODULE: Final = "console.store.beside_process"
_SOON: Final = 5.0  # seconds


class NotBeside(Exception):
    """The other process can't be had, or broke off: nothing of the work was done."""


class Beside:
    """The other process: begun with its first work, ended by `close`, or by itself when this one is gone.

    For one thread. Its transactions are its own; SQLite keeps them apart from those of this process.
    """

    def __init__(self, path: Path, busy_timeout: float) -> None:
        self._path = path
        self._busy_timeout = busy_timeout
        self._process: subprocess.Popen[bytes] | None = None
        self._is_hopeless = False

    @property
    def is_there(self) -> bool:
        """Whether it runs, so that its next work costs no start."""
        return self._process is not None

    def do(self, work: Work[T], parts: Iterable[object]) -> T:
        """Have the work done there, in one transaction. Raises sqlite3.Error, and NotBeside."""
        import pickle  # here, as below: the first paint has no use for it

        process = self._begun()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            pickle.dump(work, process.stdin)
            for part in parts:  # one after the other: none keeps other threads waiting for long
                process.stdin.write(pickle.dumps(part))
            pickle.dump(None, process.stdin)
            process.stdin.flush()
            return cast(T, _result(process.stdout))
        except (OSError, EOFError, pickle.PickleError) as failure:
            self._is_hopeless = True
            self.close()
            raise NotBeside from failure

    def close(self) -> None:
        """End it; what it was given is done first."""
        process, self._process = self._process, None
        if process is None:
            return
        import subprocess

        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue
        try:
            process.wait(_SOON)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _begun(self) -> subprocess.Popen[bytes]:
        if self._is_hopeless:
            raise NotBeside
        if self._process is None:
            import subprocess

            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", _MODULE, str(self._path), str(self._busy_timeout)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,  # Ctrl+C is for this process, which ends the other in order
                )
            except OSError as failure:
                self._is_hopeless = True
                raise NotBeside from failure
        return self._process


def _result(stream: IO[bytes]) -> object:
    import pickle

    answer = pickle.load(stream)
    match answer:
        case ("done", result):
            return cast(object, result)
        case ("sqlite", code, words):
            error = sqlite3.OperationalError(words)
            error.sqlite_errorcode = code
            raise error
        case _:
            raise EOFError
