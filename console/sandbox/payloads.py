"""Persons and relations in WeCom's own words: plain dicts as its documents 92114 and 92994 describe them."""

from __future__ import annotations

from console.sandbox.identity import Identities
from console.sandbox.invention import OWN
from console.sandbox.options import AppKind
from console.sandbox.records import WECHAT, Person, Relation
from console.sandbox.taglib import PERSONAL, TAGS

Payload = dict[str, object]


def external_contact(person: Person, external_userid: str, kind: AppKind) -> Payload:
    """`external_contact` of C2 and C3.  Follows WeCom document 92114."""
    payload: Payload = {"external_userid": external_userid, "name": person.name, "type": person.type}
    private = kind.sees_private_fields
    if person.avatar is not None and private:
        payload["avatar"] = person.avatar
    payload["gender"] = person.gender if private else 0
    if person.unionid is not None and private:
        payload["unionid"] = person.unionid
    if person.position is not None:
        payload["position"] = person.position
    if person.corp_name is not None:
        payload["corp_name"] = person.corp_name
    if person.corp_full_name is not None and private:
        payload["corp_full_name"] = person.corp_full_name
    if person.external_profile is not None:
        payload["external_profile"] = person.external_profile
    return payload


def follow_user(relation: Relation, userid: str, type_: int, external_userid: str, kind: AppKind) -> Payload:
    """One entry of C2's `follow_user`.  Follows WeCom document 92114."""
    payload = _head(relation, userid)
    if relation.tags is not None or relation.personal_tags:
        tags: list[Payload] = []
        for number in relation.tags or ():
            tag = TAGS[number]
            tags.append({"group_name": tag.group, "tag_name": tag.name, "tag_id": tag.id, "type": tag.kind})
        tags += [{"group_name": "", "tag_name": name, "type": PERSONAL} for name in relation.personal_tags]
        payload["tags"] = tags
    return _tail(payload, relation, userid, type_, external_userid, kind)


def follow_info(relation: Relation, userid: str, type_: int, external_userid: str, kind: AppKind) -> Payload:
    """`follow_info` of C3: tag ids instead of tags, and no personal ones.  Follows WeCom document 92994."""
    payload = _head(relation, userid)
    if relation.tags is not None:
        payload["tag_id"] = [TAGS[number].id for number in relation.tags]
    return _tail(payload, relation, userid, type_, external_userid, kind)


def served_contact(tmp_openid: str, external_userid: str, userid: str, add_time: int) -> Payload:
    """A row of contact_list that is a customer.  Follows WeCom document 99434."""
    return {
        "is_customer": True,
        "tmp_openid": tmp_openid,
        "external_userid": external_userid,
        "follow_userid": userid,
        "add_time": add_time,
    }


def unserved_contact(tmp_openid: str, name: str, userid: str, chat: tuple[str, str], add_time: int) -> Payload:
    """A row of contact_list that is somebody in a group chat, whose name is masked.  Follows WeCom document 99434."""
    return {
        "is_customer": False,
        "tmp_openid": tmp_openid,
        "name": name[:1] + "**",
        "follow_userid": userid,
        "chat_id": chat[0],
        "chat_name": chat[1],
        "add_time": add_time,
    }


def _head(relation: Relation, userid: str) -> Payload:
    payload: Payload = {"userid": userid, "remark": relation.remark}
    if relation.description is not None:
        payload["description"] = relation.description
    payload["createtime"] = relation.createtime
    return payload


def _tail(
    payload: Payload, relation: Relation, userid: str, type_: int, external_userid: str, kind: AppKind
) -> Payload:
    if relation.company is not None and type_ == WECHAT:
        payload["remark_corp_name"] = relation.company
    if relation.mobiles is not None and kind.sees_private_fields:
        payload["remark_mobiles"] = list(relation.mobiles)
    payload["add_way"] = relation.add_way
    if relation.channel is not None:
        payload["wechat_channels"] = {"nickname": relation.channel[0], "source": relation.channel[1]}
    started = relation.started_by
    payload["oper_userid"] = external_userid if started is None else userid if started == OWN else started
    if relation.state is not None:
        payload["state"] = relation.state
    if relation.unknown:
        payload.update(relation.unknown)
    return payload


def masked_identity(identities: Identities, what: str) -> str:
    """A tmp_openid: it means one contact during one traversal, and nothing afterwards."""
    return "wwTMP" + identities.opaque(what, 27)
