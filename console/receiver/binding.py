"""Taking the address to listen at, or saying who has it."""

from __future__ import annotations

import errno
import os
import socket

from console.address import Address
from console.port_holder import holder_of
from console.receiver.states import PortTaken

_BACKLOG = 512


def bind(at: Address) -> socket.socket | PortTaken:
    """A socket that listens at the address, or who listens there already. Raises OSError for any other reason.

    From here on connections are taken in, so it is done last.
    """
    listener = socket.socket(socket.AF_INET6 if at.is_ipv6 else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # what has just ended there is no hindrance; on Windows this would share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((at.host, at.port))
        listener.listen(_BACKLOG)
        listener.setblocking(False)
    except OSError as failure:
        listener.close()
        if failure.errno != errno.EADDRINUSE:
            raise
        holder = holder_of(at.port)
        return PortTaken(at, holder.program, holder.pid) if holder else PortTaken(at)
    return listener


def bound_address(listener: socket.socket, at: Address) -> Address:
    """The address with the port that was really taken."""
    return Address(at.host, int(listener.getsockname()[1]), at.path)
