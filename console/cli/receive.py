"""`wecom-console receive`: the callback receiver without a screen, with the effects of what it receives."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from console.address import Address
from console.cli.asking import can_ask
from console.cli.commands import Verb
from console.cli.ending import DONE, FAILED, USAGE, Refused, say
from console.cli.globals import Globals
from console.cli.opening import chosen_profile, profiles_of, settings_for
from console.cli.options import globals_of
from console.cli.output import print_json, print_line
from console.cli.questions import typed_line
from console.cli.signals import ENDING_SIGNALS
from console.language import _, system_words
from console.settings import Home, operator_of

if TYPE_CHECKING:
    from console.operations.welcome.send import WelcomeResult
    from console.receiver.states import PortTaken, State
    from console.reception import Reception
    from console.session import Session
    from console.store.event_rows import EventRow


def command() -> click.Command:
    """The one command."""
    return Verb(
        "receive",
        _receive,
        _(
            "Receive WeCom's callbacks until Ctrl+C or SIGTERM: each is verified, on disk before it is acknowledged, "
            "and then worked on. Prints one line when it listens. An app on the same store shows the events within a "
            "second."
        )
        + "\n\n"
        + _(
            "WeCom calls from outside, so a reverse proxy with TLS or a tunnel leads to it. That is why it listens to "
            "this machine alone, unless --host says otherwise."
        ),
        [
            click.Option(["--host"], metavar="HOST", help=_("Where to listen (default: 127.0.0.1, or the profile's).")),
            click.Option(
                ["--port"],
                type=click.IntRange(0, 65535),
                help=_("The port; 0 takes a free one (default: 8765, or the profile's)."),
            ),
            click.Option(["--path"], metavar="PATH", help=_("The path of the callback address (default: /callback).")),
        ],
        ["wecom-console receive --profile acme", "wecom-console receive --port 9000 --path /wecom/callback"],
    )


@click.pass_context
def _receive(context: click.Context, host: str | None, port: int | None, path: str | None, as_json: bool) -> int:
    return asyncio.run(_listen(globals_of(context), host, port, path, as_json=as_json))


async def _listen(wanted: Globals, host: str | None, port: int | None, path: str | None, *, as_json: bool) -> int:
    from console.logbook import open_log
    from console.reception import Reception

    home = Home.locate()
    settings = settings_for(home, wanted)
    profile = chosen_profile(settings, wanted)
    open_log(home)
    profiles = profiles_of(home, settings, asks=False)
    try:
        session = profiles.open(profile.name)
        ended = asyncio.Event()
        reception = Reception(
            session, profiles.secrets, what="receive", on_state=_ends_with(ended), on_welcome=_say_welcome
        )
        try:
            at = _address(profile.receiver, host, port, path)
            return await _run(reception, session, wanted, at, ended, as_json=as_json)
        finally:
            await reception.stop()
            await session.close()
    finally:
        profiles.close()


def _address(usual: Address, host: str | None, port: int | None, path: str | None) -> Address:
    at = replace(usual, host=host or usual.host, port=usual.port if port is None else port, path=path or usual.path)
    if not at.path.startswith("/"):
        raise Refused(_("The path of a callback address begins with a slash."), code=USAGE)
    return at


async def _run(
    reception: Reception,
    session: Session,
    wanted: Globals,
    at: Address,
    ended: asyncio.Event,
    *,
    as_json: bool,
) -> int:
    """Listen and work until a signal comes, or the receiver ends by itself; the exit code. Raises Refused."""
    from console.receiver.states import Listening

    _settle_automatic_welcomes(session, wanted)
    asked_to_end = _signals_set(ended)
    state = await reception.start(at)
    if not isinstance(state, Listening):
        raise _refusal(state, session.profile.name)
    if not state.at.is_loopback:
        say(_("Whoever reaches this computer can send requests here; only what WeCom has signed is taken."))
    _print_listening(reception, state.at, as_json=as_json)
    working = asyncio.create_task(reception.work())
    try:
        await ended.wait()
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
    if asked_to_end.is_set():
        return DONE
    say(_("The receiver ended by itself; details are in the log."))
    return FAILED


def _signals_set(ended: asyncio.Event) -> asyncio.Event:
    """Have the signals that ask for the end set both events; the answer is the one that nothing else sets."""
    asked = asyncio.Event()

    def ask() -> None:
        asked.set()
        ended.set()

    loop = asyncio.get_running_loop()
    for number in ENDING_SIGNALS:
        with suppress(NotImplementedError):  # Windows has no such handlers: Ctrl+C ends it as it ends any command
            loop.add_signal_handler(number, ask)
    return asked


def _ends_with(ended: asyncio.Event) -> Callable[[State], None]:
    def look(state: State) -> None:
        from console.receiver.states import Stopped, WhyStopped

        if isinstance(state, Stopped) and state.why is WhyStopped.CRASHED:
            ended.set()

    return look


def _print_listening(reception: Reception, at: Address, *, as_json: bool) -> None:
    if as_json:
        print_json({"listening": str(at), "url": at.url, "receiver": reception.name})
    else:
        print_line(_("listening at {url}").format(url=at.url))
    sys.stdout.flush()


def _refusal(state: State, profile: str) -> Exception:
    """Why nothing listens, as what is to be raised."""
    from console.receiver.states import PortTaken, Stopped, WhyStopped

    if isinstance(state, PortTaken):
        return _taken(state)
    failure = state.failure if isinstance(state, Stopped) else None
    if failure is None:
        return Refused(_("The receiver ended by itself; details are in the log."))
    if isinstance(state, Stopped) and state.why is WhyStopped.KEY:
        command = f"wecom-console secret set callback-token --profile {profile}"
        return Refused(
            _("Token or AES key do not have the form that WeCom gives them: {which}.").format(which=str(failure)),
            _("Give it again: {command}").format(command=command),
            USAGE,
        )
    if isinstance(failure, OSError):
        reason = system_words(failure)
        return Refused(_("Nobody can listen there: {reason}").format(reason=reason), code=USAGE)
    return failure


def _taken(state: PortTaken) -> Refused:
    if state.program and state.pid:
        what = _("port {port} taken by {program} (process {pid})").format(
            port=state.at.port, program=state.program, pid=state.pid
        )
    else:
        what = _("port {port} taken").format(port=state.at.port)
    return Refused(what, _("End that program, or take another port: --port N. Nothing is received now."))


def _settle_automatic_welcomes(session: Session, wanted: Globals) -> None:
    """Say whether welcomes are sent by rule; in production somebody has to type the profile's name first, once."""
    from console.operations.welcome.automatic import Automatic, agree, automatic_state
    from console.operations.welcome.words import automatic_words

    state = automatic_state(session.profile, session.settings.welcome, session.records)
    if state is Automatic.NEEDS_CONSENT and can_ask():
        asked = _("Production. Type the profile's name to have welcomes sent by rule, once for all ({name}): ")
        if typed_line(asked.format(name=session.profile.name)) == session.profile.name:
            agree(session.records, operator_of(session.settings, wanted.operator)).wait()
            state = Automatic.ON
    if state is not Automatic.OFF:
        say(_("Welcomes are sent {how}.").format(how=automatic_words(state)))


def _say_welcome(row: EventRow, result: WelcomeResult) -> None:
    from console.operations.welcome.words import result_words

    say(_("event {id}: {result}").format(id=f"#{row.id}", result=result_words(result)))
