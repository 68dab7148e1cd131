"""`wecom-console audit`: the record of what was written to WeCom, and taking an entry back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.commands import Noun, Verb
from console.cli.ending import DONE, FAILED, USAGE, Refused, say
from console.cli.globals import Globals
from console.cli.opening import opened
from console.cli.options import globals_of
from console.cli.output import print_json, print_line, print_table
from console.language import _, ngettext, system_words

if TYPE_CHECKING:
    from console.session import Session
    from console.store.audit import AuditEntry, AuditQuery

AT_ONCE = 500


def command() -> click.Command:
    """The noun with its commands."""
    return Noun(
        "audit",
        _("The record: every write to WeCom with before and after; undo."),
        [
            Verb(
                "list",
                _list,
                _("What this profile wrote to WeCom, the newest first."),
                [
                    click.Option(["--search"], metavar="TEXT", default="", help=_("Only entries with this text.")),
                    click.Option(["--customer"], metavar="EXTERNAL_USERID", help=_("Only about this customer.")),
                    click.Option(["--follower"], metavar="USERID", help=_("Only this follower's remarks.")),
                ],
                ["wecom-console audit list", "wecom-console audit list --search T-37 --json"],
            ),
            Verb(
                "export",
                _export,
                _("All of it into a new file: .jsonl for programs, .csv for a spreadsheet. Numbers are whole."),
                [click.Argument(["file"], metavar="FILE", type=click.Path(path_type=Path))],
                ["wecom-console audit export record.csv"],
            ),
            Verb(
                "undo",
                _undo,
                _("Put back what one entry changed, as a write of its own; what others changed since stays."),
                [
                    click.Argument(["number"], metavar="ID", type=int),
                    click.Option(["--reason"], metavar="TEXT", default="", help=_("Why, for the record.")),
                    click.Option(["--yes"], is_flag=True, help=_("Write without asking.")),
                ],
                ["wecom-console audit undo 129"],
            ),
        ],
    )


@click.pass_context
def _list(context: click.Context, search: str, customer: str | None, follower: str | None, as_json: bool) -> int:
    from console.store.audit import AuditQuery

    return asyncio.run(_print_entries(globals_of(context), AuditQuery(search, customer, follower), as_json=as_json))


@click.pass_context
def _export(context: click.Context, file: Path, as_json: bool) -> int:
    return asyncio.run(_write_file(globals_of(context), file, as_json=as_json))


@click.pass_context
def _undo(context: click.Context, number: int, reason: str, yes: bool, as_json: bool) -> int:
    return asyncio.run(_take_back(globals_of(context), number, reason, yes=yes, as_json=as_json))


async def _print_entries(wanted: Globals, query: AuditQuery, *, as_json: bool) -> int:
    from console.operations.remark.documents import entry_document

    async with opened(wanted) as session:
        await _finish_what_broke_off(session)
        audit = session.records.audit
        ids = audit.select(query)
        rows: list[list[str]] = []
        for start in range(0, len(ids), AT_ONCE):
            for entry in audit.window(ids[start : start + AT_ONCE]):
                if as_json:
                    print_json(entry_document(entry))
                else:
                    rows.append(_row(session, entry))
        if rows:
            heads = [_("no."), _("time"), _("operator"), _("follower"), _("customer"), _("changes"), _("outcome")]
            print_table(heads, rows, right=(0,))
        if not ids:
            say(_("Nothing in the record.") if query.contains else _("Nothing was written with this profile yet."))
    return DONE


def _row(session: Session, entry: AuditEntry) -> list[str]:
    from console.operations.remark.outcome_words import stored_verdict_words
    from console.operations.remark.plan_words import side_by_side
    from console.operations.remark.reply import entry_changes
    from console.operations.wording import time_words

    zone = session.zone or datetime.now().astimezone().tzinfo or UTC
    return [
        str(entry.id),
        time_words(entry.at, zone, session.clock()),
        entry.draft.operator,
        session.name_of(entry.draft.userid) or entry.draft.userid,
        entry.draft.customer_name or entry.draft.external_userid,
        side_by_side(entry_changes(entry)),
        stored_verdict_words(entry.outcome),
    ]


async def _write_file(wanted: Globals, file: Path, *, as_json: bool) -> int:
    from console.operations.export_file import Form, export_now
    from console.operations.remark.audit_export import exporting_entries
    from console.store.audit import AuditQuery

    form = Form.of(file)
    if form is None:
        raise Refused(_("The file's name ends in .csv, .xlsx or .jsonl."), code=USAGE)
    async with opened(wanted) as session:
        await _finish_what_broke_off(session)
        audit = session.records.audit
        try:
            n = export_now(exporting_entries(audit, audit.select(AuditQuery()), file, form, session.zone))
        except OSError as failure:
            raise Refused(
                _("{file} was not written: {reason}").format(file=str(file), reason=system_words(failure))
            ) from None
    if as_json:
        print_json({"file": str(file), "entries": n})
    else:
        print_line(ngettext("{n} entry in {file}.", "{n} entries in {file}.", n).format(n=n, file=str(file)))
    return DONE


async def _take_back(wanted: Globals, number: int, reason: str, *, yes: bool, as_json: bool) -> int:
    from console.cli.writing import check_consent, finish_what_broke_off, write_plan
    from console.operations.remark.outcome_words import cannot_undo_words
    from console.operations.remark.undo import CannotUndo, undo_plan

    async with opened(wanted) as session:
        check_consent(session, wanted, yes=yes)
        entry = session.records.audit.one(number)
        if entry is None:
            raise Refused(_("This profile's record has no #{number}.").format(number=number))
        if entry.outcome is None:
            await finish_what_broke_off(session, await session.client())
            entry = session.records.audit.one(number) or entry
        plan = undo_plan(session.records, entry, reason=reason)
        if isinstance(plan, CannotUndo):
            say(cannot_undo_words(plan))
            return FAILED
        return await write_plan(session, wanted, plan, yes=yes, as_json=as_json, undo_of=number)


async def _finish_what_broke_off(session: Session) -> None:
    """As far as WeCom can be asked; the record can be read without it."""
    from console.operations.remark.recover import left_behind

    if not left_behind(session.records):
        return
    from console.cli.writing import finish_what_broke_off
    from console.session import CANNOT_OPEN

    try:
        client = await session.client()
    except CANNOT_OPEN:
        return
    await finish_what_broke_off(session, client)
