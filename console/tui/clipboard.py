"""Copy, and say truthfully where to: the system's clipboard when it can be read back, else the terminal."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from enum import StrEnum

from console.language import _

LIMIT_SECONDS = 2.0


class CopiedTo(StrEnum):
    """Where a text went, and how sure that is."""

    CLIPBOARD = "clipboard"
    TERMINAL = "terminal"
    TERMINAL_OVER_SSH = "terminal over ssh"


def copied_words(copied: CopiedTo) -> str:
    """What to say of a copy in the operator's language, with a place for the `{text}`."""
    return {
        CopiedTo.CLIPBOARD: _("Copied and checked: {text}"),
        CopiedTo.TERMINAL: _("Handed to the terminal to copy, which can't be confirmed: {text}"),
        CopiedTo.TERMINAL_OVER_SSH: _("Handed to the terminal to copy (can't be confirmed over SSH): {text}"),
    }[copied]


async def copy(text: str, to_terminal: Callable[[str], None]) -> CopiedTo:
    """Copy to the system's clipboard and read it back; where there is none, hand the text to the terminal (OSC 52).

    Over SSH the system's clipboard is on the wrong machine, so the terminal gets it. A terminal never confirms.
    """
    if _over_ssh():
        to_terminal(text)
        return CopiedTo.TERMINAL_OVER_SSH
    if _has_native() and await asyncio.to_thread(_copied_natively, text):
        return CopiedTo.CLIPBOARD
    to_terminal(text)
    return CopiedTo.TERMINAL


def _over_ssh() -> bool:
    return bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))


def _has_native() -> bool:
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform in {"darwin", "win32"} or bool(display)


def _copied_natively(text: str) -> bool:
    """Whether the clipboard holds `text` afterwards; a tool that hangs is left behind on a daemon thread."""
    outcome: list[bool] = []

    def attempt() -> None:
        import pyperclip

        try:
            pyperclip.copy(text)
            outcome.append(pyperclip.paste() == text)
        except pyperclip.PyperclipException:
            outcome.append(False)

    thread = threading.Thread(target=attempt, daemon=True, name="clipboard")
    thread.start()
    thread.join(LIMIT_SECONDS)
    return bool(outcome and outcome[0])
