"""The unionid conversion for a provider's apps (C6), at its new address and at the old one, and the way back."""

from __future__ import annotations

from console.sandbox.api import parameters
from console.sandbox.exchange import Answer, Refusal, Request
from console.sandbox.identity import MiniProgram
from console.sandbox.options import AppKind
from console.sandbox.world import World
from console.wecom import codes

_OF_A_PROVIDER = (AppKind.DELEGATED, AppKind.THIRD_PARTY)
_OWNERS = {MiniProgram.OF_THE_CORP: 0, MiniProgram.OF_THE_PROVIDER: 1}


def unionid_to_external_userid(world: World, request: Request) -> Answer:
    """A unionid's external_userid, or its pending_id while the person is no customer.  Follows WeCom document 95900.

    `subject_type` says whose the mini program of the openid is: 0 the corp's, 1 the provider's.
    """
    subject_type = request.params.get("subject_type", 0)
    if isinstance(subject_type, bool) or subject_type not in (0, 1):
        raise Refusal(codes.INVALID_PARAMETER, "field `subject_type` expect 0 or 1")
    person = _person(world, request, subject_type)
    if world.overlay.followers(person):
        answer = Answer({"external_userid": world.people.identities.external_userid(person, request.kind)})
    else:
        world.conversions.give_pending_id(person)
        answer = Answer({"pending_id": world.people.identities.pending_id(person)})
    world.colleague.was_converted(person)
    return answer


def unionid_to_external_userid_before(world: World, request: Request) -> Answer:
    """The same at the address of before, which knows neither subjects nor pending ids.  Follows document 93274."""
    person = _person(world, request, 0)
    if not world.overlay.followers(person):
        return Answer()
    return Answer({"external_userid": world.people.identities.external_userid(person, request.kind)})


def external_userid_to_pending_id(world: World, request: Request) -> Answer:
    """The pending ids that customers were given before; those who were given none are left out.  Document 95900."""
    _need_a_provider(request)
    asked = parameters.texts(request, "external_userid", 100)
    if not asked:
        raise Refusal(codes.MISSING_EXTERNAL_USERID)
    identities = world.people.identities
    rows: list[dict[str, str]] = []
    for external_userid in asked:
        person = identities.person(external_userid, request.kind)
        if person is None:
            raise Refusal(codes.INVALID_EXTERNAL_USERID, f"invalid string value `{external_userid}`")
        if world.overlay.followers(person) and world.conversions.has_pending_id(person):
            rows.append({"external_userid": external_userid, "pending_id": identities.pending_id(person)})
    return Answer({"result": rows})


def _person(world: World, request: Request, subject_type: int) -> int:
    """Whom both ids mean, or a `Refusal` that says which of the two is wrong."""
    _need_a_provider(request)
    unionid, openid = parameters.text(request, "unionid"), parameters.text(request, "openid")
    world.conversions.count(subject_type)
    identities = world.people.identities
    person = identities.person_of_unionid(unionid)
    if person is None or not (world.people.is_known(person) or world.overlay.ever_followers(person)):
        raise Refusal(codes.INVALID_UNIONID)
    user = identities.person_of_openid(openid)
    if user is None:
        raise Refusal(codes.INVALID_USERID, "invalid openid")
    if user.program is MiniProgram.OF_SOMEBODY_ELSE:
        raise Refusal(codes.MINI_PROGRAM_SUBJECT_MISMATCH)
    if _OWNERS[user.program] != subject_type:
        raise Refusal(codes.OPENID_SUBJECT_MISMATCH)
    if user.person != person:
        raise Refusal(codes.OPENID_UNIONID_MISMATCH)
    return person


def _need_a_provider(request: Request) -> None:
    if request.kind not in _OF_A_PROVIDER:
        raise Refusal(codes.API_FORBIDDEN)
