"""Which questions there is an answer to: two errors, a unionid that did not come, a welcome code that did not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from console.operations.why.causes import Why
from console.operations.why.not_friends import why_not_friends
from console.operations.why.other_answers import why_no_unionid, why_no_welcome, why_unknown_id
from console.session import Session
from console.store.event_rows import EventRow
from console.tui.why.dialog import WhyDialog
from console.wecom.codes import INVALID_EXTERNAL_USERID, NOT_EXTERNAL_CONTACT
from console.wecom.errors import WeComError

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp

Ask = Callable[[], Why]


def opened_for(
    app: ConsoleApp, failure: Exception | int | None, external_userid: str, userid: str | None, support: str = ""
) -> bool:
    """Show why WeCom refused (or would, with this errcode), where there is an answer to that; whether there is."""
    errcode = failure.errcode if isinstance(failure, WeComError) else failure
    ask = _asked(app.session, errcode, external_userid, userid)
    if ask is not None:
        _open(app, ask, external_userid, userid, support)
    return ask is not None


def open_for_unionid(app: ConsoleApp, external_userid: str, userid: str | None) -> None:
    """Show why a customer came without a unionid."""
    session = app.session
    _open(app, partial(why_no_unionid, session.records, external_userid, session.profile), external_userid, userid)


def open_for_welcome(app: ConsoleApp, row: EventRow) -> None:
    """Show why an event came without a welcome code."""
    event = row.event
    _open(app, partial(why_no_welcome, app.session.records, row), event.external_userid or "", event.userid)


def _asked(session: Session, errcode: Exception | int | None, external_userid: str, userid: str | None) -> Ask | None:
    if errcode == NOT_EXTERNAL_CONTACT and userid:
        return partial(
            why_not_friends, session.records, external_userid, userid, name_of=session.name_of, zone=session.zone
        )
    if errcode == INVALID_EXTERNAL_USERID:
        return partial(why_unknown_id, session.records, external_userid, session.profile)
    return None


def _open(app: ConsoleApp, ask: Ask, external_userid: str, userid: str | None, support: str = "") -> None:
    app.push_screen(WhyDialog(app.session, ask, external_userid, userid, masked=app.masked, support=support))
