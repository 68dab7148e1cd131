"""`wecom-console store`: what is kept on this computer, and taking it out."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import click

from console.cli.asking import can_ask
from console.cli.commands import Noun, Verb
from console.cli.durations import Duration
from console.cli.ending import DONE, FAILED, USAGE, Refused, say
from console.cli.globals import Globals
from console.cli.opening import settings_for
from console.cli.options import globals_of
from console.cli.output import print_json, print_line, print_table
from console.cli.questions import agrees, typed_line
from console.language import _, ngettext
from console.settings import Home

if TYPE_CHECKING:
    from console.store import Store
    from console.store.housekeeping import Usage, What

KINDS = ("events", "gone", "customers", "all")


def command() -> click.Command:
    """The noun with its commands."""
    return Noun(
        "store",
        _("What is kept on this computer: info, purge."),
        [
            Verb("info", _info, _("What is kept of each profile, where, and how large it is."), examples=_EXAMPLES[:1]),
            Verb(
                "purge",
                _purge,
                _(
                    "Take out what is no longer wanted: events; gone relations; customers (all that is known of "
                    "them); or all of a profile, its record of writes included, also of one that was removed. It "
                    "cannot be undone; what WeCom has stays there."
                ),
                [
                    click.Argument(["what"], type=click.Choice(KINDS), metavar="|".join(KINDS)),
                    click.Option(
                        ["--older-than"], type=Duration(), metavar="TIME", help=_("Only what is older, such as 90d.")
                    ),
                    click.Option(["--yes"], is_flag=True, help=_("Do not ask.")),
                ],
                _EXAMPLES[1:],
            ),
        ],
        _EXAMPLES,
    )


_EXAMPLES = [
    "wecom-console store info",
    "wecom-console store purge events --older-than 90d",
    "wecom-console store purge all --profile acme",
]


@click.pass_context
def _info(context: click.Context, as_json: bool) -> int:
    store = _opened()
    try:
        used = store.housekeeping.usage()
        file = store.path
        files = [file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))]
        size = sum(one.stat().st_size for one in files if one.exists())
        mode = f"{file.stat().st_mode & 0o777:03o}"
    finally:
        store.close()
    kept = set(settings_for(Home.locate(), globals_of(context)).profiles)
    if as_json:
        profiles = [_document(one, kept) for one in used]
        print_json({"file": str(file), "bytes": size, "mode": mode, "profiles": profiles})
        return DONE
    print_line(_("{file}, {size} MB, mode {mode}").format(file=str(file), size=f"{size / 1e6:,.1f}", mode=mode))
    if used:
        heads = [
            _("profile"),
            _("followers"),
            _("relations"),
            _("disappeared"),
            _("events"),
            _("writes"),
            _("mappings"),
            "",
        ]
        print_table(heads, [_row(one, kept) for one in used], right=range(1, 7))
    return DONE


def _row(one: Usage, kept: set[str]) -> list[str]:
    numbers = (one.followers, one.relations, one.gone, one.events, one.writes, one.mappings)
    return [one.name, *(f"{n:,}" for n in numbers), "" if one.name in kept else _("no longer in the settings")]


def _document(one: Usage, kept: set[str]) -> dict[str, object]:
    return {
        "profile": one.name,
        "corp_id": one.corp_id,
        "app_type": one.app_type,
        "in_settings": one.name in kept,
        "followers": one.followers,
        "relations": one.relations,
        "gone": one.gone,
        "details": one.details,
        "events": one.events,
        "oldest_event": one.oldest_event,
        "writes": one.writes,
        "welcomes": one.welcomes,
        "mappings": one.mappings,
    }


@click.pass_context
def _purge(context: click.Context, what: str, older_than: float | None, yes: bool, as_json: bool) -> int:
    from console.store.housekeeping import What

    kind = What(what)
    if older_than is not None and kind not in (What.EVENTS, What.GONE):
        raise Refused(_("--older-than goes with events and gone."), code=USAGE)
    return asyncio.run(_take_out(globals_of(context), kind, older_than, yes=yes, as_json=as_json))


async def _take_out(wanted: Globals, what: What, older_than: float | None, *, yes: bool, as_json: bool) -> int:
    from console.store.errors import StoreLocked
    from console.store.housekeeping import What, shrink

    store = _opened()
    try:
        chosen = _chosen(store, wanted)
        if what is What.ALL and any(one.unfinished_writes for one in chosen):
            say(_("A write has an outcome that is not known yet; it is in the record alone: wecom-console audit list"))
        if not _agreed(chosen, what, yes=yes):
            say(_("Nothing was taken out."))
            return FAILED
        before = time.time() - (older_than or 0.0)
        taken = sum([await store.housekeeping.purge(one.profile_id, what, before) for one in chosen])
        path = store.path
    finally:
        store.close()
    try:
        shrink(path)
    except StoreLocked:
        say(_("Another console has the store open: its file gets smaller when that has ended and this is done again."))
    if as_json:
        print_json({"profiles": [one.name for one in chosen], "what": what.value, "rows": taken})
    else:
        print_line(ngettext("{n} row taken out.", "{n} rows taken out.", taken).format(n=f"{taken:,}"))
    return DONE


def _chosen(store: Store, wanted: Globals) -> list[Usage]:
    """All that the store has under the profile's name, whatever corp or kind of app it was. Raises Refused."""
    from console.cli.opening import chosen_profile

    used = store.housekeeping.usage()
    name = wanted.profile or chosen_profile(settings_for(Home.locate(), wanted), wanted).name
    chosen = [one for one in used if one.name == name]
    if not chosen:
        names = ", ".join(dict.fromkeys(one.name for one in used)) or "-"
        raise Refused(
            _("Nothing is kept of a profile {name}.").format(name=name),
            _("The store knows: {names}").format(names=names),
            USAGE,
        )
    return chosen


def _agreed(chosen: list[Usage], what: What, *, yes: bool) -> bool:
    from console.store.housekeeping import What

    name = chosen[0].name
    if yes:
        return True
    if not can_ask():
        raise Refused(_("Nobody can be asked here."), _("Say --yes if it is meant."), USAGE)
    words = {
        What.EVENTS: _("Take the events of {name} out of the store?"),
        What.GONE: _("Take the gone relations of {name} out of the store? Their remarks exist nowhere else."),
        What.CUSTOMERS: _("Take all customers of {name} out of the store? Gone ones exist nowhere else."),
        What.ALL: _("Everything of {name} is taken out, its record of writes included. Type the profile's name: "),
    }[what].format(name=name)
    return typed_line(words) == name if what is What.ALL else agrees(words)


def _opened() -> Store:
    from console.store import Store

    return Store.open(Home.locate().store_file)
