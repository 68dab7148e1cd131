"""What the sandbox knows of a person and of a relation, before it is put into WeCom's words.

Named tuples: they are made by the hundred for every page, and take a third of a frozen dataclass's time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

WECHAT, WECOM = 1, 2


class Person(NamedTuple):
    """A customer; None is a field that is not given at all."""

    name: str
    type: int = WECHAT
    gender: int = 0
    avatar: str | None = None
    unionid: str | None = None
    position: str | None = None
    corp_name: str | None = None
    corp_full_name: str | None = None
    external_profile: dict[str, object] | None = None


class Relation(NamedTuple):
    """One follower's view of one customer; None is a field that is not given at all.

    `tags` are numbers into the tag library, `personal_tags` the follower's own. `started_by` is a userid, or None
    when it was the customer. `channel` is the video channel's nickname and its source.
    """

    remark: str
    createtime: int
    description: str | None = ""
    tags: tuple[int, ...] | None = ()
    personal_tags: tuple[str, ...] = ()
    company: str | None = None
    mobiles: tuple[str, ...] | None = None
    add_way: int = 1
    started_by: str | None = None
    state: str | None = None
    channel: tuple[str, int] | None = None
    unknown: Mapping[str, object] = MappingProxyType({})

    def rewritten(
        self, remark: str | None, description: str | None, company: str | None, mobiles: Sequence[str] | None
    ) -> Relation:
        """The relation with other notes; None leaves one as it is."""
        return self._replace(
            remark=self.remark if remark is None else remark,
            description=self.description if description is None else description,
            company=self.company if company is None else company,
            mobiles=self.mobiles if mobiles is None else tuple(mobiles),
        )
