"""How far the effects of an event are, in a word; the seconds that a welcome code still lives come first."""

from __future__ import annotations

from console.language import _
from console.operations.effects.outcome import Outcome
from console.operations.effects.words import outcome_of, outcome_words
from console.operations.welcome.countdown import seconds_left
from console.operations.welcome.words import state_words
from console.store.event_rows import EventRow, WelcomeState
from console.text import cell_width
from console.tui.rows import Cell, Tone, Toned
from console.wecom.callback.events import Kind

SHORTEST = 7
_TONES: dict[Outcome | None, Tone] = {
    None: "muted",
    Outcome.OURS: "info",
    Outcome.WAITING: "muted",
    Outcome.NOT_KEPT: "changed",
    Outcome.UNREAD: "error",
}
_WELCOME_TONES: dict[WelcomeState, Tone] = {
    WelcomeState.OPEN: "changed",
    WelcomeState.SENDING: "info",
    WelcomeState.SENT: "added",
    WelcomeState.FAILED: "error",
    WelcomeState.UNCLEAR: "changed",
}


def effect_width() -> int:
    """The cells that its column needs for the longest of its words."""
    words = (_("welcome {n}s").format(n=20), _("welcomed"), _("maybe ours"), _("tried again"), _("not kept"))
    return max(SHORTEST, *map(cell_width, words))


def effect_cell(row: EventRow, now: float, skew: float | None) -> Cell:
    """The column at the right: what is to be done, what was done, or that it is waited for."""
    if row.event.kind is Kind.TRANSFER_FAILED:
        return Toned(_("to do"), "error") if row.seen_at is None else Toned(_("seen"), "muted")
    return _welcome_cell(row, now, skew) or _outcome_cell(row)


def _welcome_cell(row: EventRow, now: float, skew: float | None) -> Cell:
    words = state_words(row, seconds_left(row, now, skew))
    return Toned(words, _WELCOME_TONES[row.welcome.state]) if words else ""


def _outcome_cell(row: EventRow) -> Cell:
    words, outcome = outcome_words(row), outcome_of(row)
    return Toned(words, _TONES[outcome]) if outcome in _TONES and words != "-" else words
