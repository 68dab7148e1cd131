"""The welcome that can still be sent, in the first tab of an event: the seconds, the template, the text."""

from __future__ import annotations

from collections.abc import Iterator

from console.language import _
from console.operations.welcome.countdown import seconds_left
from console.operations.welcome.templates import templates_for, text_of
from console.operations.welcome.words import seconds_bar
from console.session import Session
from console.store.event_rows import EventRow, WelcomeState
from console.text import safe_lines, safe_text
from console.tui.feed.told import Told
from console.tui.rows import Toned


def welcome_told(session: Session, row: EventRow) -> Iterator[Told]:
    """Its lines; none without a code, or when it was used or is too old."""
    left = seconds_left(row, session.clock(), session.clock_skew)
    if not left or row.welcome.state is not WelcomeState.OPEN:
        return
    yield Told(_("welcome"), is_title=True)
    words = _("{n} s left").format(n=round(left))
    yield Told(_("time"), Toned(f"{words}  {seconds_bar(left)}", "changed"))
    templates = templates_for(session.settings.welcome, session.profile.name, row.event.state)
    if not templates:
        yield Told(_("template"), _("none yet; w says how to add one"))
        return
    userid = row.event.userid or ""
    yield Told(_("template"), safe_text(templates[0].name))
    for place, line in enumerate(safe_lines(text_of(templates[0], session.name_of(userid) or userid))):
        yield Told(_("text") if place == 0 else "", line)
    yield Told(value=_("w shows it once more, and sends it; Left and Right change the template there."))
    yield Told(value=_("Another app may be first: what WeCom answers counts."))
