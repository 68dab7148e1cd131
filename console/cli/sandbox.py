"""`wecom-console sandbox`: a WeCom on this machine, for tests and other programs."""

from __future__ import annotations

import click

from console.cli.commands import Verb
from console.cli.ending import USAGE, Refused
from console.language import _


def command() -> click.Command:
    """The one command."""
    return Verb(
        "sandbox",
        _sandbox,
        _(
            "Serve an invented company over HTTP on this machine until Ctrl+C, SIGTERM, or the end of a piped stdin. "
            "Prints one JSON line: base_url, corp_id, secret, callback_token, encoding_aes_key, permanent_code, "
            "suite_id, suite_secret, suite_ticket, system_secret. All of them are invented."
        )
        + "\n\n"
        + _(
            "While it runs, colleagues who change customers, and faults, can be brought about over HTTP: "
            "GET /sandbox at the base_url says how."
        ),
        [
            click.Option(["--port"], type=click.IntRange(0, 65535), default=0, help=_("0 takes a free port.")),
            *size_options(),
            click.Option(
                ["--ambient"],
                type=click.FloatRange(min=0),
                default=0.0,
                metavar="N",
                help=_("How many things happen in a minute by themselves, once a callback address is set."),
            ),
            click.Option(
                ["--latency-ms"], type=click.FloatRange(min=0), default=0.0, help=_("How long an answer takes.")
            ),
        ],
        ["wecom-console sandbox --port 8080 --customers 20000 --latency-ms 50"],
    )


def size_options() -> list[click.Option]:
    """How large the invented company is, and which one it is."""
    return [
        click.Option(
            ["--staff"], type=click.IntRange(min=1), default=50, show_default=True, help=_("How many followers.")
        ),
        click.Option(
            ["--customers"],
            type=click.IntRange(min=0),
            default=4200,
            show_default=True,
            help=_("How many customers they have together."),
        ),
        click.Option(
            ["--seed"], type=int, default=7, show_default=True, help=_("The same number invents the same people.")
        ),
    ]


def _sandbox(port: int, staff: int, customers: int, seed: int, latency_ms: float, ambient: float, as_json: bool) -> int:
    from console.sandbox.__main__ import serve
    from console.sandbox.options import Options

    try:
        options = Options(
            staff=staff, customers=customers, seed=seed, latency_ms=latency_ms, port=port, ambient=ambient
        )
    except ValueError as mistake:
        raise Refused(str(mistake), code=USAGE) from None
    return serve(options)
