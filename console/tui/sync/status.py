"""How the sync goes or ended, in a few lines."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from console.language import _, joined
from console.operations.sync.progress import Progress
from console.operations.sync.words import duration_words, pace_words
from console.operations.wording import count_words
from console.text import cell_width, fit
from console.tui.columns import fold

_MOST_LINES = 4


class SyncStatus(Widget):
    """A bar and numbers while it runs; what was read, found and not read when it has ended."""

    def __init__(self) -> None:
        super().__init__(id="sync-status")
        self._progress: Progress | None = None
        self._lines: tuple[str, ...] = ()

    def show_progress(self, progress: Progress) -> None:
        """Show where it is."""
        self._progress = progress
        self.refresh()

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these sentences in place of a progress."""
        self._progress, self._lines = None, tuple(lines)
        self.refresh()

    def render(self) -> Content:
        """Lines of at most the widget's width."""
        width = max(1, self.size.width - 2)
        lines = (
            [part for line in self._lines for part in fold(line, width)]
            if self._progress is None
            else _progress_lines(self._progress, width)
        )
        return Content("\n".join(f" {line}" for line in lines[: self.size.height or _MOST_LINES]))


def _progress_lines(progress: Progress, width: int) -> list[str]:
    if not progress.followers:
        return [_("reading the followers")]
    done = progress.done + progress.failed
    numbers = _("{done} of {n} followers").format(done=count_words(done), n=count_words(progress.followers))
    bar = max(5, width - cell_width(numbers) - 4)
    filled = bar * done // progress.followers
    rate = [
        _("{n} relations").format(n=count_words(progress.relations + progress.before)),
        _("{n} requests").format(n=count_words(progress.requests)),
        _("{n} requests a second").format(n=round(progress.per_second)),
        _("{n} in flight").format(n=progress.in_flight),
    ]
    if progress.most_in_flight < 10:
        rate.append(_("{n} at most (45033)").format(n=progress.most_in_flight))
    times = [_("since {time}").format(time=duration_words(progress.seconds)), pace_words(progress)]
    if progress.failed:
        times.append(_("{n} not read").format(n=progress.failed))
    return [
        f"[{'#' * filled}{'-' * (bar - filled)}] {fit(numbers, cell_width(numbers))}",
        joined(rate),
        joined(one for one in times if one),
    ]
