"""A name for this process that no other has: in the store it says who listens, and who does what."""

from __future__ import annotations

import os
from secrets import token_hex


def process_name(what: str) -> str:
    """`what` (app, receive) with the process's number, and some chance, since numbers come again."""
    return f"{what} {os.getpid()} {token_hex(3)}"
