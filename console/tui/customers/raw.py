"""What WeCom returned about a customer, as it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from console.text import json_lines

if TYPE_CHECKING:
    from console.operations.detail import Detail


def show_raw(app: App[object], detail: Detail, *, masked: bool) -> None:
    """Open the merged answer as JSON; masked where nobody's data may be seen."""
    from console.operations.detail import detail_document, masked_document
    from console.tui.dialogs.reader import Reader

    document = detail_document(detail)
    app.push_screen(Reader("JSON", json_lines(masked_document(document) if masked else document)))
