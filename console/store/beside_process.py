"""`python -m console.store.beside_process FILE SECONDS`: the other end of `beside`, by pickles on stdin and stdout."""

from __future__ import annotations

import pickle
import sqlite3
import sys
from pathlib import Path

from console.store.beside import Work
from console.store.database import connect


def main(path: Path, busy_timeout: float) -> None:
    """Do one work after the other until there is no more to come."""
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    connection = connect(path, busy_timeout)
    connection.execute("PRAGMA cache_size = -16384")  # KiB; who writes much comes to the same pages again and again
    while True:
        try:
            work: Work[object] = pickle.load(given)
            parts: list[object] = []
            while (part := pickle.load(given)) is not None:
                parts.append(part)
        except EOFError:
            return
        pickle.dump(_done(connection, work, parts), answers)
        answers.flush()


def _done(connection: sqlite3.Connection, work: Work[object], parts: list[object]) -> tuple[object, ...]:
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(connection, parts)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    except sqlite3.Error as error:
        return "sqlite", error.sqlite_errorcode, str(error)
    except Exception as fault:
        return "fault", type(fault).__name__
    return "done", result


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), float(sys.argv[2]))
    except (OSError, KeyboardInterrupt):  # nobody is there to hear the answer
        sys.exit(1)
