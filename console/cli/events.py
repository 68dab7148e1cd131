"""`wecom-console events`: what came in at the callback address, and signed samples for any receiver."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

import click

from console.cli.commands import Noun, Verb
from console.cli.ending import DONE, Refused, say
from console.cli.event_senders import replay_verb, trigger_verb
from console.cli.globals import Globals
from console.cli.opening import opened
from console.cli.options import globals_of
from console.cli.output import print_json, print_line, print_table
from console.language import _

if TYPE_CHECKING:
    from console.session import Session
    from console.store.event_query import EventQuery
    from console.store.event_rows import FeedRow

AT_ONCE = 500
LOOK_EVERY = 0.3
"""Seconds between looks for what another process has received."""


def command() -> click.Command:
    """The noun with its commands."""
    return Noun(
        "events",
        _("Callbacks: what came, as it comes; again; and samples for any receiver."),
        [
            Verb(
                "list",
                _list,
                _("What came, the newest first: events, requests that were refused, times in which nobody listened."),
                [
                    click.Option(
                        ["--search"],
                        metavar="TEXT",
                        default="",
                        help=_("Only rows with this text; type:, follower: and customer: say where."),
                    ),
                    click.Option(["--customer"], metavar="EXTERNAL_USERID", help=_("Only about this customer.")),
                    click.Option(["--follower"], metavar="USERID", help=_("Only about this follower's customers.")),
                    click.Option(
                        ["--limit"],
                        type=click.IntRange(min=1),
                        default=AT_ONCE,
                        show_default=True,
                        help=_("At most so many."),
                    ),
                ],
                ["wecom-console events list", 'wecom-console events list --search "type:edit" --json'],
            ),
            Verb(
                "show",
                _show,
                _("One row in full: what it says, what was done, and the message as it came."),
                [click.Argument(["number"], metavar="ID", type=int)],
                ["wecom-console events show 391"],
            ),
            Verb(
                "follow",
                _follow,
                _("What comes, as it comes, whichever process receives it, until Ctrl+C."),
                [click.Option(["--after"], metavar="ID", type=int, help=_("Begin with what came after this row."))],
                ["wecom-console events follow --json"],
            ),
            replay_verb(),
            trigger_verb(),
        ],
    )


@click.pass_context
def _list(
    context: click.Context, search: str, customer: str | None, follower: str | None, limit: int, as_json: bool
) -> int:
    return asyncio.run(_print_rows(globals_of(context), search, customer, follower, limit, as_json=as_json))


@click.pass_context
def _show(context: click.Context, number: int, as_json: bool) -> int:
    return asyncio.run(_print_one(globals_of(context), number, as_json=as_json))


@click.pass_context
def _follow(context: click.Context, after: int | None, as_json: bool) -> int:
    return asyncio.run(_print_as_it_comes(globals_of(context), after, as_json=as_json))


async def _print_rows(
    wanted: Globals, search: str, customer: str | None, follower: str | None, limit: int, *, as_json: bool
) -> int:
    from dataclasses import replace

    from console.operations.event_export import event_document
    from console.operations.event_filter import understand_event_filter

    async with opened(wanted) as session:
        query = understand_event_filter(search, session.all_names())
        query = replace(query, customer=customer or query.customer, follower=follower or query.follower)
        ids = (await session.records.events.select(query))[:limit]
        rows: list[list[str]] = []
        for start in range(0, len(ids), AT_ONCE):
            for row in session.records.events.window(ids[start : start + AT_ONCE]):
                if as_json:
                    print_json(event_document(row))
                else:
                    rows.append(_cells(session, row))
        if rows:
            heads = [_("no."), _("time"), _("type"), _("follower"), _("customer"), _("what happened"), _("effect")]
            print_table(heads, rows, right=(0,))
        if not ids:
            _say_why_none(session, query)
    return DONE


def _cells(session: Session, row: FeedRow) -> list[str]:
    from console.operations.event_export import event_cells

    cells = event_cells(row, session.records, session.name_of, _zone(session))
    return [str(row.id), *cells[:6]]


def _say_why_none(session: Session, query: EventQuery) -> None:
    from console.store.event_query import EventQuery

    if query != EventQuery():
        say(_("Nothing in the feed is like that."))
        return
    receiving = session.records.receivers.state()
    if receiving.listening:
        say(_("Nothing has come yet; somebody listens at {address}.").format(address=receiving.listening[0].address))
    else:
        say(_("Nothing has come, and nobody listens here. To receive: wecom-console receive"))


async def _print_one(wanted: Globals, number: int, *, as_json: bool) -> int:
    from console.operations.event_export import event_document
    from console.operations.event_report import event_report, raw_document

    async with opened(wanted) as session:
        row = session.records.events.row(number)
        if row is None:
            raise Refused(_("This profile's feed has no row {number}.").format(number=number))
        stored = session.records.events.request(number)
        if as_json:
            print_json(event_document(row) | raw_document(row, stored))
        else:
            for line in event_report(
                row, stored, session.records, session.name_of, session.profile.app_type, _zone(session)
            ):
                print_line(line)
    return DONE


async def _print_as_it_comes(wanted: Globals, after: int | None, *, as_json: bool) -> int:
    from console.operations.event_export import event_document
    from console.store.event_query import EventQuery

    async with opened(wanted) as session:
        events = session.records.events
        if after is None:
            newest = await events.select(EventQuery())
            after = newest[0] if newest else 0
        if sys.stderr.isatty():
            say(_("Waiting for events; Ctrl+C ends it."))
        version = -1
        while True:
            if (now := events.version) != version:
                version = now
                came = events.select_now(EventQuery(after=after))
                for row in reversed(events.window(came)):
                    if as_json:
                        print_json(event_document(row))
                    else:
                        print_line("  ".join(_cells(session, row)))
                sys.stdout.flush()
                after = came[0] if came else after
            await asyncio.sleep(LOOK_EVERY)


def _zone(session: Session) -> tzinfo:
    return session.zone or datetime.now().astimezone().tzinfo or UTC
