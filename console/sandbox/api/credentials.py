"""Tokens of the three kinds of app."""

from __future__ import annotations

from console.sandbox.api import parameters
from console.sandbox.exchange import Answer, Refusal, Request
from console.sandbox.options import AppKind
from console.sandbox.world import World
from console.wecom import codes


def app_token(world: World, request: Request) -> Answer:
    """gettoken: the secret decides which app's token it gives; a permanent code is a provider-developed one's.

    Follows WeCom documents 91039 and 97164.
    """
    credentials = world.credentials
    if parameters.text(request, "corpid", missing=codes.MISSING_CORPID) != credentials.corp_id:
        raise Refusal(codes.INVALID_CORPID)
    secret = parameters.text(request, "corpsecret", missing=codes.MISSING_SECRET)
    kinds = {
        credentials.secret: AppKind.SELF_BUILT,
        credentials.permanent_code: AppKind.DELEGATED,
        credentials.system_secret: AppKind.SYSTEM,
    }
    if secret not in kinds:
        raise Refusal(codes.INVALID_CREDENTIAL)
    token, seconds = world.tokens.give(kinds[secret])
    return Answer({"access_token": token, "expires_in": seconds})


def suite_token(world: World, request: Request) -> Answer:
    """service/get_suite_token: what a provider's suite gets for its secret and ticket.  Document 90600."""
    credentials = world.credentials
    suite_id = parameters.text(request, "suite_id")
    secret = parameters.text(request, "suite_secret")
    ticket = parameters.text(request, "suite_ticket")
    if suite_id != credentials.suite_id:
        raise Refusal(codes.INVALID_SUITE_ID)
    if secret != credentials.suite_secret:
        raise Refusal(codes.INVALID_SUITE_SECRET)
    if ticket != credentials.suite_ticket:
        raise Refusal(codes.INVALID_SUITE_TICKET)
    token, seconds = world.tokens.give("suite")
    return Answer({"suite_access_token": token, "expires_in": seconds})


def corp_token(world: World, request: Request) -> Answer:
    """service/get_corp_token: a third-party app's token for one corp; errcode only on failure.  Document 90605."""
    world.tokens.check_suite(request.query.get("suite_access_token", ""))
    if parameters.text(request, "auth_corpid") != world.credentials.corp_id:
        raise Refusal(codes.INVALID_CORPID)
    if parameters.text(request, "permanent_code") != world.credentials.permanent_code:
        raise Refusal(codes.INVALID_PERMANENT_CODE)
    token, seconds = world.tokens.give(AppKind.THIRD_PARTY)
    return Answer({"access_token": token, "expires_in": seconds}, says_ok=False)
