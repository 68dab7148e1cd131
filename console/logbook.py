"""The log: one small file of this user's, for faults; no secret and no escape sequence gets into it."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from console.settings import Home
from console.text import safe_lines

LEVEL_VARIABLE = "WECOM_CONSOLE_LOG"
"""`debug` in this environment variable logs every request; anything else logs faults only."""
LARGEST = 1_000_000
"""Bytes; the file before stays beside it, as `wecom-console.log.1`."""

_log = logging.getLogger("console")
_files: list[Path] = []


def open_log(home: Home, environ: Mapping[str, str] = os.environ) -> Path | None:
    """Send all that is logged to the log file, which is made when there is something to say.

    Faults that no code waits for (in threads, in destructors, in forgotten tasks) go there too, and not to the screen.
    The file's path, or None where it cannot be written; calling it again changes nothing.
    """
    file = _writable_file(home)
    root = logging.getLogger()
    if not any(isinstance(handler, (_LogFile, _Nowhere)) for handler in root.handlers):
        root.addHandler(_Nowhere() if file is None else _LogFile(file))
        root.setLevel(logging.DEBUG if environ.get(LEVEL_VARIABLE, "").lower() == "debug" else logging.WARNING)
        logging.captureWarnings(True)
        threading.excepthook = _note_thread
        sys.unraisablehook = _note_unraisable
        _files[:] = [file] if file else []
    return file


def note_fault(fault: BaseException) -> Path | None:
    """Write an unexpected fault down, with where it happened and without the values there; the file, if any."""
    _log.error("%s", type(fault).__name__, exc_info=fault)
    return _files[0] if _files else None


def log_file() -> Path | None:
    """Where faults are written; None before `open_log`, and where nothing can be written."""
    return _files[0] if _files else None


def _writable_file(home: Home) -> Path | None:
    try:
        file = home.log_file
        return file if os.access(file if file.exists() else file.parent, os.W_OK) else None
    except OSError:
        return None


class _Nowhere(logging.NullHandler):
    """Stands where no file can be written, so that nothing falls back to the screen."""


class _LogFile(logging.FileHandler):
    """Begins anew when it has grown; logging's own rotating handler is slow to load."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, encoding="utf-8", delay=True)
        self.setFormatter(_Redacted("%(asctime)s %(levelname)s %(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        if self.stream is not None and self.stream.tell() > LARGEST:
            self.stream.close()
            self.stream = None
            with suppress(OSError):  # another console may have done so at the same time
                os.replace(self.baseFilename, f"{self.baseFilename}.1")

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return TextIOWrapper(os.fdopen(descriptor, "ab"), encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk must not draw a traceback over the screen."""


class _Redacted(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """A record as safe lines without secrets, whichever library it came from."""
        from console.wecom.redact import redact  # here: the first paint needs no log

        return "\n".join(safe_lines(redact(super().format(record))))


def _note_thread(happened: threading.ExceptHookArgs) -> None:
    if happened.exc_value is not None and happened.exc_type is not SystemExit:
        note_fault(happened.exc_value)


def _note_unraisable(happened: sys.UnraisableHookArgs) -> None:
    if happened.exc_value is not None and not sys.is_finalizing():  # at the very end even logging is half gone
        note_fault(happened.exc_value)
