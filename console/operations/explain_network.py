"""Words for an exchange with WeCom that brought no answer, or one that can't be read."""

from __future__ import annotations

from console.language import N_, _
from console.operations.error_words import MACHINE, MAKERS, Explanation
from console.operations.explain_unsent import (
    explain_not_sendable,
    explain_unsendable_welcome,
    explain_unusable_media,
)
from console.text import safe_text
from console.wecom.conversion import TooManyExternalUserids
from console.wecom.errors import (
    ConnectionReset_,
    CutShort,
    InsecureAddress,
    NotJson,
    RepeatedCursor,
    TimedOut,
    TimeoutName,
    TooManyUserids,
    UnexpectedShape,
    Unreachable,
    WeComFailure,
    WhyUnreachable,
)
from console.wecom.media import UnusableMedia
from console.wecom.remark import NotSendable
from console.wecom.welcome import UnsendableWelcome

_OFTEN_PASSES = N_("Wait a little and try again.")
_SERVER_FAULT = 500
_TOO_MANY_REQUESTS = 429


def explain_exchange(failure: WeComFailure, support: str) -> Explanation:
    """Explain any failed exchange other than an error code."""
    match failure:
        case Unreachable():
            return _unreachable(failure, support)
        case TimedOut():
            return _timed_out(failure, support)
        case NotJson():
            return _not_json(failure, support)
        case CutShort():
            return Explanation(
                _("the answer was cut short"),
                _("The connection ended in the middle of WeCom's answer."),
                _(_OFTEN_PASSES),
                again=True,
                support=support,
            )
        case ConnectionReset_():
            return Explanation(
                _("the connection broke off"),
                _("WeCom or something on the way closed the connection before an answer came."),
                _(_OFTEN_PASSES),
                again=True,
                support=support,
            )
        case RepeatedCursor():
            return Explanation(
                _("the list did not end"),
                _("WeCom gave the same page cursor twice, so reading on would never end."),
                _("Read the list again from its beginning (r); what was read stays."),
                again=True,
                support=support,
            )
        case TooManyExternalUserids():
            return Explanation(
                _("{count} customers in one request, {limit} at most").format(count=failure.count, limit=failure.limit),
                _("This program asked for too many at once; nothing was sent."),
                _("Report it; trying again does not help."),
                _(MAKERS),
                support=support,
            )
        case TooManyUserids():
            return Explanation(
                _("{count} accounts in one request, {limit} at most").format(count=failure.count, limit=failure.limit),
                _("This program asked for too many at once; nothing was sent."),
                _("Report it; trying again does not help."),
                _(MAKERS),
                support=support,
            )
        case InsecureAddress():
            return Explanation(
                _("the address is not secure"),
                _("The profile's address begins with http, which would send the secret in clear over the network."),
                _("Set base_url of the profile to an address with https; http is for this computer itself only."),
                support=support,
            )
        case UnsendableWelcome():
            return explain_unsendable_welcome(failure, support)
        case NotSendable():
            return explain_not_sendable(failure, support)
        case UnusableMedia():
            return explain_unusable_media(failure, support)
        case UnexpectedShape():
            return Explanation(
                _("the answer has an unexpected form"),
                _("What answered is not WeCom, or WeCom changed its answer."),
                _("Check base_url of the profile; when it is WeCom's, report the message."),
                _(MAKERS),
                support=support,
            )
    return Explanation(
        _("the exchange with WeCom failed"),
        _("No usable answer came."),
        _(_OFTEN_PASSES),
        again=True,
        support=support,
    )


def _unreachable(failure: Unreachable, support: str) -> Explanation:
    host = safe_text(failure.host)
    match failure.why:
        case WhyUnreachable.NAME:
            what = _("{host} was not found")
            why = _(
                "This computer cannot resolve the server's name: no network, no DNS, or a typing error in base_url."
            )
            todo = _("Check the network and base_url of the profile, then try again.")
        case WhyUnreachable.REFUSED:
            what = _("{host} does not answer")
            why = _(
                "The computer is there, but nothing listens at this address: the server is off, or the port is wrong."
            )
            todo = _("Check base_url of the profile and whether the server runs, then try again.")
        case WhyUnreachable.TLS:
            what = _("no secure connection to {host}")
            why = _(
                "The certificate was refused: often a proxy that looks into the traffic, or a wrong clock "
                "on this computer."
            )
            todo = _("Check the clock, and ask for the proxy's certificate to be trusted on this computer.")
        case WhyUnreachable.PROXY:
            what = _("the proxy does not let through to {host}")
            why = _("A proxy is set (HTTPS_PROXY or the system's), and it refused or cannot be used.")
            todo = _("Check the proxy setting; have the proxy allow this host.")
        case WhyUnreachable.CLOSED:
            what = _("the connection to {host} is closed")
            why = _("The profile was closed while this was still being read.")
            todo = _("Open the profile again.")
        case _:
            what = _("no connection to {host}")
            why = _("This computer could not reach the server: the network, a firewall or the server itself.")
            todo = _("Check the network, then try again.")
    again = failure.why in (WhyUnreachable.NAME, WhyUnreachable.REFUSED, WhyUnreachable.OTHER)
    whom = "" if failure.why is WhyUnreachable.CLOSED else _(MACHINE)
    return Explanation(what.format(host=host), why, todo, whom, again, support)


def _timed_out(failure: TimedOut, support: str) -> Explanation:
    seconds = f"{failure.seconds:g}"
    match failure.what:
        case TimeoutName.CONNECT:
            what = _("no connection within {seconds} s")
            why = _("The network or a firewall swallowed the attempt to connect.")
        case TimeoutName.POOL:
            what = _("no free connection within {seconds} s")
            why = _("All connections of this program to WeCom were busy.")
        case _:
            what = _("no answer within {seconds} s")
            why = _("WeCom took the request and did not finish its answer in time.")
    return Explanation(what.format(seconds=seconds), why, _(_OFTEN_PASSES), again=True, support=support)


def _not_json(failure: NotJson, support: str) -> Explanation:
    if failure.status >= _SERVER_FAULT or failure.status == _TOO_MANY_REQUESTS:
        return Explanation(
            _("the server answered HTTP {status}").format(status=failure.status),
            _("Not WeCom itself but a gateway before it answered: it is overloaded or being repaired."),
            _(_OFTEN_PASSES),
            again=True,
            support=support,
        )
    return Explanation(
        _("the answer is not WeCom's"),
        _("A web page came instead of data: a sign-in page of the network, a proxy, or a wrong base_url."),
        _("Open the address in a browser to see who answers; check base_url of the profile."),
        _(MACHINE),
        support=support,
    )
