"""The detail's title and its rows of followers: what stands in them, and what a filter compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from console.language import _, joined, ngettext
from console.operations.matching import search_words
from console.operations.wording import add_way_short, count_words, customer_type_words, day_words, gender_words
from console.session import Session
from console.store.relations import RelationState
from console.text import mask_phone, mask_text, safe_text
from console.tui.columns import Column
from console.tui.customers.cells import userid_words
from console.tui.rows import Row

if TYPE_CHECKING:
    from console.operations.detail import Detail, RelationView

WIDE = 54


def words_of(views: Sequence[RelationView], names: Mapping[str, str]) -> dict[str, str]:
    """What a filter compares, by userid; takes 50 ms and more for a customer with a thousand followers."""
    words = {}
    for view in views:
        name = names.get(view.userid.casefold())
        remark, mobiles = (view.follow.remark, view.follow.remark_mobiles) if view.follow else (None, None)
        words[view.userid] = search_words((name, remark), (view.userid,), mobiles or ())
    return words


def title_of(detail: Detail, relation: RelationView | None, *, masked: bool) -> str:
    """The customer as the follower of this relation calls them, then what kind of customer it is."""
    remark = (relation.follow.remark if relation and relation.follow else None) or detail.contact.name or ""
    words = [_private(remark, masked=masked) or _("(no name)")]
    if detail.contact.type is not None:
        words.append(customer_type_words(detail.contact.type))
    if detail.contact.gender:
        words.append(gender_words(detail.contact.gender))
    return "  ".join(words)


def counted(detail: Detail) -> str:
    """How many followers on how many pages, and how many relations are gone."""
    gone = len(detail.relations) - detail.active
    words = [ngettext("{n} follower", "{n} followers", detail.active).format(n=count_words(detail.active))]
    if detail.pages:
        words.append(ngettext("{n} page", "{n} pages", detail.pages).format(n=detail.pages))
    if gone:
        words.append(_("{n} gone").format(n=gone))
    return joined(words)


def follower_columns(width: int) -> tuple[Column, ...]:
    """The columns where there are so many cells."""
    wide = width >= WIDE
    return (
        Column("follower", _("follower"), 15, grow=1),
        Column("remark", _("remark"), 9, grow=2),
        Column("mobile", _("mobile"), 13, leave=1),
        Column("added", _("added"), 5, leave=3 if wide else 2),
        Column("source", _("source"), 6, leave=2 if wide else 3),
    )


def follower_row(session: Session, view: RelationView, *, now: float, masked: bool) -> Row:
    """One follower of the customer; a relation that is gone says so, and since when."""
    follow = view.follow
    remark = _private(follow.remark or "", masked=masked) if follow and follow.remark is not None else ""
    mobiles = follow.remark_mobiles if follow else None
    first = safe_text(mobiles[0]) if mobiles else ""
    more = f"+{len(mobiles) - 1}" if mobiles and len(mobiles) > 1 else ""
    mobile = (mask_phone(first) if masked else first) + more
    person = person_words(session, view.userid, masked=masked)
    if view.state is RelationState.GONE:
        since = day_words(view.gone_at, session.zone, now)
        return Row(view.userid.casefold(), (person, remark, _("gone"), since, ""), muted=True)
    added = day_words(follow.createtime if follow else None, session.zone, now)
    source = add_way_short(follow.add_way) if follow and follow.add_way is not None else ""
    return Row(view.userid.casefold(), (person, remark or "-", mobile, added, source))


def person_words(session: Session, userid: str, *, masked: bool) -> str:
    """A follower's name, where it is known, and account."""
    shown = userid_words(userid, masked=masked)
    name = safe_text(session.name_of(userid))
    return f"{name} {shown}" if name else shown


def _private(value: str, *, masked: bool) -> str:
    return mask_text(safe_text(value)) if masked else safe_text(value)
