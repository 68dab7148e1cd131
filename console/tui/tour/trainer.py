"""What a trainer has happen on cue, from the palette: each acts on the customer that the keys are at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from console.language import _

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp

REMARK, AMBIENT = "/externalcontact/remark", 6
MAIN = "zhangwei"


async def happen(app: ConsoleApp, what: str) -> None:
    """Have it happen, and say that it did."""
    said = await _CUES[what](app)
    app.say(said or _("It could not be done to this customer."))


def _chosen(app: ConsoleApp) -> tuple[str, str] | None:
    """The relation that the trainer points at: of an open form, the detail, or the chosen row."""
    standing = getattr(app.screen, "standing", None)
    if standing is not None:
        external_userid, userid = standing.relation
        return userid, external_userid
    detail, chosen = app.pane.detail, app.pane.customers.chosen
    if detail.display and (row := detail.chosen_row) is not None:
        return row.userid, row.external_userid
    return None if chosen is None else (chosen.userid, chosen.external_userid)


async def _cue(app: ConsoleApp, what: str, **asked: object) -> bool:
    return app.session.cue is not None and await app.session.cue(what, asked)


async def _on_chosen(app: ConsoleApp, what: str, words: str, **asked: object) -> str:
    relation = _chosen(app)
    if relation is None:
        return _("Choose a customer first.")
    userid, external_userid = relation
    done = await _cue(app, what, userid=userid, external_userid=external_userid, **asked)
    return words if done else ""


async def _comes(app: ConsoleApp) -> str:
    done = await _cue(app, "customer/come", userid=MAIN, state="expo2024")
    return _("Somebody new comes to {userid}.").format(userid=app.session.name_of(MAIN) or MAIN) if done else ""


async def _changes(app: ConsoleApp) -> str:
    return await _on_chosen(app, "colleague/change", _("A colleague has changed this record."), remark="同事改的备注")


async def _breaks(app: ConsoleApp) -> str:
    done = await _cue(app, "fault", kind="reset_afterwards", path=REMARK)
    return _("The connection breaks at the next write.") if done else ""


async def _not_friends(app: ConsoleApp) -> str:
    return await _on_chosen(
        app, "colleague/remove", _("The staff member has removed this customer: 84061 from now on.")
    )


async def _leaves(app: ConsoleApp) -> str:
    return await _on_chosen(app, "customer/leave", _("The customer has removed the staff member."))


async def live(app: ConsoleApp, *, still: bool) -> bool:
    """Have nothing happen by itself, or the usual; whether that was done."""
    app.is_still = still
    return await _cue(app, "ambient", a_minute=0 if still else AMBIENT)


async def _still(app: ConsoleApp) -> str:
    if not await live(app, still=not app.is_still):
        return ""
    return _("Nothing happens by itself any more.") if app.is_still else _("Things happen by themselves again.")


_CUES: dict[str, Callable[[ConsoleApp], Awaitable[str]]] = {
    "comes": _comes,
    "changes": _changes,
    "breaks": _breaks,
    "not_friends": _not_friends,
    "leaves": _leaves,
    "still": _still,
}
