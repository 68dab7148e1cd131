"""What a relation and a follower look like in a table: safe text, cut to columns by the table."""

from __future__ import annotations

from console.language import _
from console.operations.wording import count_words
from console.session import Session
from console.store.followers import CountState, FollowerRow
from console.store.relations import RelationRow, RelationState
from console.text import cell_width, crop, mask_phone, mask_text, safe_text
from console.tui.columns import Column
from console.tui.rows import Cell, Row, Toned

ALL_CUSTOMERS = "*"
"""The key of the first row of followers: all customers that the store knows."""


def follower_columns(width: int) -> tuple[Column, ...]:
    """Name and count; the userid beside the name where there is room (27 cells)."""
    if width >= 26:
        return (
            Column("name", _("follower"), 9),
            Column("userid", _("account"), 8, grow=1),
            Column("count", _("count"), 5, right=True),
        )
    return (
        Column("name", _("follower"), 10, grow=1),
        Column("count", _("count"), 5, right=True),
    )


def follower_row(row: FollowerRow, name: str, *, wide: bool, masked: bool) -> Row:
    """A follower with the number of customers: `..` not read yet, none and failed in words."""
    userid = userid_words(row.userid, masked=masked)
    shown = safe_text(name)
    names: tuple[Cell, ...] = (shown or "-", userid) if wide else (shown or userid,)
    return Row(row.userid, (*names, _count_cell(row)))


def all_customers_row(count: int, *, wide: bool) -> Row:
    """The first row: everything that the store knows."""
    title = _("Everybody")
    names: tuple[Cell, ...] = (title, "") if wide else (title,)
    return Row(ALL_CUSTOMERS, (*names, count_words(count)))


def follower_words(session: Session, userid: str, *, masked: bool) -> str:
    """What a follower is called: the name, else the userid, which may be a phone number."""
    name = session.name_of(userid)
    return safe_text(name) if name else userid_words(userid, masked=masked)


def userid_words(userid: str, *, masked: bool) -> str:
    """A userid as it is shown; some companies use phone numbers."""
    return mask_text(safe_text(userid)) if masked else safe_text(userid)


def customer_columns(width: int, *, short: bool, old: bool = False) -> tuple[Column, ...]:
    """The columns of the customers; `short` is the narrow list beside a detail (24 cells); `old` rows need words."""
    added = max(6, cell_width(_("old data"))) if old else 6
    if short:
        return (Column("remark", _("remark"), 14, grow=1), Column("createtime", _("added"), added, right=True))
    return (
        Column("remark", _("remark"), 14, grow=3 if width > 59 else 0),
        Column("name", _("name"), 10, grow=2, leave=4),
        Column("company", _("company"), 10, grow=1, leave=1),
        Column("mobile", _("mobile"), 13, leave=2),
        Column("createtime", _("added"), added, right=True, leave=3),
    )


def customer_row(row: RelationRow, *, short: bool, masked: bool, added: str, old: bool = False) -> Row:
    """A relation as a row; without a remark the short form shows the name after `(no remark)`.

    `old` rows are those that the last read should have returned and did not: their last column says so.
    """

    def shown(value: str | None) -> str:
        if value is None:
            return ""
        return (mask_text(safe_text(value)) if masked else safe_text(value)) or "-"

    if row.state is RelationState.UNREAD:
        return Row(row.id, (_("(not returned)") + " " + safe_text(row.external_userid),), muted=True)
    remark = shown(row.remark)
    if short and remark in {"", "-"}:
        remark = _("(no remark)") + " " + shown(row.name)
    muted = old or row.state is RelationState.GONE
    added = _("old data") if old else added
    if short:
        return Row(row.id, (remark, added), muted=muted)
    company = shown(row.company or row.corp_name or row.company)
    return Row(row.id, (remark, shown(row.name), company, mobile_cell(row, masked=masked), added), muted=muted)


def mobile_cell(row: RelationRow, *, masked: bool) -> str:
    """The first mobile and how many more; blank when WeCom did not return the field."""
    if not row.mobiles_known:
        return ""
    if not row.mobiles:
        return "-"
    first = safe_text(row.mobiles[0])
    more = f"+{len(row.mobiles) - 1}" if len(row.mobiles) > 1 else ""
    return (mask_phone(first) if masked else first) + more


def _count_cell(row: FollowerRow) -> Cell:
    if row.count_state is CountState.FAILED:
        return Toned(_("error") if row.count is None else count_words(row.count), "error")
    if row.count is None:
        return Toned("..", "muted")
    return count_words(row.count) if row.count else Toned(_("none"), "muted")


def short_text(text: str, *, masked: bool) -> str:
    """What was copied, short enough for the status line."""
    first, _newline, more = text.partition("\n")
    shown = crop(mask_text(first) if masked else first, 24)
    return f"{shown} .." if more else shown
