"""Small charts in letters: beside each other where it is wide, under each other where it is high."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from console.operations.charts import Chart
from console.operations.wording import count_words
from console.text import cell_width, crop, fit

_NARROWEST = 24
"""Cells of a chart that still says something."""
_LABEL, _NUMBER = 9, 7


class Charts(Widget):
    """All charts, each with as many bars as there is room for."""

    def __init__(self) -> None:
        super().__init__(id="charts")
        self._charts: tuple[Chart, ...] = ()

    def show(self, charts: Sequence[Chart]) -> None:
        """Draw these."""
        self._charts = tuple(charts)
        self.refresh()

    def render(self) -> Content:
        """Columns or blocks of exactly the widget's width."""
        width, height = self.size
        charts = self._charts
        if not charts or width < _NARROWEST or height < 2:
            return Content("")
        side_by_side = width >= len(charts) * _NARROWEST and width > 2 * height
        if side_by_side:
            each = width // len(charts)
            columns = [_drawn(chart, each - 1, height) for chart in charts]
            return Content(
                "\n".join(" ".join(fit(line, each - 1) for line in row) for row in zip(*columns, strict=True))
            )
        each = height // len(charts)
        return Content("\n".join(line for chart in charts for line in _drawn(chart, width, each)))


def _drawn(chart: Chart, width: int, height: int) -> list[str]:
    """A title and bars, exactly `height` lines."""
    title = f"-- {chart.title} "
    lines = [crop(title + "-" * max(0, width - cell_width(title)), width, mark="")]
    bars = chart.bars[: height - 1]
    most = max((bar.value for bar in bars), default=0)
    room = max(1, width - _LABEL - _NUMBER - 3)
    for bar in bars:
        filled = max(1 if bar.value else 0, round(room * bar.value / most)) if most else 0
        lines.append(f" {fit(bar.label, _LABEL)} {fit('#' * filled, room)} {count_words(bar.value):>{_NUMBER}}")
    return [*lines, *[""] * (height - len(lines))]
