"""`wecom-console convert`: one unionid of a mini program user, and what it means to this profile's app."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from console.cli.commands import Verb
from console.cli.ending import DONE, FAILED, TEMPORARY, USAGE, Refused, say
from console.cli.globals import Globals
from console.cli.opening import opened
from console.cli.options import globals_of
from console.cli.output import print_json, print_line
from console.language import _

if TYPE_CHECKING:
    from console.operations.convert.given import Given
    from console.operations.convert.results import Result
    from console.session import Session


def command() -> click.Command:
    """The one command."""
    return Verb(
        "convert",
        _convert,
        _(
            "What the unionid of a mini program user means to a delegated or third-party app: the customer, or a "
            "pending ID that turns into the customer when they are added. What is known is told without asking WeCom. "
            "One at a time: WeCom forbids converting in bulk, so the sixth new one within a minute is asked about, and "
            "refused where nobody can be asked. A self-built app looks among the customers that it knows."
        ),
        [
            click.Argument(["unionid"], metavar="UNIONID"),
            click.Argument(["openid"], metavar="OPENID", required=False, default=""),
            click.Option(
                ["--subject-type"],
                type=click.Choice(["0", "1"]),
                help=_(
                    "Whose the mini program is. 0: this corp's, the default; 1: the provider's. Not for a self-built "
                    "app, nor for the old address."
                ),
            ),
            click.Option(["--again"], is_flag=True, help=_("Ask WeCom although the answer is known.")),
            click.Option(["--yes"], is_flag=True, help=_("Answer yes to what would be asked on a terminal.")),
        ],
        [
            "wecom-console convert oLx7s5EeMn4pVb1nTy3kPq9mWz6H oAbc4-5dEfGhIjKlMnOpQrStUvWx",
            "wecom-console convert oLx7s5EeMn4pVb1nTy3kPq9mWz6H oPrv5-5dEfGhIjKlMnOpQrStUvWx --subject-type 1 --json",
        ],
    )


@click.pass_context
def _convert(
    context: click.Context,
    unionid: str,
    openid: str,
    subject_type: str | None,
    again: bool,
    yes: bool,
    as_json: bool,
) -> int:
    from console.operations.convert.given import given
    from console.wecom.ids import SubjectType

    what = given(unionid, openid, SubjectType(int(subject_type or 0)))
    return asyncio.run(
        _tell(
            globals_of(context), what, names_a_subject=subject_type is not None, again=again, yes=yes, as_json=as_json
        )
    )


async def _tell(wanted: Globals, what: Given, *, names_a_subject: bool, again: bool, yes: bool, as_json: bool) -> int:
    from console.operations.convert.conversion import has_subjects, may_convert
    from console.operations.convert.documents import result_document
    from console.operations.convert.words import Setting, result_lines, self_built_words

    async with opened(wanted) as session:
        if names_a_subject and not has_subjects(session.profile):
            raise Refused(
                _("--subject-type is for delegated and third-party apps at WeCom's present address only."),
                _("Leave it out for this profile."),
                USAGE,
            )
        if not may_convert(session.profile.app_type):
            say(self_built_words())
        if what.was_tidied:
            say(_("Blanks and line ends around the IDs were taken away."))
        result = await _asked(session, what, again=again, yes=yes)
        code = _exit_code(result)
        setting = Setting(session.clock(), session.zone, session.profile.app_type)
        if code == DONE and as_json:
            print_json(result_document(what.unionid, result, session.clock()))
            return code
        for line in result_lines(result, setting):
            (print_line if code == DONE else say)(line)
    return code


async def _asked(session: Session, what: Given, *, again: bool, yes: bool) -> Result:
    """Convert, asking whoever sits at the terminal what has to be asked. Raises Refused when the answer is no."""
    from console.cli.asking import can_ask
    from console.cli.questions import agrees
    from console.operations.convert.conversion import convert
    from console.operations.convert.results import Doubtful, TooFast
    from console.operations.convert.words import doubt_words, too_fast_words

    sure = hurried = False
    while True:
        result = await convert(
            session.client, session.records, session.profile, what, again=again, sure=sure, hurried=hurried
        )
        match result:
            case Doubtful(doubts) if not sure:
                for doubt in doubts:
                    say(doubt_words(doubt))
                if not yes and not (can_ask() and agrees(_("Convert them all the same?"))):
                    raise Refused(_("Nothing was sent."), _("If they are right all the same: --yes"))
                sure = True
            case TooFast() if not hurried:
                say(too_fast_words(result))
                if not can_ask():
                    raise Refused(_("Nothing was sent: there is nobody to be asked."), _("Wait a minute."))
                if not yes and not agrees(_("Convert one more now?")):
                    raise Refused(_("Nothing was sent."))
                hurried = True
            case _:
                return result


def _exit_code(result: Result) -> int:
    """0 for an answer, 1 for a refusal, 2 for ids that cannot be such, 3 for what may pass by itself."""
    from console.operations.convert import results
    from console.operations.explain import exit_code
    from console.operations.results import Failed

    match result:
        case results.Found() | results.Pending() | results.Both() | results.Neither():
            return DONE
        case results.NotForThisApp(mapping):
            return FAILED if mapping is None else DONE
        case results.Wrong():
            return USAGE
        case results.QuotaExhausted():
            return TEMPORARY
        case results.Refused(failure) | Failed(failure):
            return exit_code(failure)
    return FAILED
