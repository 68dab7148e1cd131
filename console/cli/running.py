"""Run one command: the language is picked before any word is said, and how it ended becomes an exit code.

Exit codes: 0 done, 1 refused or failed, 2 usage or settings, 3 temporary, 4 conflict, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from console.cli.ending import INTERRUPTED, say_failure, say_usage
from console.language import choose, install
from console.settings import Home, configured_language


def run_command(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run the command that `argv` asks for; the answer is its exit code."""
    install(choose(argv, environ, configured_language(Home.locate(environ))))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a GBK terminal cannot show every name
    try:
        code = _run(argv) if argv else _run_app()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return 0
    except Exception as failure:
        return say_failure(failure)
    return code


def _run_app() -> int:
    """The app as it is started most: without a word to be taken apart, and so without what does that."""
    from console.cli.app import run_app
    from console.cli.globals import Globals

    return run_app(Globals())


def _run(argv: Sequence[str]) -> int:
    import click

    from console.cli.root import root_command  # here: it has words

    try:
        with root_command().make_context("wecom-console", list(argv)) as context:
            code = context.command.invoke(context)
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as failure:
        return say_usage(failure)
    return code if isinstance(code, int) else 0


def _forget_stdout() -> None:
    """Whoever read our output has gone: what is still buffered goes nowhere, quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
