"""`wecom-console remark`: edit one follower's remark about one customer, only the fields that are named."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.commands import Verb
from console.cli.ending import DONE, FAILED, USAGE, Refused, say
from console.cli.globals import Globals
from console.cli.opening import opened
from console.cli.options import globals_of
from console.cli.output import print_json
from console.language import _, system_words

if TYPE_CHECKING:
    from console.operations.remark.edits import Options, Picture
    from console.operations.remark.guard import RelationRead
    from console.session import Session
    from console.wecom.client import WeComClient

_PICTURE_NAMES = (".png", ".jpg", ".jpeg")


def command() -> click.Command:
    """The one command."""
    return Verb(
        "remark",
        _remark,
        _(
            "Edit what one follower noted about one customer: only the fields named here are sent. The relation is "
            "read just before and just after; what somebody else changed meanwhile is not overwritten (exit code 4). "
            "Every write is in the record and can be undone: wecom-console audit undo ID."
        ),
        [
            click.Argument(["external_userid"], metavar="EXTERNAL_USERID"),
            click.Option(["--follower"], metavar="USERID", required=True, help=_("Whose remark.")),
            click.Option(["--remark"], metavar="TEXT", help=_('The remark; "" empties it. At most 20 characters.')),
            click.Option(["--description"], metavar="TEXT", help=_("The description; at most 150 characters.")),
            click.Option(["--company"], metavar="TEXT", help=_("The remark company, of WeChat customers only.")),
            click.Option(["--picture"], metavar="MEDIA_ID|FILE", help=_("A picture's media id, or a PNG or JPEG.")),
            click.Option(["--mobile-add"], metavar="N", multiple=True, help=_("Add a mobile; may be repeated.")),
            click.Option(["--mobile-remove"], metavar="N", multiple=True, help=_("Remove a mobile.")),
            click.Option(["--mobile-clear"], is_flag=True, help=_("Remove all mobiles that are there.")),
            click.Option(
                ["--reason"], metavar="TEXT", default="", help=_("Why, or a ticket's number, for the record.")
            ),
            click.Option(["--dry-run"], is_flag=True, help=_("Show what would be written, and write nothing.")),
            click.Option(["--yes"], is_flag=True, help=_("Write without asking.")),
        ],
        [
            "wecom-console remark wo.. --follower zhangwei --remark 李部长 --reason T-37",
            "wecom-console remark wo.. --follower zhangwei --mobile-remove 13912342280 --mobile-add 13912342208 --yes",
            "wecom-console remark wo.. --follower zhangwei --mobile-clear --dry-run --json",
        ],
    )


@click.pass_context
def _remark(
    context: click.Context,
    external_userid: str,
    follower: str,
    remark: str | None,
    description: str | None,
    company: str | None,
    picture: str | None,
    mobile_add: tuple[str, ...],
    mobile_remove: tuple[str, ...],
    mobile_clear: bool,
    reason: str,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> int:
    from console.operations.remark.edits import Options
    from console.operations.remark.values import RemarkField
    from console.wecom.ids import as_external_userid

    given = {RemarkField.REMARK: remark, RemarkField.DESCRIPTION: description, RemarkField.COMPANY: company}
    options = Options(
        texts={field: text for field, text in given.items() if text is not None},
        add=mobile_add,
        remove=mobile_remove,
        clear=mobile_clear,
        picture=_picture(picture),
        reason=reason,
    )
    whom = as_external_userid(external_userid)
    return asyncio.run(_edit(globals_of(context), whom, follower, options, dry_run=dry_run, yes=yes, as_json=as_json))


def _picture(given: str | None) -> Picture | None:
    """A file where there is one of that name, else a media id. Raises Refused, UnusableMedia."""
    if given is None:
        return None
    from console.operations.remark.edits import PictureMedia
    from console.operations.remark.pictures import picture_file

    path = Path(given).expanduser()
    if not path.exists() and path.suffix.lower() not in _PICTURE_NAMES:
        return PictureMedia(given)
    try:
        return picture_file(path)
    except OSError as failure:
        raise Refused(
            _("The picture {file} can't be read: {reason}").format(file=given, reason=system_words(failure)), code=USAGE
        ) from None


async def _edit(
    wanted: Globals, external_userid: str, follower: str, options: Options, *, dry_run: bool, yes: bool, as_json: bool
) -> int:
    from console.cli.writing import check_consent, finish_what_broke_off, write_plan
    from console.operations.remark.edits import edits_from_options
    from console.operations.remark.plan import make_plan

    async with opened(wanted) as session:
        if not dry_run:
            check_consent(session, wanted, yes=yes)
        client = await session.client()
        if not dry_run:
            await finish_what_broke_off(session, client)
        read = await _read(session, client, external_userid, follower)
        plan = make_plan(read.now, edits_from_options(read.now.values, options), others=read.others)
        if not dry_run:
            return await write_plan(session, wanted, plan, yes=yes, as_json=as_json)
        from console.cli.plan_print import print_plan
        from console.operations.remark.documents import plan_document
        from console.operations.remark.plan_words import problem_words

        if as_json:
            print_json(plan_document(plan))
        else:
            print_plan(plan, session.name_of)
        for problem in plan.problems:
            say(problem_words(problem))
        return FAILED if plan.problems else DONE


async def _read(session: Session, client: WeComClient, external_userid: str, follower: str) -> RelationRead:
    """The relation as it is now. Raises Refused where there is none, and the failure of a read."""
    from console.operations.remark.guard import RelationGone, read_relation
    from console.operations.remark.plan_words import in_a_row
    from console.operations.results import Failed

    read = await read_relation(client, session.records, external_userid, follower, session.profile.app_type)
    if isinstance(read, Failed):
        raise read.failure
    if isinstance(read, RelationGone):
        followers = [view.userid for view in read.detail.relations][: read.detail.active]
        raise Refused(
            _("{userid} does not have this customer: removed, handed over, or never was.").format(userid=follower),
            _("Followers now: {userids}").format(userids=in_a_row(followers) or "-"),
        )
    return read
