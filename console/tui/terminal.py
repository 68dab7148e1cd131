"""A terminal that sends what is no text, or is closed while the app draws, must not end or hang the app."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from textual.driver import Driver
from textual.message import Message

from console.language import _

if TYPE_CHECKING:
    from textual.app import App


class NotUnderstood(Message):
    """Typed bytes that could not be read; `words` says so to the operator."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class _Closable:
    """A terminal to write to: what is written after it was closed goes nowhere.

    Textual's writing thread dies of an error, and then whoever draws waits for it for ever.
    """

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._terminal.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._terminal.flush()

    def fileno(self) -> int:
        return self._terminal.fileno()


def patient(driver: type[Driver]) -> type[Driver]:
    """The same driver, which goes on after bytes that are no UTF-8, such as GBK, and when its terminal is closed."""
    if driver.__name__ != "LinuxDriver":
        return driver
    from textual.drivers.linux_driver import LinuxDriver  # here: Windows cannot load it

    class PatientDriver(LinuxDriver):
        def __init__(
            self,
            app: App[object],
            *,
            debug: bool = False,
            mouse: bool = True,
            size: tuple[int, int] | None = None,
        ) -> None:
            super().__init__(app, debug=debug, mouse=mouse, size=size)
            assert self._file is not None, "there is a terminal"
            self._file = _Closable(self._file)  # type: ignore[assignment]

        def run_input_thread(self) -> None:
            while True:
                try:
                    super().run_input_thread()
                    return
                except UnicodeDecodeError:
                    words = _("What the terminal sent is not UTF-8. Set its encoding to UTF-8, then type it again.")
                    self._app.post_message(NotUnderstood(words))

    return PatientDriver
