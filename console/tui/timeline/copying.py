"""What can be copied of an entry of the timeline."""

from __future__ import annotations

from console.language import _
from console.operations.remark.reply import ticket_reply
from console.operations.timeline import Entry, Written
from console.operations.timeline_words import entry_words
from console.operations.wording import moment_words
from console.session import Session
from console.text import safe_text
from console.tui.customers.copying import Copyable


def of_entry(session: Session, external_userid: str, entry: Entry) -> list[Copyable]:
    """A reply for the ticket where it was a write; the row; the customer's ID."""
    words = entry_words(entry, session.name_of, session.zone)
    row = "\t".join((moment_words(entry.at, session.zone), *words))
    options = [
        Copyable("row", _("the row, with tabs"), row),
        Copyable("id", _("customer ID"), safe_text(external_userid)),
    ]
    if isinstance(entry, Written):
        name = session.name_of(entry.userid)
        reply = ticket_reply(entry.entry, follower_name=name, zone=session.zone)
        options.insert(0, Copyable("reply", _("reply for the ticket"), reply))
    return options
