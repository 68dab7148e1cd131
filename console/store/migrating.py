"""Bringing a store file to the newest version: numbered SQL files, forward only, a copy kept beside."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from console.store.errors import StoreCorrupt, StoreTooNew
from console.store.files import make_private

FOLDER = Path(__file__).with_name("migrations")


class Migration(NamedTuple):
    """One step: brings a file from version `number - 1` to `number`."""

    number: int
    file: Path

    def statements(self) -> Iterator[str]:
        """The SQL statements of the step, one by one (sqlite3's executescript would commit first)."""
        statement = ""
        for line in self.file.read_text(encoding="utf-8").splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                yield statement
                statement = ""


def migrations_in(folder: Path = FOLDER) -> list[Migration]:
    """The steps in a folder of NNNN_name.sql files, in order."""
    names = sorted(name for name in os.listdir(folder) if name.endswith(".sql"))
    return [Migration(int(name.split("_", 1)[0]), folder / name) for name in names]


def migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    """Apply the steps that the file lacks, in one transaction.

    A file that already holds data is first copied to `NAME.vN.bak` (mode 0600). Raises `StoreTooNew`, and
    `StoreCorrupt` when the file is a database of something else.
    """
    known = migrations[-1].number
    if _version(connection) == known:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = _version(connection)
        if found > known:
            raise StoreTooNew(path, found, known)
        if found == 0 and connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            raise StoreCorrupt(path, "a database of another program")
        if 0 < found < known:
            _keep_copy(path, found)
        for migration in migrations:
            if migration.number > found:
                for statement in migration.statements():
                    connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {known:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _keep_copy(path: Path, version: int) -> None:
    kept = path.with_name(f"{path.name}.v{version}.bak")
    unfinished = path.with_name(f"{kept.name}.part")
    unfinished.unlink(missing_ok=True)
    make_private(unfinished)
    source = sqlite3.connect(path)
    target = sqlite3.connect(unfinished)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    finally:
        target.close()
        source.close()
    os.replace(unfinished, kept)
