"""A WeCom on loopback over real HTTP, for the demo, the tests, and anyone's client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.sandbox.options import AppKind, Credentials, Options

if TYPE_CHECKING:
    from console.sandbox.sandbox import Sandbox

__all__ = ["AppKind", "Credentials", "Options", "Sandbox"]


def __getattr__(name: str) -> object:
    """`Sandbox` is imported by whoever asks for it: the demo's first paint needs its options alone."""
    if name == "Sandbox":
        from console.sandbox.sandbox import Sandbox

        return Sandbox
    raise AttributeError(name)
