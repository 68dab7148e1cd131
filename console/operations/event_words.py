"""Events in words: what kind a row of the feed is, and what it says on one line. All of it safe text, never masked."""

from __future__ import annotations

from datetime import tzinfo

from console.language import N_, _, listed
from console.operations.effects.outcome import note_of
from console.operations.effects.words import changes_line
from console.operations.event_people import NOBODY, EventPeople
from console.operations.wording import add_way_short, time_words
from console.store.event_rows import EventRow, FeedRow, GapRow, RequestRow, RowKind, WhyGap
from console.text import safe_text
from console.wecom.callback.events import Event, FailReason, Kind
from console.wecom.callback.rejection import Reason

_KINDS: dict[Kind | RowKind, str] = {
    Kind.ADDED: N_("new customer"),
    Kind.ADDED_HALF: N_("half-added"),
    Kind.EDITED: N_("remark edited"),
    Kind.REMOVED: N_("staff removed"),
    Kind.HANDED_OVER: N_("handed over"),
    Kind.LEFT: N_("customer left"),
    Kind.TRANSFER_FAILED: N_("transfer fail"),
    Kind.CONSENT: N_("chat consent"),
    Kind.SUITE_TICKET: N_("new ticket"),
    Kind.OTHER: N_("unknown type"),
    Kind.UNREADABLE: N_("unreadable"),
    RowKind.REJECTED: N_("rejected"),
    RowKind.VERIFIED: N_("URL verified"),
    RowKind.GAP: N_("nobody there"),
}
_FAILED = {
    FailReason.CUSTOMER_REFUSED: N_("the customer refused the new follower"),
    FailReason.CUSTOMER_LIMIT_EXCEED: N_("the new follower has too many customers"),
}
_REJECTED = {
    Reason.UNFINISHED: N_("it did not come to its end"),
    Reason.INCOMPLETE: N_("a parameter is missing"),
    Reason.TOO_LARGE: N_("too large"),
    Reason.MALFORMED: N_("neither XML nor JSON, or nothing encrypted in it"),
    Reason.FORBIDDEN: N_("XML that could do harm"),
    Reason.SIGNATURE: N_("bad signature"),
    Reason.BASE64: N_("no Base64"),
    Reason.DECRYPTION: N_("encrypted with another key"),
    Reason.BUFFER: N_("the length within is wrong"),
    Reason.RECEIVE_ID: N_("meant for another corp or suite"),
    Reason.KEY: N_("our own Token or EncodingAESKey is wrong"),
}


def kind_of(row: FeedRow) -> Kind | RowKind:
    """What a row of the feed is."""
    match row:
        case EventRow(event=event):
            return event.kind
        case GapRow():
            return RowKind.GAP
        case RequestRow(reason=None):
            return RowKind.VERIFIED
    return RowKind.REJECTED


def kind_words(kind: Kind | RowKind) -> str:
    """What stands in the column of kinds."""
    return _(_KINDS[kind])


def all_kinds() -> tuple[Kind | RowKind, ...]:
    """Every kind that has words."""
    return tuple(_KINDS)


def fail_words(reason: str | None) -> str:
    """Why a transfer failed; a reason not known here stands as WeCom sent it."""
    known = next((fail for fail in FailReason if fail == reason), None)
    return _(_FAILED[known]) if known else safe_text(reason or "") or _("no reason given")


def reject_words(reason: Reason, detail: str = "") -> str:
    """Why a request was rejected, with WXBizMsgCrypt's number and what else is known."""
    return " ".join(filter(None, (_(_REJECTED[reason]), str(reason.number), safe_text(detail))))


def gap_words(row: GapRow, zone: tzinfo | None) -> str:
    """A time in which nobody listened."""
    why = {
        WhyGap.STOPPED: _("{since} to {until} nobody was listening: events of these {length} can't come any more"),
        WhyGap.CRASHED: _("{since} to {until} the receiver had crashed: events of these {length} can't come any more"),
        WhyGap.ASLEEP: _("{since} to {until} the receiver stood still: events of these {length} may be missing"),
    }[row.why]
    length = length_words(row.received_at - row.since)
    since = time_words(row.since, zone, row.received_at)
    until = time_words(row.received_at, zone, row.received_at)
    return why.format(since=since, until=until, length=length)


def length_words(seconds: float) -> str:
    """How long something lasted: `45 s`, `19 min`, `3 h`, `2 d`."""
    if seconds < 60:
        return _("{n} s").format(n=max(0, round(seconds)))
    if seconds < 3600:
        return _("{n} min").format(n=round(seconds / 60))
    if seconds < 172_800:
        return _("{n} h").format(n=round(seconds / 3600))
    return _("{n} d").format(n=round(seconds / 86_400))


def event_line(event: Event, people: EventPeople = NOBODY, changes: str = "") -> str:
    """What an event says, on one line; `changes` are those that reading the customer again has found."""
    match event.kind:
        case Kind.ADDED:
            return _joined("" if event.welcome_code else _("no welcome code"), _source(event, people))
        case Kind.ADDED_HALF:
            return _("waits until the staff member accepts")
        case Kind.EDITED:
            return changes
        case Kind.REMOVED:
            return _("{follower} removed the customer").format(follower=people.follower)
        case Kind.HANDED_OVER:
            return _handed_over(people)
        case Kind.LEFT:
            return _("by the customer; {follower} still has a one-way relation").format(follower=people.follower)
        case Kind.TRANSFER_FAILED:
            return fail_words(event.fail_reason)
        case Kind.CONSENT:
            return _("agreed that the chat is archived")
        case Kind.SUITE_TICKET:
            return _("kept with the secrets, for the tokens of the third-party app")
        case Kind.UNREADABLE:
            return _("neither XML nor JSON; kept as it came")
    return _("{name} kept as it came").format(name=safe_text(event.name) or "?")


def changes_found(row: EventRow) -> str:
    """What reading the customer of an event again has found, on one line; "" as long as it was not read."""
    note = note_of(row)
    if note.read_at is None:
        return ""
    if note.first:
        return _("not known here before")
    return changes_line(note, masked=False) or _("nothing that can be read differs")


def request_line(row: RequestRow) -> str:
    """What a request says that brought no event."""
    if row.reason is None:
        return _("answered {peer} with the decrypted text").format(peer=safe_text(row.peer) or "?")
    return _joined(reject_words(row.reason, row.detail), safe_text(row.peer))


def _source(event: Event, people: EventPeople) -> str:
    return _joined(add_way_short(people.add_way), safe_text(event.state or ""))


def _handed_over(people: EventPeople) -> str:
    if people.others:
        names = listed(people.others)
        return _("{follower}'s relation was taken away, {others} follows").format(
            follower=people.follower, others=names
        )
    return _("{follower}'s relation was taken away").format(follower=people.follower)


def _joined(*parts: str) -> str:
    return "  ".join(filter(None, parts))
