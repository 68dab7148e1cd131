"""One line of what is told of an event: a label and a value, or the title of the lines below it."""

from __future__ import annotations

from dataclasses import dataclass

from console.tui.rows import Cell


@dataclass(frozen=True, slots=True)
class Told:
    """Safe text. Without a label the value begins at the left; `is_title` puts it on a rule."""

    label: str = ""
    value: Cell = ""
    is_title: bool = False
