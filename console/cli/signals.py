"""The signals that ask a process to end: each ends a command as Ctrl+C does, with everything put in order."""

from __future__ import annotations

import signal

ENDING_SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN  # as under nohup
)


def end_in_order() -> None:
    """Let these signals raise KeyboardInterrupt, so that folders and stores are left as they should be."""
    for number in ENDING_SIGNALS:
        signal.signal(number, signal.default_int_handler)
