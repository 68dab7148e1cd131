"""How much of a receiver one sender may use: seconds, bytes, connections."""

from __future__ import annotations

from dataclasses import dataclass

from console.wecom.callback.fields import LARGEST


@dataclass(frozen=True, slots=True)
class Limits:
    """WeCom itself sends a few hundred bytes at once, and gives up after five seconds.

    `head` and `body` are the seconds in which a request's head and body must have come; `connections` how many there
    are at once: one more takes the place of the one that has waited longest without asking for anything.
    """

    body_bytes: int = LARGEST
    head: float = 5.0
    body: float = 5.0
    connections: int = 200
