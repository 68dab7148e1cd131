"""Run one command: the language is picked before any word is said, and how it ended becomes an exit code.

Exit codes: 0 done, 1 refused or failed, 2 usage or settings, 3 temporary, 4 conflict, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

import click

from console.cli.ending import INTERRUPTED, say_failure
from console.language import choose, install
from console.settings import Home, configured_language


def run_command(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run the command that `argv` asks for; the answer is its exit code."""
    install(choose(argv, environ, configured_language(Home.locate(environ))))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a GBK terminal cannot show every name
    from console.cli.root import root_command  # here: it has words

    try:
        with root_command().make_context("wecom-console", list(argv)) as context:
            code = context.command.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return 0
    except Exception as failure:
        return say_failure(failure)
    return code if isinstance(code, int) else 0


def _forget_stdout() -> None:
    """Whoever read our output has gone: what is still buffered goes nowhere, quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
