"""The second tab of an event: what this console, or another on the same store, has done because of it."""

from __future__ import annotations

from collections.abc import Iterator

from console.language import _
from console.operations.effects.words import effect_lines
from console.operations.wording import moment_words
from console.session import Session
from console.store.event_rows import EventRow, FeedRow, WelcomeState
from console.text import safe_text
from console.tui.feed.told import Told
from console.tui.rows import Cell, Toned


def effects_done(session: Session, row: FeedRow, *, masked: bool) -> Iterator[Told]:
    """Its lines."""
    if not isinstance(row, EventRow):
        yield Told(value=_("Nothing follows from this row."))
    else:
        for line in effect_lines(
            row, zone=session.zone, name_of=session.name_of, app_type=session.profile.app_type, masked=masked
        ):
            yield Told(value=line)
        if row.effect.tries > 1:
            yield Told(_("tries"), str(row.effect.tries))
        yield from _welcome(session, row)
        if row.seen_at is not None:
            yield Told(_("seen"), moment_words(row.seen_at, session.zone))
    yield Told(_("receiver"), safe_text(row.receiver))


def _welcome(session: Session, row: EventRow) -> Iterator[Told]:
    welcome = row.welcome
    if welcome.state is WelcomeState.NONE:
        return
    words: dict[WelcomeState, Cell] = {
        WelcomeState.OPEN: _("not sent from here"),
        WelcomeState.SENDING: _("being sent"),
        WelcomeState.SENT: _("sent"),
        WelcomeState.FAILED: Toned(_("failed"), "error"),
        WelcomeState.UNCLEAR: Toned(_("it left, and what became of it is not known"), "changed"),
    }
    yield Told(_("welcome"), is_title=True)
    yield Told(_("state"), words[welcome.state])
    if welcome.by and welcome.at is not None:
        yield Told(_("by"), f"{safe_text(welcome.by)}  {moment_words(welcome.at, session.zone)}")
