"""The sheets of styles: the first screen's, and those that are read before what they are for is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.app import App

FIRST_SCREEN, PANES, DIALOGS = (
    Path(__file__).with_name(name) for name in ("console.tcss", "panes.tcss", "dialogs.tcss")
)


def read_styles(app: App[Any], *sheets: Path) -> None:
    """Read sheets that were not read yet, for all widgets that are made from now on."""
    fresh = [sheet for sheet in sheets if not app.stylesheet.has_source(str(sheet))]
    for sheet in fresh:
        app.stylesheet.read(sheet)
    if fresh:
        app.stylesheet.parse()
