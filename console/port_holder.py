"""Which program listens on a port, where Linux's /proc tells it to this user."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_LISTENING = "0A"


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that listens."""

    pid: int
    program: str


def holder_of(port: int) -> Holder | None:
    """The process that listens on a TCP port of this machine; None where that cannot be known."""
    sockets = {f"socket:[{inode}]" for table in ("tcp", "tcp6") for inode in _listening(_PROC / "net" / table, port)}
    if not sockets:
        return None
    for process in _PROC.iterdir():
        if process.name.isdecimal() and _holds(process, sockets):
            return Holder(int(process.name), _name(process))
    return None


def _listening(table: Path, port: int) -> list[str]:
    """The inodes of the sockets that listen on the port; the columns are those of proc(5)."""
    try:
        rows = [line.split() for line in table.read_text().splitlines()[1:]]
    except OSError:
        return []
    return [row[9] for row in rows if row[3] == _LISTENING and int(row[1].rpartition(":")[2], 16) == port]


def _holds(process: Path, sockets: set[str]) -> bool:
    try:
        open_files = list((process / "fd").iterdir())
    except OSError:  # another user's, or it has just ended
        return False
    for open_file in open_files:
        with suppress(OSError):  # closed meanwhile
            if str(open_file.readlink()) in sockets:
                return True
    return False


def _name(process: Path) -> str:
    """The program alone, since its arguments may hold what is nobody's business."""
    with suppress(OSError):
        return (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
    return "?"
