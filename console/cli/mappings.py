"""`wecom-console mappings`: what unionids mean, as it was learned so far."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from console.cli.commands import Noun, Verb
from console.cli.ending import DONE, say
from console.cli.globals import Globals
from console.cli.opening import opened
from console.cli.options import globals_of
from console.cli.output import print_json, print_table
from console.language import _

if TYPE_CHECKING:
    from console.session import Session
    from console.store.mappings import IdMapping

AT_ONCE = 500


def command() -> click.Command:
    """The noun with its commands."""
    return Noun(
        "mappings",
        _("What unionids mean: customers, and pending IDs with their end."),
        [
            Verb(
                "list",
                _list,
                _("What this profile knows, newest first: by conversion, by reading, or because somebody was added."),
                [
                    click.Option(
                        ["--search"],
                        metavar="TEXT",
                        default="",
                        help=_("Only those with this text in an ID or in what is known of the customer."),
                    )
                ],
                ["wecom-console mappings list", "wecom-console mappings list --search oLx7 --json"],
            )
        ],
    )


@click.pass_context
def _list(context: click.Context, search: str, as_json: bool) -> int:
    return asyncio.run(_print_mappings(globals_of(context), search, as_json=as_json))


async def _print_mappings(wanted: Globals, search: str, *, as_json: bool) -> int:
    from console.operations.convert.documents import mapping_document

    async with opened(wanted) as session:
        mappings = session.records.mappings
        ids = await mappings.select(search)
        rows: list[list[str]] = []
        for start in range(0, len(ids), AT_ONCE):
            for mapping in mappings.window(ids[start : start + AT_ONCE]):
                if as_json:
                    print_json(mapping_document(mapping, session.clock()))
                else:
                    rows.append(_row(session, mapping))
        if rows:
            heads = [_("time"), _("unionid"), _("result"), _("customer / pending ID"), _("from"), _("good for")]
            print_table(heads, rows)
        if not ids:
            say(_("No mapping has {text} in it.").format(text=search) if search else _("No unionid is known yet."))
        _say_quota(session)
    return DONE


def _row(session: Session, mapping: IdMapping) -> list[str]:
    from console.operations.convert.words import customer_words, left_words, source_words, state_words
    from console.operations.wording import time_words

    now = session.clock()
    return [
        time_words(mapping.learned_at, session.zone, now),
        mapping.unionid,
        state_words(mapping, now),
        customer_words(mapping, masked=False) if mapping.external_userid else str(mapping.pending_id),
        source_words(mapping.source),
        left_words(mapping, now),
    ]


def _say_quota(session: Session) -> None:
    """What is left of the quota, for the kinds of app that have one."""
    from console.operations.convert.conversion import may_convert
    from console.operations.convert.words import quota_words
    from console.wecom.ids import SubjectType

    if may_convert(session.profile.app_type):
        say(quota_words(session.records.quota.left(SubjectType.CORP)))
