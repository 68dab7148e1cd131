"""`wecom-console export`: the customers that the store knows, as a file."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from console.cli.commands import Verb
from console.cli.ending import DONE, USAGE, Refused, say
from console.cli.globals import Globals
from console.cli.opening import opened
from console.cli.options import globals_of
from console.cli.output import print_json, print_line
from console.language import _, ngettext, system_words

_TOLD_EVERY = 5000  # rows


def command() -> click.Command:
    """The one command."""
    return Verb(
        "export",
        _export,
        _(
            "Write the customers that the store knows into a new file: .csv or .xlsx for a spreadsheet, .jsonl for "
            "programs. It is there when it is whole, for you alone to read, and no cell of it is taken for a formula."
        ),
        [
            click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE"),
            click.Option(["--search"], metavar="TEXT", default="", help=_("Only those that have this in them.")),
            click.Option(["--follower"], metavar="USERID", help=_("Only this follower's.")),
            click.Option(["--mask"], is_flag=True, help=_("Hide the middle of phone numbers and unionids.")),
            click.Option(["--force"], is_flag=True, help=_("Replace a file that is there.")),
        ],
        [
            "wecom-console export customers.csv",
            "wecom-console export vip.xlsx --search tag:VIP --mask",
            "wecom-console export gone.jsonl --search gone:yes",
        ],
    )


@click.pass_context
def _export(
    context: click.Context, file: Path, search: str, follower: str | None, mask: bool, force: bool, as_json: bool
) -> int:
    return asyncio.run(_write(globals_of(context), file, search, follower, masked=mask, replace=force, as_json=as_json))


async def _write(
    wanted: Globals, file: Path, search: str, follower: str | None, *, masked: bool, replace: bool, as_json: bool
) -> int:
    from console.operations.customer_export import exporting_customers
    from console.operations.export_file import Form, TooManyRows
    from console.operations.search_words import wrong_field_words
    from console.store.relations import RelationQuery

    form = Form.of(file)
    if form is None:
        raise Refused(_("The file's name ends in .csv, .xlsx or .jsonl."), code=USAGE)
    async with opened(wanted) as session:
        if wrong := wrong_field_words(search):
            say(wrong)
        ids = await session.records.relations.select(RelationQuery(follower, search))
        steps = exporting_customers(
            session.records, session.name_of, ids, file, form, zone=session.zone, masked=masked, replace=replace
        )
        n = 0
        try:
            for n in steps:
                if sys.stderr.isatty() and n % _TOLD_EVERY == 0:
                    say(_("{n} of {total} ..").format(n=f"{n:,}", total=f"{len(ids):,}"))
        except FileExistsError:
            raise Refused(
                _("{file} is there already.").format(file=str(file)), _("Another name, or --force to replace it.")
            ) from None
        except OSError as failure:
            reason = system_words(failure)
            raise Refused(_("{file} was not written: {reason}").format(file=str(file), reason=reason)) from None
        except TooManyRows as full:
            raise Refused(
                _("A sheet has room for {n} rows.").format(n=f"{full.most:,}"), _("Take .csv or .jsonl instead.")
            ) from None
        finally:
            steps.close()
    if as_json:
        print_json({"file": str(file), "relations": n})
    else:
        print_line(ngettext("{n} relation in {file}.", "{n} relations in {file}.", n).format(n=n, file=str(file)))
    return DONE
