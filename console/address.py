"""Where a callback receiver listens; the settings and the command line say it in one text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

DEFAULT_PORT = 8765
DEFAULT_PATH = "/callback"


@dataclass(frozen=True, slots=True)
class Address:
    """Host, port (0: any that is free) and path, the last with its slash."""

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    path: str = DEFAULT_PATH

    @classmethod
    def read(cls, written: str) -> Self:
        """Read HOST:PORT or HOST:PORT/PATH; an IPv6 host stands in brackets. Raises ValueError."""
        where, slash, path = written.partition("/")
        host, colon, port = where.rpartition(":")
        if not colon or not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
            raise ValueError(written)
        if host.startswith("[") != host.endswith("]") or (":" in host and not host.startswith("[")):
            raise ValueError(written)
        return cls(host.strip("[]"), int(port), slash + path if slash else DEFAULT_PATH)

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        import ipaddress  # here: the first paint reads addresses and asks none of them

        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def is_ipv6(self) -> bool:
        """Whether the host is an IPv6 address."""
        return ":" in self.host

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if self.is_ipv6 else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL to call on this machine."""
        return f"http://{self}{self.path}"


USUAL = Address()
