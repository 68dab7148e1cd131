"""A customer's timeline in words: where an entry is from, who it was, what happened, and its number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import NamedTuple

from console.language import _, joined, ngettext
from console.operations.effects.outcome import note_of
from console.operations.effects.words import change_words
from console.operations.event_people import EventPeople
from console.operations.event_words import changes_found, event_line, kind_words
from console.operations.remark.outcome_words import stored_verdict_words
from console.operations.remark.plan_words import side_by_side
from console.operations.remark.reply import entry_changes
from console.operations.timeline import Added, Different, Entry, Happened, Missed, Silent, Welcomed, Written
from console.operations.welcome.send import Verdict
from console.operations.wording import add_way_words, time_words
from console.store.sync_changes import Kind
from console.store.welcomes import WelcomeEntry
from console.text import safe_text

NameOf = Callable[[str], str]
"""What a follower is called by their userid, "" where that is not known."""


class EntryWords(NamedTuple):
    """Safe text, never masked; `source` is event, own write, sync or read."""

    source: str
    who: str
    what: str
    number: str


def source_words() -> tuple[str, ...]:
    """All that `source` can be."""
    return _("event"), _("own write"), _("welcome"), _("read"), _("sync")


def entry_words(entry: Entry, name_of: NameOf, zone: tzinfo | None) -> EntryWords:
    """One entry."""
    who = _name(entry.userid, name_of)
    match entry:
        case Happened(row=row):
            note = note_of(row)
            others = tuple(safe_text(name_of(userid) or userid) for userid in note.others)
            people = EventPeople(who, others=others, add_way=note.add_way)
            said = event_line(row.event, people, changes_found(row))
            return EntryWords(_("event"), who, _joined(kind_words(row.event.kind), said), f"e{row.id}")
        case Written(entry=written):
            what = _joined(side_by_side(entry_changes(written)), stored_verdict_words(written.outcome))
            return EntryWords(_("own write"), safe_text(written.draft.operator), what, f"#{written.id}")
        case Welcomed(entry=welcome):
            by = safe_text(welcome.draft.operator) or _("by rule")
            return EntryWords(_("welcome"), by, _welcome_words(welcome), f"w{welcome.id}")
        case Added(add_way=way, state=state):
            source = "" if way is None else f"{way} {add_way_words(way)}"
            return EntryWords(_("read"), who, _joined(_("added, by WeCom's own date"), source, safe_text(state)), "")
        case Missed():
            return EntryWords(_("read"), who, _("no longer there; no event told of it"), "")
        case Different():
            found = _difference_words(entry, name_of)
            return EntryWords(_("sync"), who, found, f"s{entry.id}")
        case Silent():
            return EntryWords("-", "-", _silent_words(entry, zone), "")


def _difference_words(entry: Different, name_of: NameOf) -> str:
    match entry.kind:
        case Kind.NEW:
            return _("a new customer of theirs")
        case Kind.GONE:
            return _("no longer there")
        case Kind.MOVED:
            return _("moved here from {follower}").format(follower=_name(entry.from_userid, name_of))
        case Kind.CHANGED:
            return joined(change_words(change, masked=False) for change in entry.changes)


def _silent_words(silent: Silent, zone: tzinfo | None) -> str:
    if silent.until is None:
        return _("nobody has been listening since: events may be missing")
    until = time_words(silent.until, zone, silent.at)
    if silent.times == 1:
        return _("nobody listened until {until}: events may be missing").format(until=until)
    n = silent.times
    return ngettext(
        "nobody listened {n} time until {until}: events may be missing",
        "nobody listened {n} times until {until}: events may be missing",
        n,
    ).format(n=n, until=until)


def _welcome_words(welcome: WelcomeEntry) -> str:
    outcome = {
        Verdict.SENT: _("sent"),
        Verdict.ALREADY: _("another app was first"),
        Verdict.UNCLEAR: _("it left, and what became of it is not known"),
    }
    known = next((verdict for verdict in Verdict if verdict == welcome.outcome), None)
    ended = outcome.get(known, _("not sent")) if known else _("not known how it ended")
    number = f" {welcome.errcode}" if welcome.errcode else ""
    return _joined(_("template {name}").format(name=safe_text(welcome.draft.template)), ended + number)


def _name(userid: str, name_of: NameOf) -> str:
    return safe_text(name_of(userid) or userid) or "-"


def _joined(*parts: str) -> str:
    return "  ".join(filter(None, parts))
