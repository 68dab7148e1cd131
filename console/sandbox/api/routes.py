"""Which path means which endpoint, and what every request has to bring."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from console.sandbox.api import contacts, credentials, customers, idconvert, media, members, remarks, tags, welcome
from console.sandbox.exchange import Answer, Refusal, Request
from console.sandbox.options import AppKind
from console.sandbox.world import World
from console.wecom import codes

Endpoint = Callable[[World, Request], Answer]
_ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\u[0-9a-fA-F]{4}")


@dataclass(frozen=True, slots=True)
class Route:
    """An endpoint and its method; `token` is False for those that a token is fetched with.

    `json` is False where the body is a form.
    """

    method: str
    endpoint: Endpoint
    token: bool = True
    json: bool = True


ROUTES: dict[str, Route] = {
    "/gettoken": Route("GET", credentials.app_token, token=False),
    "/service/get_suite_token": Route("POST", credentials.suite_token, token=False),
    "/service/get_corp_token": Route("POST", credentials.corp_token, token=False),
    "/externalcontact/get_follow_user_list": Route("GET", customers.follow_user_list),
    "/externalcontact/list": Route("GET", customers.customer_list),
    "/externalcontact/get": Route("GET", customers.customer),
    "/externalcontact/batch/get_by_user": Route("POST", customers.batch),
    "/externalcontact/remark": Route("POST", remarks.remark),
    "/externalcontact/send_welcome_msg": Route("POST", welcome.send_welcome),
    "/media/upload": Route("POST", media.upload, json=False),
    "/externalcontact/get_corp_tag_list": Route("POST", tags.corp_tags),
    "/externalcontact/get_strategy_tag_list": Route("POST", tags.strategy_tags),
    "/externalcontact/contact_list": Route("POST", contacts.contact_list),
    "/externalcontact/list_member_non_data_contact": Route("POST", contacts.member_contacts),
    "/user/get": Route("GET", members.member),
    "/idconvert/unionid_to_external_userid": Route("POST", idconvert.unionid_to_external_userid),
    "/externalcontact/unionid_to_external_userid": Route("POST", idconvert.unionid_to_external_userid_before),
    "/idconvert/batch/external_userid_to_pending_id": Route("POST", idconvert.external_userid_to_pending_id),
}


def read_params(request: Request) -> None:
    """Fill in `request.params`; a body that is no JSON object leaves them empty for `answer` to refuse."""
    if request.method == "GET":
        request.params = dict(request.query)
        return
    try:
        document = json.loads(request.body)
    except ValueError:
        return
    if isinstance(document, dict):
        request.params = document


def answer(world: World, request: Request) -> Answer:
    """The answer to a request whose path has a route, or a `Refusal`."""
    route = ROUTES[request.path]
    if route.token:
        request.kind = world.tokens.kind(request.query.get("access_token", ""))
        if request.kind is AppKind.SYSTEM and request.path.startswith("/externalcontact/"):
            raise Refusal(codes.API_FORBIDDEN)
    if request.method != route.method:
        raise Refusal(codes.INVALID_PARAMETER, f"require {route.method} method")
    if request.method == "POST" and route.json:
        _check_body(request)
    return route.endpoint(world, request)


def _check_body(request: Request) -> None:
    if _ESCAPED.search(request.body):
        raise Refusal(codes.ESCAPED_REQUEST)
    try:
        document = json.loads(request.body or b"{}")
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise Refusal(codes.INVALID_PARAMETER, "Warning: wrong json format")
