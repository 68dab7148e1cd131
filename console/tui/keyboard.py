"""What is typed on a terminal that does not speak UTF-8 is lost, but it does not end the app."""

from __future__ import annotations

from textual.driver import Driver
from textual.message import Message

from console.language import _


class NotUnderstood(Message):
    """Typed bytes that could not be read; `words` says so to the operator."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


def patient(driver: type[Driver]) -> type[Driver]:
    """The same driver, which goes on reading after bytes that are no UTF-8, such as GBK from an old terminal."""
    if driver.__name__ != "LinuxDriver":
        return driver
    from textual.drivers.linux_driver import LinuxDriver  # here: Windows cannot load it

    class PatientDriver(LinuxDriver):
        def run_input_thread(self) -> None:
            while True:
                try:
                    super().run_input_thread()
                    return
                except UnicodeDecodeError:
                    words = _("What the terminal sent is not UTF-8. Set its encoding to UTF-8, then type it again.")
                    self._app.post_message(NotUnderstood(words))

    return PatientDriver
