"""WeCom's payloads as pydantic models: all optional, unknown fields kept, absent told from empty.

A field that was absent is not in `model_fields_set`. Unknown fields are in `model_extra`. A known field
whose value has another type than documented stays None, out of `model_fields_set`, and its raw value is in
`model_extra` under the field's own name: nothing is lost and no row fails for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)

from console.wecom.ids import TmpOpenid


class Payload(BaseModel):
    """What all payloads share: kept unknown fields and tolerance for a value of the wrong type."""

    model_config = ConfigDict(extra="allow", coerce_numbers_to_str=True, protected_namespaces=())

    @model_validator(mode="wrap")
    @classmethod
    def _keep_what_does_not_fit(cls, value: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(value)
        except ValidationError as error:
            if not isinstance(value, Mapping):
                raise
            misfits = {str(name): value[name] for entry in error.errors() if (name := entry["loc"][0]) in value}
            model = handler({name: part for name, part in value.items() if name not in misfits})
            if model.__pydantic_extra__ is not None:
                model.__pydantic_extra__.update(misfits)
            return model


class Text(Payload):
    """A text attribute of a profile."""

    value: str | None = None


class Web(Payload):
    """A web page attribute of a profile."""

    url: str | None = None
    title: str | None = None


class MiniProgram(Payload):
    """A mini program attribute of a profile."""

    appid: str | None = None
    pagepath: str | None = None
    title: str | None = None


class ExternalAttribute(Payload):
    """One attribute of a profile: type 0 text, 1 web, 2 mini program. Follows WeCom document 92230."""

    type: int | None = None
    name: str | None = None
    text: Text | None = None
    web: Web | None = None
    miniprogram: MiniProgram | None = None


class ExternalProfile(Payload):
    """What a WeCom customer shows to the outside. Follows WeCom document 92230."""

    external_corp_name: str | None = None
    external_attr: list[ExternalAttribute] | None = None


class ExternalContact(Payload):
    """A customer; type 1 WeChat, 2 WeCom; gender 0 unknown, 1 male, 2 female. WeCom document 92114."""

    external_userid: str | None = None
    name: str | None = None
    avatar: str | None = None
    type: int | None = None
    gender: int | None = None
    unionid: str | None = None
    position: str | None = None
    corp_name: str | None = None
    corp_full_name: str | None = None
    external_profile: ExternalProfile | None = None


class Tag(Payload):
    """A tag as C2 gives it: type 1 company, 2 personal (no tag_id), 3 rule group."""

    group_name: str | None = None
    tag_name: str | None = None
    tag_id: str | None = None
    type: int | None = None


class WechatChannels(Payload):
    """The channel a customer came from: source 0 unknown, 1 home page, 2 live room, 3 enquiry form."""

    nickname: str | None = None
    source: int | None = None


class FollowUser(Payload):
    """A follower of a customer as C2 gives it, tags with their names; createtime in Unix seconds.

    Follows WeCom document 92114.
    """

    userid: str | None = None
    remark: str | None = None
    description: str | None = None
    createtime: int | None = None
    tags: list[Tag] | None = None
    remark_corp_name: str | None = None
    remark_mobiles: list[str] | None = None
    add_way: int | None = None
    wechat_channels: WechatChannels | None = None
    oper_userid: str | None = None
    state: str | None = None


class FollowInfo(Payload):
    """A follower of a customer as C3 gives it: company and rule-group tag ids; createtime in Unix seconds.

    Follows WeCom document 92994.
    """

    userid: str | None = None
    remark: str | None = None
    description: str | None = None
    createtime: int | None = None
    tag_id: list[str] | None = None
    remark_corp_name: str | None = None
    remark_mobiles: list[str] | None = None
    add_way: int | None = None
    wechat_channels: WechatChannels | None = None
    oper_userid: str | None = None
    state: str | None = None


class BatchRow(Payload):
    """One relation of a C3 page. Follows WeCom document 92994."""

    external_contact: ExternalContact | None = None
    follow_info: FollowInfo | None = None


class CorpTag(Payload):
    """A tag of the company or of a rule group; the larger `order` is first. Follows WeCom document 92117."""

    id: str | None = None
    name: str | None = None
    create_time: int | None = None
    order: int | None = None
    deleted: bool | None = None


class TagGroup(Payload):
    """A group of tags; `strategy_id` only in rule groups. Follows WeCom document 92117."""

    group_id: str | None = None
    group_name: str | None = None
    create_time: int | None = None
    order: int | None = None
    deleted: bool | None = None
    strategy_id: int | None = None
    tag: list[CorpTag] | None = None


class ServedContact(Payload):
    """Somebody the company has served; external_userid for customers, a masked name for others.

    Follows WeCom document 99434.
    """

    is_customer: bool | None = None
    tmp_openid: Annotated[str, AfterValidator(TmpOpenid)] | None = None
    external_userid: str | None = None
    name: str | None = None
    follow_userid: str | None = None
    chat_id: str | None = None
    chat_name: str | None = None
    add_time: int | None = None


class Member(Payload):
    """A member of the company, as far as the app may see. Follows WeCom document 90196."""

    userid: str | None = None
    name: str | None = None
    alias: str | None = None
    department: list[int] | None = None
    position: str | None = None
    status: int | None = None
