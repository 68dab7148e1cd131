"""The command line's table of contents."""

from __future__ import annotations

import click

from console import __version__
from console.cli.commands import Nouns, Root
from console.cli.options import globals_of
from console.language import N_, _

NOUNS: Nouns = {
    "demo": ("console.cli.demo", N_("The app on an invented company; nothing to set up.")),
    "sandbox": ("console.cli.sandbox", N_("A WeCom on this machine for tests and other programs.")),
    "profile": ("console.cli.profile", N_("Companies and apps to work with: add, list, show, use, remove.")),
    "secret": ("console.cli.secret", N_("Secrets in the OS keyring: set, check, remove.")),
    "doctor": ("console.cli.doctor", N_("Check this computer, a profile and WeCom; say what to do.")),
    "followers": ("console.cli.followers", N_("Staff members with customers, and how many each has.")),
    "customers": ("console.cli.customers", N_("Customers of a follower or of all, and one in full.")),
    "contacts": ("console.cli.contacts", N_("Served contacts: everybody the company has served.")),
    "export": ("console.cli.export", N_("The known customers as .csv, .xlsx or .jsonl.")),
    "sync": ("console.cli.sync", N_("All customers of all followers into the store.")),
    "store": ("console.cli.store", N_("What is kept on this computer: info, purge.")),
    "remark": ("console.cli.remark", N_("Edit a follower's remark; only what is named is sent.")),
    "audit": ("console.cli.audit", N_("The record of writes to WeCom: list, export, undo.")),
    "receive": ("console.cli.receive", N_("Receive WeCom's callbacks, without a screen.")),
    "events": ("console.cli.events", N_("Callbacks: list, show, follow, replay, and send samples.")),
    "convert": ("console.cli.convert", N_("What a mini program user's unionid means: a customer, or not yet.")),
    "mappings": ("console.cli.mappings", N_("What unionids mean, as far as it is known.")),
}


def root_command() -> Root:
    """The whole command line, in the language of now."""
    version = click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_print_version,
        help=_("Show the version and exit."),
    )
    return Root(
        NOUNS,
        _app,
        _("A terminal console for a company's WeCom customers. Without a command: the app."),
        [version],
        [
            "wecom-console demo",
            "wecom-console profile add acme --corp-id ww1234567890abcdef",
            "wecom-console customers list --follower zhangwei --json",
        ],
    )


def _print_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"wecom-console {__version__}")
        context.exit()


@click.pass_context
def _app(context: click.Context) -> int | None:
    if context.invoked_subcommand is not None:
        return None
    from console.cli.app import run_app

    return run_app(globals_of(context))
