"""What can go wrong with the store, as types: a caller never meets an sqlite3 exception."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StoreFailure(Exception):
    """The store could not do what was asked; `path` is its file, `detail` SQLite's own words."""

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(path, detail)
        self.path = path
        self.detail = detail

    def __str__(self) -> str:
        return f"{type(self).__name__}: {self.path}" + (f" ({self.detail})" if self.detail else "")


class StoreLocked(StoreFailure):
    """Another console held the file for longer than the time allowed."""


class StoreFull(StoreFailure):
    """The disk (or the quota) has no room left."""


class StoreCorrupt(StoreFailure):
    """The file is damaged, or is no store of this program."""


class StoreReadOnly(StoreFailure):
    """The file or its folder may not be written."""


class StoreUnavailable(StoreFailure):
    """The file can't be opened or read at all: no such folder, no rights, an input/output error."""


class StoreClosed(StoreFailure):
    """The store was closed before this could be done."""


class StoreTooNew(StoreFailure):
    """The file was written by a newer console: `found` is its version, `known` the newest known here."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        StoreFailure.__init__(self, path, f"version {found}, known up to {known}")
        self.args = (path, found, known)
        self.found = found
        self.known = known


_BY_CODE: dict[int, type[StoreFailure]] = {
    sqlite3.SQLITE_BUSY: StoreLocked,
    sqlite3.SQLITE_LOCKED: StoreLocked,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_CORRUPT: StoreCorrupt,
    sqlite3.SQLITE_NOTADB: StoreCorrupt,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_PERM: StoreReadOnly,
    sqlite3.SQLITE_CANTOPEN: StoreUnavailable,
    sqlite3.SQLITE_IOERR: StoreUnavailable,
}


def typed(error: sqlite3.Error, path: Path) -> StoreFailure:
    """The failure that stands for an sqlite3 exception."""
    code = getattr(error, "sqlite_errorcode", None)
    kind = StoreFailure if code is None else _BY_CODE.get(code & 0xFF, StoreFailure)
    return kind(path, str(error))


@contextmanager
def typed_errors(path: Path) -> Iterator[None]:
    """Raise a `StoreFailure` for any sqlite3 exception of the block."""
    try:
        yield
    except sqlite3.Error as error:
        raise typed(error, path) from error
