"""`wecom-console`: where the process begins and ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from console import __version__


def main() -> None:
    """Run the command that the process was started with, and end the process."""
    from console.cli.signals import end_in_order

    end_in_order()
    sys.exit(run(sys.argv[1:], os.environ))


def run(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run one command; the answer is its exit code. The version is told before anything else is loaded."""
    if list(argv) == ["--version"]:
        sys.stdout.write(f"wecom-console {__version__}\n")
        return 0
    from console.cli.running import run_command

    return run_command(argv, environ)
