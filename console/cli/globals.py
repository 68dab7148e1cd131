"""What was asked for every command, and by the app that is started without one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Globals:
    """What was asked for all commands; `profile` and `operator` are None where the settings decide."""

    profile: str | None = None
    read_only: bool = False
    ascii: bool = False
    operator: str | None = None
