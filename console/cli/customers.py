"""`wecom-console customers`: lists of relations, and one customer in full."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from console.cli.commands import Noun, Verb
from console.cli.ending import DONE, FAILED, TEMPORARY, say, say_failure
from console.cli.globals import Globals
from console.cli.opening import opened
from console.cli.options import globals_of
from console.cli.output import print_json, print_line, print_pairs, print_table
from console.language import _, labelled, listed, ngettext

if TYPE_CHECKING:
    from console.operations.browse import CustomersRead
    from console.operations.detail import Detail
    from console.operations.fields import Field
    from console.session import Session

AT_ONCE = 500


def command() -> click.Command:
    """The noun with its commands."""
    return Noun(
        "customers",
        _("Customers: lists, and one in full."),
        [
            Verb(
                "list",
                _list,
                _(
                    "The customers of one follower, read from WeCom now; without --follower, those of everybody that "
                    "the store knows. A list that is not complete says so and ends with 3 (try again) or 1."
                ),
                [
                    click.Option(["--follower"], metavar="USERID", help=_("Whose customers.")),
                    click.Option(
                        ["--search"],
                        metavar="TEXT",
                        default="",
                        help=_("Only those with this text in a name, remark, phone, company, tag or ID."),
                    ),
                ],
                [
                    "wecom-console customers list --follower zhangwei",
                    "wecom-console customers list --search 138 --json",
                ],
            ),
            Verb(
                "show",
                _show,
                _("One customer with all followers, read from WeCom now."),
                [click.Argument(["external_userid"], metavar="EXTERNAL_USERID")],
                ["wecom-console customers show woAJ2GCAAAXtWyujaWJHDDGi0mACHAAA --json"],
            ),
        ],
    )


@click.pass_context
def _list(context: click.Context, follower: str | None, search: str, as_json: bool) -> int:
    return asyncio.run(_read_list(globals_of(context), follower, search, as_json))


@click.pass_context
def _show(context: click.Context, external_userid: str, as_json: bool) -> int:
    from console.wecom.ids import as_external_userid

    return asyncio.run(_read_one(globals_of(context), as_external_userid(external_userid), as_json))


async def _read_list(wanted: Globals, follower: str | None, search: str, as_json: bool) -> int:
    from console.store.query import RelationQuery

    code = DONE
    async with opened(wanted) as session:
        if follower is not None:
            code = await _read_relations(session, follower)
        ids = await session.records.relations.select(RelationQuery(follower=follower, contains=search))
        if as_json:
            for start in range(0, len(ids), AT_ONCE):
                _print_documents(session, ids[start : start + AT_ONCE])
        else:
            _print_rows(session, ids)
        from console.operations.search_words import wrong_field_words

        if wrong := wrong_field_words(search):
            say(wrong)
        if not ids and code == DONE:
            _say_why_none(search, follower)
    return code


async def _read_relations(session: Session, follower: str) -> int:
    """Read a follower's customers into the store; the exit code. Raises the failure of a read that gave nothing."""
    from console.operations.browse import read_customers
    from console.operations.results import Failed, Partial, Reading

    result: Reading | CustomersRead | None = None
    async for result in read_customers(await session.client(), session.records, follower):
        if isinstance(result, Reading) and sys.stderr.isatty():
            say(_("Read {read} of {total} ..").format(read=result.read, total=result.total))
    if isinstance(result, Failed):
        raise result.failure
    if isinstance(result, Partial):
        return _say_partial(result.missing.count, result.missing.userids, result.missing.failure)
    return DONE


def _say_partial(count: int, userids: Sequence[str], failure: Exception | None) -> int:
    say(
        ngettext(
            "Not complete: {n} customer is known by ID only.",
            "Not complete: {n} customers are known by ID only.",
            count,
        ).format(n=count)
    )
    if userids:
        say(_("Without a licence for this: {userids}").format(userids=listed(userids)))
    if failure is None:
        return FAILED
    return TEMPORARY if say_failure(failure) == TEMPORARY else FAILED


def _say_why_none(search: str, follower: str | None) -> None:
    if search:
        say(_("Nobody has {text} in it.").format(text=search))
    elif follower is not None:
        say(_("{userid} has no customers (84061, or an empty list).").format(userid=follower))
    else:
        say(
            _("The store knows no customers yet. Read some: {command}").format(
                command="wecom-console customers list --follower USERID"
            )
        )


def _print_documents(session: Session, ids: Sequence[int]) -> None:
    """Relations in the shape of C3: `external_contact` and the follower's `follow_info`."""
    from console.operations.customer_export import relation_document

    relations = session.records.relations
    documents = relations.documents(ids)
    for row in relations.window(ids):
        print_json(relation_document(row, documents.get(row.id)))


def _print_rows(session: Session, ids: Sequence[int]) -> None:
    rows = [
        [
            row.remark or "-" if row.remark is not None else "",
            row.name or "-" if row.name is not None else "",
            ", ".join(row.mobiles),
            row.company or row.corp_name or "",
            row.userid,
            row.external_userid,
        ]
        for start in range(0, len(ids), AT_ONCE)
        for row in session.records.relations.window(ids[start : start + AT_ONCE])
    ]
    if rows:
        heads = [_("remark"), _("name"), _("mobiles"), _("company"), _("follower"), _("customer ID")]
        print_table(heads, rows)


async def _read_one(wanted: Globals, external_userid: str, as_json: bool) -> int:
    from console.operations.detail import detail_document, read_detail
    from console.operations.results import Failed, Loaded
    from console.wecom.ids import ExternalUserId

    code = DONE
    async with opened(wanted) as session:
        client = await session.client()
        shown = False
        async for result in read_detail(client, session.records, ExternalUserId(external_userid)):
            if isinstance(result, Failed):
                if not shown:
                    raise result.failure
                code = say_failure(result.failure)
            elif isinstance(result, Loaded):
                shown = True
                if as_json:
                    print_json(detail_document(result.value))
                else:
                    _print_detail(session, result.value)
    return code


def _print_detail(session: Session, detail: Detail) -> None:
    from console.operations.fields import contact_fields, relation_fields
    from console.operations.wording import time_words
    from console.store.relations import RelationState

    app_type, now = session.profile.app_type, time.time()
    zone = session.zone or datetime.now().astimezone().tzinfo or UTC

    def person(userid: str) -> str:
        return f"{session.name_of(userid)} {userid}".strip()

    def at(seconds: float) -> str:
        return time_words(seconds, zone, now)

    def tag_name(tag_id: str) -> tuple[int, str] | None:
        found = session.records.tags.name_of(tag_id)
        return (found.kind, f"{found.group}/{found.name}") if found else None

    def print_fields(fields: Sequence[Field]) -> None:
        print_pairs([(field.label, line) for field in fields for line in field.shown(masked=False)])

    print_fields(contact_fields(detail.contact, app_type))
    for view in detail.relations:
        gone = f"  {_('gone')}" if view.state is RelationState.GONE else ""
        print_line("")
        print_line(labelled(_("follower"), f"{person(view.userid)}{gone}"))
        print_fields(
            relation_fields(
                view, app_type, customer_type=detail.contact.type, person=person, time=at, tag_name=tag_name
            )
        )
    say(
        ngettext(
            "{n} follower on {pages} pages, read {time}.", "{n} followers on {pages} pages, read {time}.", detail.active
        ).format(n=detail.active, pages=detail.pages, time=at(detail.read_at))
    )
