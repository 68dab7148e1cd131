"""Files and folders that only their owner may read."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from console.store.errors import StoreFailure, StoreReadOnly, StoreUnavailable

_COMPANIONS = ("", "-wal", "-shm")


def make_private(path: Path) -> bool:
    """Make the file and its folder if needed, for the owner alone; true when the file is new.

    SQLite gives the -wal and -shm files the mode of the main file, so it must be right before the first
    connection. An existing file is tightened. Raises `StoreReadOnly` or `StoreUnavailable`.
    """
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700, parents=True)
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            _tighten(path)
            return path.stat().st_size == 0
        return True
    except OSError as error:
        raise _failure(path, error) from error


def _tighten(path: Path) -> None:
    for companion in _COMPANIONS:
        file = path.with_name(path.name + companion)
        # Somebody else's file that we may nevertheless use keeps its mode.
        with suppress(FileNotFoundError, PermissionError):
            if file.stat().st_mode & 0o077:
                file.chmod(0o600)


def _failure(path: Path, error: OSError) -> StoreFailure:
    kind = StoreReadOnly if isinstance(error, PermissionError) or error.errno == errno.EROFS else StoreUnavailable
    return kind(path, error.strerror or str(error))
