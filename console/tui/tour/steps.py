"""The seven steps of the tour, each done by pressing the real key on the live screen."""

from __future__ import annotations

from time import monotonic

from console.language import N_, _
from console.settings import AppType
from console.tui.leaving import HoldsText
from console.tui.tour.step import Here, Step

LI, ZHANG, LINA = "李建国@城建", "zhangwei", "lina"
RIGHT_NUMBER, WRONG_NUMBER = "13912342208", "13912342280"
CODE_LIFE = 20.0


def _li_is_open(here: Here) -> bool:
    detail = here.app.pane.detail
    return (
        here.app.panes.current == 1
        and not here.dialog
        and detail.detail is not None
        and detail.detail.contact.name == LI
        and detail.display
    )


def _find_words(here: Here) -> str:
    if here.dialog == "FindDialog":
        return _("Type ljg, the pinyin initials of 李建国, then Enter. The last digits of a phone work the same.")
    return _("f finds anybody, from everywhere. With a Chinese input method on, F3 does.")


def _at_lina(here: Here) -> bool:
    chosen = here.app.pane.detail.chosen_row
    return _li_is_open(here) and chosen is not None and chosen.userid == LINA


def _fixed(here: Here) -> bool:
    relation = here.person(LI, ZHANG)
    return (
        relation is not None and RIGHT_NUMBER in relation.mobiles and not here.dialog and not here.app.desk.is_writing
    )


def _fix_words(here: Here) -> str:
    match here.dialog:
        case "Editor":
            return _(
                "Tab to the mobiles, Down to the second line: make {wrong} {right}. The difference is below. Then F8."
            ).format(wrong=WRONG_NUMBER, right=RIGHT_NUMBER)
        case "Question":
            return _("It says what will be written. Cancel is the default: Right, then Enter.")
        case _:
            return _("李娜 has the right number. Up to 张伟, then e (F2) edits what he noted.")


async def _change_meanwhile(here: Here) -> None:
    """A colleague writes as soon as something was typed, whenever that is."""
    screen = here.app.screen
    if here.dialog == "ConflictDialog":
        here.notes["met"] = 1.0
    elif here.dialog == "Editor" and "cued" not in here.notes and isinstance(screen, HoldsText) and screen.has_unsaved:
        relation = here.person(LI, ZHANG)
        if relation is not None:
            here.notes["cued"] = 1.0
            await here.cue(
                "colleague/change", userid=ZHANG, external_userid=relation.external_userid, remark="李部长(城建)"
            )


def _met(here: Here) -> bool:
    return "met" in here.notes and not here.dialog and not here.app.desk.is_writing


def _meet_words(here: Here) -> str:
    match here.dialog:
        case "Editor" if "cued" in here.notes:
            return _(
                "A colleague has just written another remark, in WeCom's own client. F8, and see that nobody loses."
            )
        case "Editor":
            return _("Change the remark, such as to 李部长.")
        case "Question":
            return _("Before it writes, it reads once more. Right, then Enter.")
        case "ConflictDialog":
            return _("Nothing was written: opened, now, yours. Right takes yours, Left theirs; then F8.")
        case _:
            return _("e again: somebody else is about to write the same field.")


def _undone(here: Here) -> bool:
    newest = here.newest_write if here.writes > here.began_writes else None
    return newest is not None and newest.draft.undo_of is not None and newest.outcome is not None and not here.dialog


def _undo_words(here: Here) -> str:
    if here.dialog:
        return _("An undo is a write like any other: confirmed, checked, read back. Right, then Enter.")
    return _("u takes the last write back, right from here. Pane 5 has all of them.")


def _is_delegated(here: Here) -> bool:
    return here.app.session.profile.app_type is AppType.DELEGATED


def _converted(here: Here) -> bool:
    return _is_delegated(here) and len(here.app.session.records.mappings.select_now()) > 0


def _convert_words(here: Here) -> str:
    if not _is_delegated(here):
        if here.dialog:
            return _("Choose the delegated app: only such an app may convert.")
        return _(
            "Only a delegated app may convert a unionid. 6, then Enter on the other profile; or Ctrl+P, switch profile."
        )
    if here.app.panes.current != 3:
        return _("Now 3: the conversion.")
    return _("A visitor's unionid and openid stand there. F8 asks WeCom who that is.")


async def _a_newcomer(here: Here) -> None:
    """Somebody new comes as long as no code lives and none was used."""
    if not _can_greet(here) or _greeted(here) or monotonic() - here.notes.get("came", -CODE_LIFE) < CODE_LIFE:
        return
    here.notes["came"] = monotonic()
    await here.cue("customer/come", userid=ZHANG, state="expo2024")


def _can_greet(here: Here) -> bool:
    return here.app.lookout is not None


def _greeted(here: Here) -> bool:
    from console.store.event_rows import EventRow, WelcomeState
    from console.store.events import EventQuery

    events = here.app.session.records.events
    newest = events.window(events.select_now(EventQuery())[:20])
    return any(isinstance(row, EventRow) and row.welcome.state is WelcomeState.SENT for row in newest)


def _greet_words(here: Here) -> str:
    if here.dialog == "WelcomeDialog":
        return _("Left and Right change the template. Enter sends it; the code is good for one message.")
    return _("Somebody adds 张伟 right now. The code for a welcome lives 20 seconds: w, from any pane.")


TOUR: tuple[Step, ...] = (
    Step(N_("Find a customer"), _find_words, _li_is_open),
    Step(
        N_("Read the merged detail"),
        lambda _here: _("Two colleagues follow 李建国. Down: what 李娜 noted, and which of her numbers differs."),
        _at_lina,
    ),
    Step(N_("Fix a phone number"), _fix_words, _fixed),
    Step(N_("Meet a colleague's change"), _meet_words, _met, _change_meanwhile),
    Step(N_("Undo"), _undo_words, _undone),
    Step(N_("Convert a unionid"), _convert_words, _converted),
    Step(N_("Welcome a new customer"), _greet_words, _greeted, _a_newcomer),
)


def _has_number(name: str, number: str) -> Step:
    def done(here: Here) -> bool:
        relation = here.person(name, ZHANG)
        return relation is not None and relation.mobiles == (number,) and not here.dialog

    return Step(
        N_("A new number"),
        lambda _here: _("Make the mobile of {name} {number}, and no other.").format(name=name, number=number),
        done,
    )


def _has_description(here: Here) -> bool:
    relation = here.person("周小燕", ZHANG)
    return relation is not None and bool(relation.description) and not here.dialog


def _copied_company(here: Here) -> bool:
    relation = here.person(LI, LINA)
    return relation is not None and relation.company == "城建三局" and not here.dialog


EXERCISES: tuple[Step, ...] = (
    _has_number("王海波", "13500000000"),
    Step(
        N_("A description"),
        lambda _here: _("Write a description for 周姐 (周小燕), 张伟's customer."),
        _has_description,
    ),
    Step(
        N_("Take over"),
        lambda _here: _("Take the company over from 张伟's remark about 李建国 into 李娜's (F6 in her form)."),
        _copied_company,
    ),
)
