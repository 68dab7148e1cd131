"""Sentences folded to the width that there is, Chinese ones between any two characters."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from console.tui.columns import fold


class FoldedText(Widget):
    """Safe lines, as high as they need to be."""

    def __init__(self, *lines: str, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._lines: tuple[str, ...] = lines

    def show(self, lines: Sequence[str]) -> None:
        """Show these lines in place of those before."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self.refresh(layout=True)

    def render(self) -> Content:
        """Each line folded by itself."""
        return Content("\n".join(self._folded(self.size.width)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the folded text has."""
        return len(self._folded(width))

    def _folded(self, width: int) -> list[str]:
        return [part for line in self._lines for part in fold(line, width) or [""]]
