"""Writing a remark from the command line: asked first, guarded, proven; shared by `remark` and `audit undo`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from console.cli.asking import can_ask
from console.cli.ending import CONFLICT, DONE, FAILED, USAGE, Refused, say
from console.cli.globals import Globals
from console.cli.output import print_json, print_line
from console.cli.plan_print import print_conflict, print_plan, say_explanation
from console.cli.questions import agrees, typed_line
from console.language import _
from console.settings import ASK, Environment, Profile, operator_of

if TYPE_CHECKING:
    from console.operations.remark.guard import CarriedOver, Conflict
    from console.operations.remark.outcome import Outcome
    from console.operations.remark.plan import Plan
    from console.operations.remark.write import Author
    from console.session import Session
    from console.wecom.client import WeComClient

MOST_ROUNDS = 10
"""How often in one run a list may change between check and write before it is given up."""


def check_consent(session: Session, wanted: Globals, *, yes: bool) -> None:
    """Refuse, before anything is asked of WeCom, a write to which nobody could agree, or to a read-only profile.

    Raises Refused.
    """
    profile = session.profile
    if profile.read_only:
        raise Refused(
            _("This profile is read-only: nothing is written to WeCom."),
            _("See what would be written with --dry-run, or take another profile: --profile NAME"),
        )
    if not yes and not can_ask():
        raise Refused(_("There is no terminal to agree on, so nothing is written."), _("Agree with --yes."), USAGE)
    if _is_to_be_named(profile, wanted) and not can_ask() and not _is_here(profile):
        raise Refused(
            _("This is a production profile, and nobody can be asked for its name."),
            _("Name it: --profile {name}").format(name=profile.name),
            USAGE,
        )


def _is_to_be_named(profile: Profile, wanted: Globals) -> bool:
    """Whether the operator has to name the profile first: it is production, and was not named on the command line."""
    return profile.environment is Environment.PROD and wanted.profile is None


def _is_here(profile: Profile) -> bool:
    """Whether it is no real production after all but a server on this machine, so that --yes is enough."""
    from urllib.parse import urlsplit

    from console.wecom.exchange import is_loopback

    return is_loopback(urlsplit(profile.base_url).hostname or "")


async def finish_what_broke_off(session: Session, client: WeComClient) -> None:
    """Resolve what a crash left without an ending, and say how it ended."""
    from console.operations.remark.outcome_words import recovered_words
    from console.operations.remark.recover import recover

    async for ended in recover(client, session.records, session.profile.app_type):
        say(recovered_words(ended))


async def write_plan(
    session: Session, wanted: Globals, plan: Plan, *, yes: bool, as_json: bool, undo_of: int | None = None
) -> int:
    """Show a plan, have it agreed to, write it, say how that ended; the exit code. Raises Refused."""
    from console.operations.remark.guard import CarriedOver, Conflict
    from console.operations.remark.write import Author

    if plan.problems:
        return _say_problems(plan, as_json=as_json)
    if not (as_json and yes):
        print_plan(plan, session.name_of, say if as_json else print_line)
    _ask_for_consent(session, wanted, plan, yes=yes)
    author = Author(await session.client(), session.records, session.profile, _operator(session, wanted))
    for _round in range(MOST_ROUNDS):
        ended = await _write(author, plan, undo_of)
        match ended:
            case Conflict():
                return _say_conflict(ended, as_json=as_json)
            case CarriedOver():
                plan = _confirmed_again(session, ended, yes=yes)
            case _:
                return _say_outcome(session, ended, as_json=as_json)
    raise Refused(_("The mobiles keep changing while they are written; nothing was written."), code=CONFLICT)


def _ask_for_consent(session: Session, wanted: Globals, plan: Plan, *, yes: bool) -> None:
    profile = session.profile
    if _is_to_be_named(profile, wanted) and can_ask():
        asked = _("Production. Type the profile's name to write ({name}): ").format(name=profile.name)
        if typed_line(asked) != profile.name:
            raise Refused(_("Nothing was written."))
    if yes:
        return
    if plan.overwrites_unseen:
        asked = _("A list that nobody here can see will be lost. Type the follower's account to go on ({userid}): ")
        if typed_line(asked.format(userid=plan.opened.userid)) != plan.opened.userid:
            raise Refused(_("Nothing was written."))
    elif not agrees(_("Write this to WeCom?")):
        raise Refused(_("Nothing was written."))


def _operator(session: Session, wanted: Globals) -> str:
    """Who works here; asked for on an account that several people share, where somebody can answer."""
    known = operator_of(session.settings, wanted.operator)
    if session.settings.operator != ASK or wanted.operator or not can_ask():
        return known
    return typed_line(_("Who are you? It is noted in the record ({name}): ").format(name=known)) or known


def _confirmed_again(session: Session, carried: CarriedOver, *, yes: bool) -> Plan:
    say(_("The mobiles were changed by somebody else meanwhile; the same changes on what is there now:"))
    print_plan(carried.plan, session.name_of, say)
    if not yes and not agrees(_("Write this to WeCom?")):
        raise Refused(_("Nothing was written."))
    return carried.plan


async def _write(author: Author, plan: Plan, undo_of: int | None) -> Outcome | Conflict | CarriedOver:
    from console.operations.remark.outcome_words import step_words
    from console.operations.remark.write import Step, write_remark

    talks = sys.stderr is not None and sys.stderr.isatty()
    async for one in write_remark(author, plan, undo_of=undo_of):
        if not isinstance(one, Step):
            return one
        if talks:
            say(step_words(one))
    raise AssertionError("a write ends with an outcome")


def _say_problems(plan: Plan, *, as_json: bool) -> int:
    from console.operations.remark.documents import plan_document
    from console.operations.remark.plan_words import problem_words

    if as_json:
        print_json(plan_document(plan))
    for problem in plan.problems:
        say(problem_words(problem))
    return FAILED


def _say_conflict(conflict: Conflict, *, as_json: bool) -> int:
    from console.operations.remark.documents import conflict_document

    say(_("Not written: changed by somebody else meanwhile."))
    if as_json:
        print_json(conflict_document(conflict))
    else:
        print_conflict(conflict)
    say(_("Decide, then write again; what is there now is read first."))
    return CONFLICT


def exit_code_of(outcome: Outcome) -> int:
    """0 for what is written and seen, or accepted where it can't be seen; 3 only when nothing was sent; else 1."""
    from console.operations.explain import exit_code
    from console.operations.remark.outcome import Verdict

    if outcome.verdict in (Verdict.WRITTEN_AND_SEEN, Verdict.CANNOT_BE_SEEN):
        return DONE
    return exit_code(outcome.failure) if outcome.entry_id is None and outcome.failure is not None else FAILED


def _say_outcome(session: Session, outcome: Outcome, *, as_json: bool) -> int:
    from console.operations.remark.documents import outcome_document
    from console.operations.remark.outcome_words import outcome_words

    if as_json:
        print_json(outcome_document(outcome))
    say_explanation(outcome_words(outcome, session.profile.app_type))
    return exit_code_of(outcome)
