"""`python -m console.sandbox`: prints one JSON line of addresses and credentials, then serves."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import stat
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict

from console.sandbox.manual import MANUAL
from console.sandbox.options import Options
from console.sandbox.sandbox import Sandbox


def main(argv: Sequence[str] | None = None) -> int:
    """Serve as the arguments say until SIGTERM, Ctrl+C, or the end of a piped stdin; 1 if the port is taken."""
    usual = Options()
    parser = argparse.ArgumentParser(
        prog="python -m console.sandbox",
        description=__doc__,
        epilog=MANUAL,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default=usual.host)
    parser.add_argument("--port", type=int, default=usual.port)
    parser.add_argument("--staff", type=int, default=usual.staff)
    parser.add_argument("--customers", type=int, default=usual.customers)
    parser.add_argument("--largest", type=int, default=usual.largest)
    parser.add_argument("--even", action="store_true")
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--latency-ms", type=float, default=usual.latency_ms)
    parser.add_argument("--token-life", type=float, default=usual.token_life)
    parser.add_argument("--ambient", type=float, default=usual.ambient, help="how many things happen in a minute")
    try:
        options = Options(**vars(parser.parse_args(argv)))
    except ValueError as wrong:
        parser.error(str(wrong))
    return serve(options)


def serve(options: Options) -> int:
    """Print the JSON line and serve; the exit code."""
    try:
        asyncio.run(_serve(Sandbox(options)))
    except KeyboardInterrupt:
        return 0
    except OSError as failure:
        sys.stderr.write(f"{options.host}:{options.port}: {failure.strerror or failure}\n")
        return 1
    return 0


async def _serve(sandbox: Sandbox) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    async with sandbox.serving() as base_url:
        for number in (signal.SIGTERM, signal.SIGINT):
            try:
                loop.add_signal_handler(number, stop.set)
            except NotImplementedError:  # Windows ends the process itself
                continue
        line = json.dumps({"base_url": base_url, **asdict(sandbox.credentials)}, ensure_ascii=False)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        if _stdin_can_close():
            _watch_stdin(lambda: loop.call_soon_threadsafe(stop.set))
        await stop.wait()


def _stdin_can_close() -> bool:
    """Whether somebody holds the other end of stdin; a file or /dev/null is at its end from the start."""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or os.isatty(0)


def _watch_stdin(on_end: Callable[[], object]) -> None:
    def watch() -> None:
        try:
            while os.read(0, 4096):
                pass
        except OSError:
            pass
        on_end()

    threading.Thread(target=watch, name="stdin", daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
