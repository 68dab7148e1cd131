"""`wecom-console doctor`: what works, what does not, what to do about it and whom to ask."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from console.cli.commands import Verb
from console.cli.ending import DONE, TEMPORARY, say
from console.cli.globals import Globals
from console.cli.help_text import wrap_cells
from console.cli.opening import chosen_profile, settings_for
from console.cli.options import globals_of
from console.cli.output import print_json, print_line
from console.language import _, listed, ngettext
from console.settings import Home, Settings, SettingsError
from console.text import cell_width, fit

if TYPE_CHECKING:
    from console.operations.checkup import Check, Surroundings
    from console.session import Session

_TITLE_CELLS = 17
_ID_CELLS = 4
_WIDEST = 110
LONG_WAIT = 2.0
"""Seconds after which it is said that an answer is being waited for."""


def command() -> click.Command:
    """The one command."""
    return Verb(
        "doctor",
        _doctor,
        _(
            "Check this computer, the profile and what WeCom says to it, one thing after the other: what was tried, "
            "the answer, what to do and where. Nothing is changed, and no secret is shown: the output is made to be "
            "sent on. The exit code is 0 only if all that is needed works, 3 if what does not may pass by itself, "
            "else 1, as it is without a profile."
        ),
        [click.Option(["--review"], is_flag=True, help=_("Show the guide's review list R1-R15 too, for admins."))],
        ["wecom-console doctor", "wecom-console doctor --profile acme --review", "wecom-console doctor --json"],
    )


@click.pass_context
def _doctor(context: click.Context, review: bool, as_json: bool) -> int:
    return asyncio.run(_examine(globals_of(context), as_json=as_json, with_review=review))


async def _examine(wanted: Globals, *, as_json: bool, with_review: bool) -> int:
    from console.operations.checkup import check_document, check_up, exit_code, review

    checks: list[Check] = []
    async with _opened(wanted) as (session, around), aclosing(check_up(session, around)) as found:
        async for check in _patiently(found):
            checks.append(check)
            if as_json:
                print_json(check_document(check))
            else:
                _print_check(check)
            sys.stdout.flush()
    answers = review(checks)
    if as_json:
        for answer in answers:
            print_json(check_document(answer))
    elif with_review:
        print_line("")
        print_line(_("For admins: the guide's review list"))
        for answer in answers:
            _print_answer(answer)
    code = exit_code(checks)
    _say_summary(checks, code)
    return code


@asynccontextmanager
async def _opened(wanted: Globals) -> AsyncIterator[tuple[Session | None, Surroundings]]:
    """The session to check, None without a profile that can be used, and what is around it. Raises Refused."""
    from console.cli.terminal_probe import terminal_facts
    from console.credentials import OsKeyring, secrets_for
    from console.logbook import open_log
    from console.operations.checkup import Surroundings

    home = Home.locate()
    open_log(home)
    settings = _settings(home, wanted)
    keyring = OsKeyring()
    secrets = secrets_for(settings, keyring)
    around = Surroundings(home, secrets, keyring, terminal_facts(), sys.stdout.encoding, settings.ascii)
    if not settings.profiles:
        yield None, around
        return
    profile = chosen_profile(settings, wanted)

    from console.session import Profiles, connect_with
    from console.store import Store

    # A check-up keeps nothing, and a store that cannot be opened is one line of it and not its end. It shares no
    # token either: only asking for a new one shows that the secret is still the right one.
    with TemporaryDirectory(prefix="wecom-console-") as folder, closing(Store.open(Path(folder) / "none.db")) as store:
        session = Profiles(settings, store, connect_with(secrets)).open(profile.name)
        try:
            yield session, around
        finally:
            await session.close()


def _settings(home: Home, wanted: Globals) -> Settings:
    """The settings; none at all when something is wrong with them, which the check-up tells."""
    try:
        return settings_for(home, wanted)
    except SettingsError:
        return Settings(home.settings_file, ascii=wanted.ascii)


async def _patiently(checks: AsyncIterator[Check]) -> AsyncIterator[Check]:
    """The same checks; one that takes long is announced."""
    while True:
        coming = asyncio.ensure_future(anext(checks, None))
        ready, _late = await asyncio.wait([coming], timeout=LONG_WAIT)
        if not ready:
            say(_("Still waiting for an answer.."))
        if (check := await coming) is None:
            return
        yield check


def _print_check(check: Check) -> None:
    """What was tried and the answer behind state and title, then what to do and where."""
    parts = [_("{tried} -> {answer}").format(tried=check.tried, answer=check.answer)]
    if check.todo:
        parts.append(_("To do: {todo}").format(todo=check.todo))
    if check.where:
        parts.append(_("Where: {page}").format(page=check.where))
    _print_parts(check, fit(check.title, _TITLE_CELLS), parts)


def _print_answer(check: Check) -> None:
    """An answer of the review list: what it is about, then the test that holds it or what was found."""
    _print_parts(check, fit(check.id, _ID_CELLS), [check.title, check.test or check.answer])


def _print_parts(check: Check, head: str, parts: Sequence[str]) -> None:
    from console.operations.checkup import CheckState, state_words

    states = max(cell_width(state_words(state)) for state in CheckState)
    start = f"{fit(state_words(check.state), states)}  {head}  "
    room = min(shutil.get_terminal_size().columns, _WIDEST) - cell_width(start)
    for line in (line for part in parts for line in wrap_cells(part, max(room, 20))):
        print_line(start + line)
        start = " " * cell_width(start)


def _say_summary(checks: Sequence[Check], code: int) -> None:
    from console.operations.checkup import CheckState

    failed = [check.title for check in checks if check.needed and check.state is CheckState.FAILED]
    if code == DONE:
        say(_("All that is needed works."))
        return
    n = len(failed)
    words = ngettext(
        "{n} thing that is needed does not work: {titles}", "{n} things that are needed do not work: {titles}", n
    )
    say(words.format(n=n, titles=listed(failed)))
    if code == TEMPORARY:
        say(_("It may pass by itself: wait a little and try again."))
