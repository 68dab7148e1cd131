"""`wecom-console followers`: who has customers, and how many."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from console.cli.commands import Verb
from console.cli.ending import DONE, say, say_failure
from console.cli.globals import Globals
from console.cli.opening import opened
from console.cli.options import globals_of
from console.cli.output import print_json, print_table
from console.language import _, ngettext

if TYPE_CHECKING:
    from console.store.followers import FollowerRow


def command() -> click.Command:
    """The one command."""
    return Verb(
        "followers",
        _followers,
        _(
            "Followers that this app may see, with the number of their customers, read from WeCom now. A number that "
            "cannot be read is null, or ? in the table, and stderr says why."
        ),
        examples=["wecom-console followers", "wecom-console followers --json | head"],
    )


@click.pass_context
def _followers(context: click.Context, as_json: bool) -> int:
    return asyncio.run(_read(globals_of(context), as_json))


async def _read(wanted: Globals, as_json: bool) -> int:
    from console.operations.browse import read_counts, read_followers
    from console.operations.names import learn_names
    from console.operations.results import Empty, Failed
    from console.store.followers import CountState
    from console.wecom.errors import WeComFailure

    code = DONE
    async with opened(wanted) as session:
        client = await session.client()
        result = await read_followers(client, session.records)
        if isinstance(result, Failed):
            raise result.failure
        if isinstance(result, Empty):
            say(_("This app sees no followers: 使用范围 of 客户联系 is empty, or nobody there is visible to it."))
            return DONE
        userids = [row.userid for row in session.records.followers.rows()]
        try:
            async for _userid in read_counts(client, session.records, userids):
                pass
        except WeComFailure as failure:
            code = say_failure(failure)
        rows = session.records.followers.rows()
        known = {row.userid: row.count for row in rows if row.count_state in (CountState.KNOWN, CountState.NONE)}
        if as_json:
            for row in rows:
                print_json({"userid": row.userid, "customers": known.get(row.userid)})
        else:
            unnamed = [row.userid for row in rows if not session.name_of(row.userid)]
            async for _named in learn_names(client, session.records, unnamed):
                pass
            session.forget_names()
            shown = [[session.name_of(r.userid), r.userid, _number(known.get(r.userid))] for r in rows]
            print_table([_("name"), _("account"), _("customers")], shown, right=[2])
        unread = [row for row in rows if row.userid not in known]
        if unread:
            _say_unread(unread)
    return code


def _say_unread(rows: Sequence[FollowerRow]) -> None:
    from console.operations.explain import explain
    from console.wecom.errors import WeComError

    n = len(rows)
    say(ngettext("{n} number could not be read:", "{n} numbers could not be read:", n).format(n=n))
    whys = {row.errcode: [one.userid for one in rows if one.errcode == row.errcode] for row in rows}
    for errcode, userids in whys.items():
        why = _("not read") if errcode is None else explain(WeComError(errcode)).what
        say(f"  {', '.join(userids)}: {why}")


def _number(count: int | None) -> str:
    return "?" if count is None else f"{count:,}"
