"""`wecom-console events replay` and `trigger`: effects again, and signed messages for any receiver."""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from console.cli.commands import Verb
from console.cli.ending import DONE, FAILED, TEMPORARY, USAGE, Refused, say
from console.cli.globals import Globals
from console.cli.opening import chosen_profile, profiles_of, settings_for
from console.cli.options import globals_of
from console.cli.output import print_json, print_line
from console.language import _
from console.settings import Home
from console.wecom.callback.sample import SAMPLES

if TYPE_CHECKING:
    from console.session import Profiles, Session
    from console.settings import Profile
    from console.store.event_rows import EventRow
    from console.wecom.callback.envelope import Envelope
    from console.wecom.push import NotDelivered, Reply

_OK = 200


@dataclass(frozen=True, slots=True)
class _Asked:
    """What `trigger` was asked for."""

    kind: str
    to: str
    verify: bool
    receive_id: str | None
    third_party: bool
    form: str
    follower: str
    customer: str


def replay_verb() -> Verb:
    """`replay`."""
    return Verb(
        "replay",
        _replay,
        _(
            "Run an event's effects again, but never its welcome; or, with --to, send it signed and encrypted to a "
            "receiver that has the same token and AES key."
        ),
        [
            click.Argument(["number"], metavar="ID", type=int),
            click.Option(["--to"], metavar="URL", help=_("Where to send it, instead of running its effects.")),
        ],
        ["wecom-console events replay 391", "wecom-console events replay 391 --to http://127.0.0.1:8080/callback"],
    )


def trigger_verb() -> Verb:
    """`trigger`."""
    return Verb(
        "trigger",
        _trigger,
        _(
            "Send a sample event, signed and encrypted as WeCom does, to any receiver, ours or another's. Token and "
            "AES key are the profile's, or (--stdin) the first two lines of stdin; never arguments."
        ),
        [
            click.Argument(["change_type"], metavar="CHANGE_TYPE", type=click.Choice(SAMPLES)),
            click.Option(["--to"], metavar="URL", required=True, help=_("The receiver.")),
            click.Option(["--verify"], is_flag=True, help=_("Verify the address instead, as WeCom does to save it.")),
            click.Option(["--stdin"], is_flag=True, help=_("Read token and AES key from stdin, one a line.")),
            click.Option(["--receive-id"], metavar="ID", help=_("For whom it is sealed (default: the corp or suite).")),
            click.Option(["--third-party"], is_flag=True, help=_("In the form for third-party apps.")),
            click.Option(["--format", "form"], type=click.Choice(["xml", "json"]), default="xml", help=_("The body.")),
            click.Option(["--follower"], metavar="USERID", default="", help=_("Whose customer it is about.")),
            click.Option(["--customer"], metavar="EXTERNAL_USERID", default="", help=_("Which customer it is about.")),
        ],
        [
            "wecom-console events trigger edit_external_contact --to http://127.0.0.1:8765/callback",
            "wecom-console events trigger add_external_contact --to https://example.com/wecom --stdin --verify",
        ],
    )


@click.pass_context
def _replay(context: click.Context, number: int, to: str | None, as_json: bool) -> int:
    return asyncio.run(_again(globals_of(context), number, to, as_json=as_json))


@click.pass_context
def _trigger(
    context: click.Context,
    change_type: str,
    to: str,
    verify: bool,
    stdin: bool,
    receive_id: str | None,
    third_party: bool,
    form: str,
    follower: str,
    customer: str,
    as_json: bool,
) -> int:
    asked = _Asked(change_type, _checked_url(to), verify, receive_id, third_party, form, follower, customer)
    return asyncio.run(_send_sample(globals_of(context), asked, from_stdin=stdin, as_json=as_json))


def _checked_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused(_("A receiver's address starts with https:// or http://."), code=USAGE)
    return url


async def _again(wanted: Globals, number: int, to: str | None, *, as_json: bool) -> int:
    from console.store.event_rows import EventRow

    home = Home.locate()
    settings = settings_for(home, wanted)
    profile = chosen_profile(settings, wanted)
    profiles = profiles_of(home, settings, asks=to is None)
    try:
        session = profiles.open(profile.name)
        row = session.records.events.row(number)
        if not isinstance(row, EventRow):
            raise Refused(_("This profile's feed has no event {number}.").format(number=number))
        if to is not None:
            return await _send_again(profile, profiles, row, _checked_url(to), as_json=as_json)
        try:
            return await _run_again(session, profiles, row, as_json=as_json)
        finally:
            await session.close()
    finally:
        profiles.close()


async def _run_again(session: Session, profiles: Profiles, row: EventRow, *, as_json: bool) -> int:
    from console.operations.effects.handling import EffectDesk
    from console.operations.effects.outcome import Outcome
    from console.operations.effects.words import effect_lines, outcome_of
    from console.operations.event_export import event_document
    from console.operations.replay import run_again
    from console.process_name import process_name

    desk = EffectDesk(
        session.client, session.records, session.profile, profiles.secrets, process_name("replay"), load=session.load
    )
    done = await run_again(desk, row.id)
    assert done is not None  # it was there a moment ago, and events are never deleted while a store is open
    if as_json:
        print_json(event_document(done))
    else:
        lines = effect_lines(
            done, zone=session.zone, name_of=session.name_of, app_type=session.profile.app_type, masked=False
        )
        for line in lines:
            print_line(line)
    outcome = outcome_of(done)
    if outcome is None:
        return TEMPORARY
    return FAILED if outcome is Outcome.UNREAD else DONE


async def _send_again(profile: Profile, profiles: Profiles, row: EventRow, to: str, *, as_json: bool) -> int:
    from console.operations.replay import NoSecretsKept, send_again
    from console.receiver.secrets import envelope_of
    from console.wecom.push import NotDelivered

    try:
        reply = await send_again(to, row, await envelope_of(profile, profiles.secrets))
    except NoSecretsKept:
        raise Refused(_("The secret that this message held is kept nowhere, so it can't be sent again.")) from None
    except NotDelivered as failure:
        raise _not_delivered(failure) from None
    return _say_reply(reply, reply.status == _OK, as_json=as_json)


async def _send_sample(wanted: Globals, asked: _Asked, *, from_stdin: bool, as_json: bool) -> int:
    from console.operations.replay import send_message, verify_address
    from console.wecom.callback.envelope import Form
    from console.wecom.callback.events import Kind
    from console.wecom.callback.sample import as_json as in_json
    from console.wecom.callback.sample import as_xml, sample
    from console.wecom.push import NotDelivered

    corp_id, suite_id, envelope = await _sealing(wanted, asked, from_stdin=from_stdin)
    suite_form = asked.third_party or asked.kind == Kind.SUITE_TICKET
    receive_id = asked.receive_id or (suite_id if suite_form else corp_id)
    try:
        if asked.verify:
            reply, right = await verify_address(asked.to, envelope, receive_id=receive_id)
            return _say_reply(reply, right, as_json=as_json, verified=True)
        fields = sample(
            Kind(asked.kind),
            corp_id=corp_id,
            at=int(time.time()),
            suite_id=suite_id if suite_form else "",
            userid=asked.follower,
            external_userid=asked.customer,
        )
        form = Form.JSON if asked.form == "json" else Form.XML
        message = in_json(fields) if form is Form.JSON else as_xml(fields)
        reply = await send_message(asked.to, message, envelope, receive_id=receive_id, form=form)
    except NotDelivered as failure:
        raise _not_delivered(failure) from None
    return _say_reply(reply, reply.status == _OK, as_json=as_json)


async def _sealing(wanted: Globals, asked: _Asked, *, from_stdin: bool) -> tuple[str, str, Envelope]:
    """The corp, the suite, and what seals: of the profile, or of what stdin gives. Raises Refused."""
    from console.wecom.callback.envelope import Envelope
    from console.wecom.callback.rejection import Rejected

    home = Home.locate()
    settings = settings_for(home, wanted)
    if from_stdin:
        token, key = (sys.stdin.readline().strip() for _line in range(2))
        somebody = asked.receive_id or "ww0000000000000000"
        try:
            return somebody, asked.receive_id or "ww0000000000000001", Envelope(token, key, ())
        except Rejected as failure:
            raise Refused(
                _("Token or AES key do not have the form that WeCom gives them: {which}.").format(which=str(failure)),
                _("stdin has the token in its first line and the AES key in its second."),
                USAGE,
            ) from None
    from console.receiver.secrets import envelope_of

    profile = chosen_profile(settings, wanted)
    profiles = profiles_of(home, settings, asks=False)
    try:
        return profile.corp_id, profile.suite_id, await envelope_of(profile, profiles.secrets)
    finally:
        profiles.close()


def _not_delivered(failure: NotDelivered) -> Refused:
    from console.wecom.push import WhyNotDelivered

    what = {
        WhyNotDelivered.NO_CONNECTION: _("Nobody answers there: {detail}").format(detail=failure.detail),
        WhyNotDelivered.TOO_LATE: _("No answer within {n} s, which is how long WeCom waits.").format(
            n=f"{failure.seconds:g}"
        ),
        WhyNotDelivered.NO_HTTP: _("What came is no HTTP answer: {detail}").format(detail=failure.detail),
    }[failure.why]
    return Refused(what, _("Check the address, and whether the receiver runs."), TEMPORARY)


def _say_reply(reply: Reply, right: bool, *, as_json: bool, verified: bool = False) -> int:
    body = reply.body[:200].decode("utf-8", "replace")
    milliseconds = round(reply.seconds * 1000)
    if as_json:
        print_json({"ok": right, "status": reply.status, "body": body, "milliseconds": milliseconds})
    else:
        print_line(_("{status} after {ms} ms: {body}").format(status=reply.status, ms=milliseconds, body=body or "-"))
    if right:
        return DONE
    if verified and reply.status == _OK:
        say(_("The answer has to be the decrypted text alone: no quotes, no line break, no page around it."))
    else:
        say(_("WeCom takes anything but 200 for a failure, and sends it again, three times in all."))
    return FAILED
