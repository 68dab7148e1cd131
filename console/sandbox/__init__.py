"""A WeCom on loopback over real HTTP, for the demo, the tests, and anyone's client."""

from __future__ import annotations

from console.sandbox.options import AppKind, Credentials, Options
from console.sandbox.sandbox import Sandbox

__all__ = ["AppKind", "Credentials", "Options", "Sandbox"]
