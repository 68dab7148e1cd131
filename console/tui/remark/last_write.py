"""The last write in the status line: how it goes, how it ended, and whose Enter, e and r are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp
    from console.tui.remark.result import Result


class LastWrite:
    """One write at a time; its result stands in the status line until the next."""

    def __init__(self, app: Callable[[], ConsoleApp]) -> None:
        self._app = app
        self._is_undisturbed = False
        self.result: Result | None = None
        """How it ended; None when nothing was written in this session."""
        self.is_under_way = False

    def begin(self, words: str) -> None:
        """A write begins; from now on other keys mean that the operator does something else."""
        self.is_under_way = self._is_undisturbed = True
        self.tell(words)

    def tell(self, words: str) -> None:
        """Say where it is."""
        self._app().status.show_result(words)

    def end(self, result: Result) -> None:
        """Say how it ended."""
        self.is_under_way = False
        self.result = result
        self.show()

    def forget(self, words: str) -> None:
        """There is nothing to go on from; say so."""
        self.result = None
        self.tell(words)

    def show(self, *, with_keys: bool = True) -> None:
        """Say how it ended, and with which keys to go on."""
        if self.result is not None:
            app = self._app()
            keys = self.result.key_words(app.key_words, fresh=self._is_undisturbed) if with_keys else ()
            app.status.show_result(self.result.words, keys, failed=not self.result.is_success)

    def offers(self, action: str) -> bool:
        """Whether Enter, e or r is the result's now: it has use for it, and nothing else was done since the write."""
        if not self._is_undisturbed or self.is_under_way or self.result is None or self._in_dialog:
            return False
        return action in self.result.actions

    def disturb(self) -> None:
        """Another key was pressed: Enter, e and r have their usual meaning again."""
        if self._is_undisturbed and not self._in_dialog:
            self._is_undisturbed = False
            if not self.is_under_way:
                self.show()

    @property
    def has_more_to_say(self) -> bool:
        """Whether it left something to be decided or looked at."""
        return self.result is not None and not self.result.is_success

    @property
    def _in_dialog(self) -> bool:
        return len(self._app().screen_stack) > 1
