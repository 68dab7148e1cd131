"""Who runs a sync: a name that says the process and the computer, and whether that process can still be alive."""

from __future__ import annotations

from dataclasses import dataclass
from platform import node

from console.operations.remark.recover import process_lives
from console.process_name import process_name


@dataclass(frozen=True, slots=True)
class Holder:
    """A holder's name taken apart: `what` it is (app, sync), its process, its computer."""

    what: str
    process: int | None
    computer: str


def holder_name(what: str) -> str:
    """A name for this process, as no other has it."""
    return f"{process_name(what)} {node()}"


def holder_of(name: str) -> Holder:
    """The parts of a name; what is no such name is all `what`."""
    parts = name.split(" ", 3)
    if len(parts) != 4 or not parts[1].isdecimal():
        return Holder(name, None, "")
    return Holder(parts[0], int(parts[1]), parts[3])


def is_dead(name: str) -> bool:
    """Whether a holder was a process of this computer that no longer runs."""
    holder = holder_of(name)
    return holder.process is not None and holder.computer == node() and not process_lives(holder.process)
