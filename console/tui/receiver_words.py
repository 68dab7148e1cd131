"""What the receiver is doing, in words: for the header, and for the status line when it does not listen."""

from __future__ import annotations

from dataclasses import replace
from datetime import tzinfo

from console.language import _
from console.operations.error_words import Explanation
from console.operations.wording import age_words, count_words, time_words
from console.receiver.states import Listening, PortTaken, Starting, State, Stopped, WhyStopped
from console.settings import AppType
from console.store.receivers import Receiving
from console.text import safe_text


def header_words(state: State, receiving: Receiving, rejected: int, now: float, zone: tzinfo | None) -> tuple[str, str]:
    """The receiver of this process, or who listens elsewhere, or since when nobody does; in more and in fewer words.

    Both are empty where nobody ever received: then there is nothing to say.
    """
    match state:
        case Starting():
            return _same(_("receiver starting"))
        case PortTaken():
            return _same(taken_words(state, short=True))
        case Stopped(why=why) if why not in (WhyStopped.NOT_STARTED, WhyStopped.STOPPED):
            return _same(_("receiver stopped: {why}").format(why=_short_why(why)))
    if isinstance(state, Listening):
        return _listening(str(state.at), receiving, rejected, now)
    if receiving.listening:
        return _listening(receiving.listening[0].address, receiving, rejected, now)
    if receiving.silent_since is not None:
        since = time_words(receiving.silent_since, zone, now)
        return _same(_("not receiving since {time}").format(time=since))
    return "", ""


def taken_words(state: PortTaken, *, short: bool = False) -> str:
    """Who has the port."""
    if not state.program:
        return _("port {port} taken").format(port=state.at.port)
    program = safe_text(state.program)
    if short or not state.pid:
        return _("port {port} taken by {program}").format(port=state.at.port, program=program)
    return _("port {port} taken by {program} (process {pid})").format(
        port=state.at.port, program=program, pid=state.pid
    )


def why_not_listening(state: PortTaken | Stopped, app_type: AppType) -> Explanation | None:
    """What to say of a receiver that does not listen; None where that is what the operator wanted."""
    if isinstance(state, PortTaken):
        return Explanation(
            taken_words(state),
            _("Two programs can't listen at one port. Perhaps another console of yours receives already."),
            _('End that program, or set another address in the profile: receiver = "127.0.0.1:PORT/callback".'),
            again=True,
        )
    if state.why in (WhyStopped.NOT_STARTED, WhyStopped.STOPPED):
        return None
    what = _("the receiver stopped: {why}").format(why=_short_why(state.why))
    if state.failure is None:
        return Explanation(what, _("It ended without being told to."), _("o in pane 2 starts it again."), again=True)
    from console.tui.faults import explained

    return replace(explained(state.failure, app_type), what=what)


def _listening(address: str, receiving: Receiving, rejected: int, now: float) -> tuple[str, str]:
    last = age_words(now - receiving.last_event_at) if receiving.last_event_at is not None else _("nothing yet")
    long = _("listening at {address}, last event {age}").format(address=safe_text(address), age=last)
    short = _("listening, {age}").format(age=last)
    if rejected:
        more = ", " + _("rejected {n}").format(n=count_words(rejected))
        return long + more, short + more
    return long, short


def _same(words: str) -> tuple[str, str]:
    return words, words


def _short_why(why: WhyStopped) -> str:
    return {
        WhyStopped.NOT_STARTED: _("not started"),
        WhyStopped.STOPPED: _("by you"),
        WhyStopped.SECRETS: _("no Token or key"),
        WhyStopped.KEY: _("Token or key wrong"),
        WhyStopped.STORE: _("store not writable"),
        WhyStopped.ADDRESS: _("address unusable"),
        WhyStopped.CRASHED: _("it crashed"),
    }[why]
