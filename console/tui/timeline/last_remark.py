"""What a follower whose relation is gone wrote last: WeCom shows it no more, so it is only here."""

from __future__ import annotations

from dataclasses import dataclass

from console.language import _
from console.operations.detail import known_detail
from console.operations.remark.plan_words import field_words
from console.operations.remark.values import HIDDEN, OtherRemark, RemarkField, other_remarks
from console.operations.wording import day_words
from console.session import Session
from console.text import safe_text
from console.tui.customers.cells import follower_words


@dataclass(frozen=True, slots=True)
class LastRemark:
    """A title and lines of safe text, not masked."""

    title: str
    lines: tuple[str, ...]


def last_remark(session: Session, external_userid: str, userid: str | None) -> LastRemark | None:
    """Of this follower (None: of whoever is gone); None where nobody is, or nothing of it was ever read."""
    detail = known_detail(session.records, external_userid)
    if detail is None:
        return None
    gone = [other for other in other_remarks(detail, "", session.profile.app_type) if other.gone]
    wanted = next((one for one in gone if userid is None or one.userid.casefold() == userid.casefold()), None)
    if wanted is None:
        return None
    title = _("{who}'s last remark, gone {date}; WeCom has it no longer").format(
        who=follower_words(session, wanted.userid, masked=True),
        date=day_words(wanted.gone_at, session.zone, session.clock()) or "-",
    )
    return LastRemark(title, ("  ".join(_fields(wanted)),))


def _fields(remark: OtherRemark) -> list[str]:
    values = remark.values
    said = [
        f"{field_words(field)} {safe_text(values.text(field)) or _('(empty)')}"
        for field in (RemarkField.REMARK, RemarkField.COMPANY, RemarkField.DESCRIPTION)
    ]
    numbers = _("(not seen)") if values.mobiles is HIDDEN else " ".join(map(safe_text, values.numbers)) or _("(empty)")
    return [*said, f"{field_words(RemarkField.MOBILES)} {numbers}"]
