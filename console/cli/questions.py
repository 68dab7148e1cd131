"""Questions to whoever sits before the terminal: on stderr, answered on stdin, and no is the answer of silence."""

from __future__ import annotations

import sys
import unicodedata

from console.cli.asking import interruptible
from console.text import safe_text


def typed_line(question: str) -> str:
    """What is typed after a question; "" at the end of the input. Raises KeyboardInterrupt at Ctrl+C."""
    sys.stderr.write(safe_text(question))
    sys.stderr.flush()
    with interruptible():
        return sys.stdin.readline().strip()


def agrees(question: str) -> bool:
    """Whether the answer is yes; anything else is no, and so is nothing."""
    answer = unicodedata.normalize("NFKC", typed_line(f"{question} [y/N] "))
    return answer.casefold() in ("y", "yes", "是")
