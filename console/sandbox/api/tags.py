"""The tag library: company tags and rule-group tags."""

from __future__ import annotations

from collections.abc import Callable

from console.sandbox.api import parameters
from console.sandbox.exchange import Answer, Refusal, Request
from console.sandbox.payloads import Payload
from console.sandbox.taglib import BY_ID, COMPANY, RULE, TAGS, Tag, group_id
from console.sandbox.world import World
from console.wecom import codes

_AGE = 400 * 86_400
_MOST_IDS = 1000


def corp_tags(world: World, request: Request) -> Answer:
    """get_corp_tag_list: all groups, or those asked for; deleted tags only by id.  Follows WeCom document 92117."""
    return Answer({"tag_group": _groups(world, request, COMPANY)})


def strategy_tags(world: World, request: Request) -> Answer:
    """get_strategy_tag_list: the tags of rule groups.  Follows WeCom document 94882."""
    return Answer({"tag_group": [{"strategy_id": 1, **group} for group in _groups(world, request, RULE)]})


def _groups(world: World, request: Request, kind: int) -> list[Payload]:
    chosen = _choice(request, kind)
    created = int(world.people.now) - _AGE
    names = list(dict.fromkeys(tag.group for tag in TAGS if tag.kind == kind))
    groups: list[Payload] = []
    for order, name in enumerate(reversed(names)):
        tags = [_tag(tag, created) for tag in TAGS if tag.kind == kind and tag.group == name and chosen(tag)]
        if tags:
            head: Payload = {"group_id": group_id(name, kind), "group_name": name, "create_time": created}
            groups.append({**head, "order": order, "tag": tags})
    return groups


def _choice(request: Request, kind: int) -> Callable[[Tag], bool]:
    """Which tags are asked for; group ids win over tag ids."""
    groups = parameters.texts(request, "group_id", _MOST_IDS) if request.params.get("group_id") else None
    tags = parameters.texts(request, "tag_id", _MOST_IDS) if request.params.get("tag_id") else None
    known = {group_id(tag.group, tag.kind) for tag in TAGS}
    if groups is not None:
        if not known.issuperset(groups):
            raise Refusal(codes.INVALID_TAG)
        return lambda tag: group_id(tag.group, kind) in groups
    if tags is not None:
        if not BY_ID.keys() >= set(tags):
            raise Refusal(codes.INVALID_TAG)
        return lambda tag: tag.id in tags
    return lambda tag: not tag.deleted


def _tag(tag: Tag, created: int) -> Payload:
    payload: Payload = {"id": tag.id, "name": tag.name, "create_time": created, "order": tag.order}
    return payload | ({"deleted": True} if tag.deleted else {})
