"""What can be copied of a customer, and the text of each."""

from __future__ import annotations

from dataclasses import dataclass

from console.language import _
from console.operations.detail import detail_document, known_detail
from console.operations.fields import Field, FieldState
from console.operations.remark.reply import ticket_reply
from console.operations.wording import moment_words
from console.session import Session
from console.store.contacts import ContactRow
from console.store.relations import RelationRow
from console.text import json_safe, safe_text
from console.tui.customers.relation_record import last_entries

LATELY_SECONDS = 3600.0
"""How long a write is what a reply for the ticket is about."""


@dataclass(frozen=True, slots=True)
class Copyable:
    """One thing to copy: real values, never masked, as data and not as drawn."""

    id: str
    label: str
    text: str


def of_field(field: Field | None) -> list[Copyable]:
    """The field under the cursor, if it has a value."""
    if field is None or field.state is not FieldState.VALUE:
        return []
    return [Copyable("field", field.label, "\n".join(field.lines))]


def of_relation(session: Session, relation: RelationRow) -> list[Copyable]:
    """A relation: ID, mobiles, the row, a reply for the ticket, and JSON."""
    mobiles = "\n".join(map(safe_text, relation.mobiles))
    detail = known_detail(session.records, relation.external_userid)
    # Always the same five, so that a number always copies the same thing.
    return [
        Copyable("id", _("customer ID"), safe_text(relation.external_userid)),
        Copyable("mobiles", _("mobiles"), mobiles),
        Copyable("row", _("the row, with tabs"), _row_text(session, relation)),
        Copyable("reply", _("reply for the ticket"), _reply(session, relation)),
        Copyable("json", "JSON", json_safe(detail_document(detail)) if detail else ""),
    ]


def of_follower(userid: str, name: str) -> list[Copyable]:
    """A follower: account and name."""
    options = [Copyable("userid", _("account"), safe_text(userid))]
    if name:
        options.append(Copyable("name", _("staff name"), safe_text(name)))
    return options


def of_contact(contact: ContactRow) -> list[Copyable]:
    """A served contact: the customer ID where there is one, and the name."""
    options = []
    if contact.external_userid:
        options.append(Copyable("id", _("customer ID"), safe_text(contact.external_userid)))
    if contact.name:
        options.append(Copyable("name", _("name"), safe_text(contact.name)))
    return options


def _row_text(session: Session, relation: RelationRow) -> str:
    fields = (
        session.name_of(relation.userid) or relation.userid,
        relation.remark or "",
        relation.name or "",
        relation.company or relation.corp_name or "",
        " ".join(relation.mobiles),
        relation.external_userid,
    )
    return "\t".join(safe_text(field) for field in fields)


def _reply(session: Session, relation: RelationRow) -> str:
    """What was written last, when that was lately: then the ticket is about it; else what was read."""
    entries = last_entries(session, relation.external_userid, relation.userid, 1)
    if entries and session.clock() - entries[0].at < LATELY_SECONDS:
        name = session.name_of(relation.userid)
        return ticket_reply(entries[0], follower_name=name, zone=session.zone)
    follower = session.name_of(relation.userid)
    read_at = moment_words(relation.seen_at, session.zone)
    return _(
        "Customer {remark} ({id}), follower {follower}: name {name}, company {company}, mobiles {mobiles}. Read {time}."
    ).format(
        remark=safe_text(relation.remark or relation.name or "-"),
        id=safe_text(relation.external_userid),
        follower=safe_text(f"{follower} {relation.userid}".strip()),
        name=safe_text(relation.name or "-"),
        company=safe_text(relation.company or relation.corp_name or "-"),
        mobiles=", ".join(map(safe_text, relation.mobiles)) or "-",
        time=read_at,
    )
