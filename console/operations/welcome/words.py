"""How a welcome ended, in words."""

from __future__ import annotations

from console.language import _
from console.operations.explain import explain
from console.operations.welcome.automatic import Automatic
from console.operations.welcome.send import Verdict, WelcomeResult
from console.settings import AppType
from console.store.event_rows import EventRow, WelcomeState
from console.wecom.welcome import CODE_LIFE

BAR = 20


def result_words(result: WelcomeResult, app_type: AppType | None = None) -> str:
    """One sentence for the status line; what failed stands behind it."""
    said = {
        Verdict.SENT: _("The welcome was sent."),
        Verdict.ALREADY: _("Not needed any more: another app's welcome was first, or they are already talking."),
        Verdict.TOO_LATE: _("Too late: a welcome code lives for {n} seconds.").format(n=round(CODE_LIFE)),
        Verdict.TAKEN: _("Somebody else has sent this welcome, or is sending it."),
        Verdict.BLOCKED: _("Nothing was sent: this profile is read-only."),
        Verdict.REFUSED: _("WeCom refused the welcome."),
        Verdict.NOT_SENT: _("The welcome was not sent."),
        Verdict.UNCLEAR: _("No answer came, so the welcome may have arrived; it is not sent again."),
    }[result.verdict]
    if result.failure is None or result.verdict is Verdict.ALREADY:
        return said
    return _("{what} {why}").format(what=said, why=explain(result.failure, app_type=app_type).what)


def state_words(row: EventRow, left: float | None) -> str:
    """The column of an event with a code: seconds left, or how it ended; "" without a code, or with one unused."""
    match row.welcome.state:
        case WelcomeState.OPEN if left:
            return _("welcome {n}s").format(n=round(left))
        case WelcomeState.SENDING:
            return _("sending")
        case WelcomeState.SENT:
            return _("welcomed")
        case WelcomeState.FAILED:
            return _("failed")
        case WelcomeState.UNCLEAR:
            return _("unclear")
    return ""


def seconds_bar(left: float) -> str:
    """The seconds that a code still lives, as a bar of 22 cells."""
    full = round(left / CODE_LIFE * BAR)
    return "[" + "#" * full + "-" * (BAR - full) + "]"


def automatic_words(state: Automatic) -> str:
    """Whether welcomes are sent by rule."""
    return {
        Automatic.OFF: _("by hand (automatic welcomes are off in config.toml)"),
        Automatic.READ_ONLY: _("not at all: this profile is read-only"),
        Automatic.NEEDS_CONSENT: _("by hand: automatic welcomes wait for a typed consent"),
        Automatic.ON: _("by rule, at once"),
    }[state]
