"""`wecom-console contacts`: everybody the company has served, customers or not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from console.cli.commands import Noun, Verb
from console.cli.ending import DONE, FAILED, USAGE, Refused, say
from console.cli.globals import Globals
from console.cli.opening import opened
from console.cli.options import globals_of
from console.cli.output import print_json, print_table
from console.language import _
from console.settings import CONTACTS_PATHS

if TYPE_CHECKING:
    from console.wecom.client import WeComClient

AT_ONCE = 500


def command() -> click.Command:
    """The noun with its command."""
    return Noun(
        "contacts",
        _("Served contacts: everybody the company has served, customers or not."),
        [
            Verb(
                "list",
                _list,
                _("Served contacts, read from WeCom now. WeCom gives them to self-built apps only."),
                [click.Option(["--follower"], metavar="USERID", help=_("Only those whom this follower serves."))],
                ["wecom-console contacts list --follower zhangwei", "wecom-console contacts list --json"],
            )
        ],
    )


@click.pass_context
def _list(context: click.Context, follower: str | None, as_json: bool) -> int:
    return asyncio.run(_read(globals_of(context), follower, as_json))


async def _read(wanted: Globals, follower: str | None, as_json: bool) -> int:
    from console.operations.contacts import read_contacts
    from console.operations.results import Empty, EmptyReason, Failed

    async with opened(wanted) as session:
        if session.profile.contacts_path == CONTACTS_PATHS["guide"] and follower is None:
            raise Refused(_("The guide's path for served contacts needs a follower: --follower USERID"), code=USAGE)
        client = await session.client()
        async for result in read_contacts(client, session.records, session.profile, follower):
            if isinstance(result, Failed):
                raise result.failure
            if isinstance(result, Empty) and result.reason is EmptyReason.NOT_GIVEN:
                say(_("Served contacts are not given to this kind of app, only to self-built ones."))
                return FAILED
        ids = session.records.contacts.select(follower)
        rows = [
            row
            for start in range(0, len(ids), AT_ONCE)
            for row in session.records.contacts.window(ids[start : start + AT_ONCE])
        ]
        if as_json:
            for row in rows:
                print_json(row.document)
        elif rows:
            print_table(
                [_("name"), _("customer"), _("follower"), _("group chat"), _("customer ID")],
                [
                    [
                        row.customer_name or row.name or "",
                        _("yes") if row.is_customer else _("no"),
                        row.userid or "",
                        row.chat_name or "",
                        row.external_userid or "",
                    ]
                    for row in rows
                ],
            )
        if not rows:
            if follower is not None:
                await _refuse_unknown(client, follower)
            say(_("There are no served contacts."))
    return DONE


async def _refuse_unknown(client: WeComClient, follower: str) -> None:
    """Raises Refused for somebody who is no follower: having served nobody is another thing."""
    if follower.casefold() not in {userid.casefold() for userid in await client.follow_users()}:
        raise Refused(_("There is no follower {userid} that this app may see.").format(userid=follower))
