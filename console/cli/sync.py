"""`wecom-console sync`: all customers of all followers into the store, once or again and again."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from console.cli.commands import Verb
from console.cli.durations import Duration
from console.cli.ending import DONE, FAILED, INTERRUPTED, TEMPORARY, USAGE, Refused, say, say_failure
from console.cli.globals import Globals
from console.cli.opening import opened
from console.cli.options import globals_of
from console.cli.output import print_json
from console.cli.signals import ENDING_SIGNALS
from console.language import _
from console.text import cell_width, crop

if TYPE_CHECKING:
    from console.operations.sync.results import Summary, SyncResult
    from console.operations.sync.run import SyncRun
    from console.session import Session

ON_TERMINAL, ELSEWHERE = 0.5, 10.0
"""Seconds between two lines of progress."""


def command() -> click.Command:
    """The one command."""
    return Verb(
        "sync",
        _sync,
        _(
            "Read all followers and all their customers into the store, ten requests at a time. Ctrl+C stops it, and "
            "what was read stays: the next sync goes on behind the last finished follower. A follower that cannot be "
            "read keeps the customers that were known."
        ),
        [
            click.Option(["--every"], type=Duration(), metavar="TIME", help=_("Again and again, such as every 6h.")),
            click.Option(
                ["--follower", "followers"], multiple=True, metavar="USERID", help=_("Only this one; can be repeated.")
            ),
            click.Option(["--failed"], is_flag=True, help=_("Only those that could not be read the last time.")),
            click.Option(["--anew"], is_flag=True, help=_("From the beginning, even if one was stopped half-way.")),
        ],
        ["wecom-console sync", "wecom-console sync --every 6h", "wecom-console sync --failed --json"],
    )


@click.pass_context
def _sync(
    context: click.Context, every: float | None, followers: tuple[str, ...], failed: bool, anew: bool, as_json: bool
) -> int:
    if failed and (followers or every):
        raise Refused(_("--failed goes with neither --follower nor --every."), code=USAGE)
    return asyncio.run(_run(globals_of(context), every, followers, failed=failed, anew=anew, as_json=as_json))


async def _run(
    wanted: Globals, every: float | None, followers: Sequence[str], *, failed: bool, anew: bool, as_json: bool
) -> int:
    stop = _stop_signal()
    async with opened(wanted) as session:
        if failed:
            followers = [one.userid for one in session.records.syncs.failed()]
            if not followers:
                say(_("There is nobody who could not be read the last time."))
                return DONE
        if every is None:
            return await _once(session, followers, stop, anew=anew, as_json=as_json)
        return await _again_and_again(session, followers, stop, every, anew=anew, as_json=as_json)


async def _again_and_again(
    session: Session, only: Sequence[str], stop: asyncio.Event, every: float, *, anew: bool, as_json: bool
) -> int:
    """Until somebody asks for the end; one that fails does not keep the next from beginning."""
    while True:
        began = time.monotonic()
        try:
            code = await _once(session, only, stop, anew=anew, as_json=as_json)
        except Exception as failure:
            code = say_failure(failure)
            if code == USAGE:
                return code
        if stop.is_set():
            return code
        left = max(0.0, began + every - time.monotonic())
        say(_("The next sync begins in {time}.").format(time=_duration(left)))
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), left)
            return DONE


async def _once(session: Session, only: Sequence[str], stop: asyncio.Event, *, anew: bool, as_json: bool) -> int:
    """One sync with its progress; the exit code."""
    from console.operations.sync.documents import result_document
    from console.operations.sync.holder import holder_name
    from console.operations.sync.run import SyncRun

    run = SyncRun(await session.client(), session.records, holder_name("sync"))
    running = asyncio.create_task(run.run(only, anew=anew))
    telling = asyncio.create_task(_tell(run, as_json=as_json))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            run.stop()
        result = await running
    finally:
        telling.cancel()
        stopping.cancel()
        _end_line()
    if as_json:
        print_json(result_document(result))
    return _say_result(result, session)


def _stop_signal() -> asyncio.Event:
    """Set when somebody asks for the end: what is in flight is stored first."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in ENDING_SIGNALS:
        with suppress(NotImplementedError):  # Windows has no such handlers: Ctrl+C ends it as it ends any command
            loop.add_signal_handler(number, stop.set)
    return stop


async def _tell(run: SyncRun, *, as_json: bool) -> None:
    """Say how it goes: on a terminal on one line that changes, elsewhere a line now and then."""
    from console.operations.sync.documents import progress_document
    from console.operations.sync.words import progress_words

    on_terminal = sys.stderr.isatty()
    while True:
        await asyncio.sleep(ON_TERMINAL if on_terminal or as_json else ELSEWHERE)
        if as_json:
            print_json(progress_document(run.progress))
            sys.stdout.flush()
        elif on_terminal:
            sys.stderr.write(f"\r{_as_wide_as_the_terminal(progress_words(run.progress))}\x1b[K")
            sys.stderr.flush()
        else:
            say(progress_words(run.progress))


def _as_wide_as_the_terminal(words: str) -> str:
    from shutil import get_terminal_size

    return crop(words, max(20, get_terminal_size().columns - 1)) if cell_width(words) > 20 else words


def _end_line() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _say_result(result: SyncResult, session: Session) -> int:
    """Say how it ended, whom it could not read and what it found; the exit code."""
    from console.operations.sync.results import Complete, Incomplete, RunsElsewhere
    from console.operations.sync.words import changes_words, failure_words, result_words

    if isinstance(result, RunsElsewhere):
        raise Refused(result_words(result), _("Wait until it has ended, or end that program."), TEMPORARY)
    say(result_words(result))
    for reason, todo, userids in failure_words(result.summary.failed, session.profile.app_type):
        say(f"  {', '.join(userids)}: {reason}")
        if todo:
            say(f"    {todo}")
    if result.summary.changes:
        say(_("Since the last sync: {changes}.").format(changes=changes_words(result.summary.changes)))
    if isinstance(result, Complete):
        return DONE
    if isinstance(result, Incomplete):
        code = _code_of(result.summary)
        again = _("Only these again: {command}") if code == TEMPORARY else _("Then only these again: {command}")
        say(again.format(command="wecom-console sync --failed"))
        return code
    return INTERRUPTED if result.failure is None else say_failure(result.failure)


def _code_of(summary: Summary) -> int:
    """3 when all that failed may come right by itself, else 1."""
    return TEMPORARY if all(one.errcode is None for one in summary.failed) else FAILED


def _duration(seconds: float) -> str:
    from console.operations.sync.words import duration_words

    return duration_words(seconds)
