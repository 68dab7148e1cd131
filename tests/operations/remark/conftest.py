"""An author at a desk: remarks read from the sandbox, written to it, and what the sandbox knows of them afterwards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import pytest

from console.operations.remark.edits import Edits, Typed, edits_from_form
from console.operations.remark.guard import CarriedOver, Conflict, RelationRead, read_relation
from console.operations.remark.outcome import Outcome
from console.operations.remark.plan import Plan, make_plan
from console.operations.remark.values import TEXT_FIELDS, RemarkField, RemarkValues, SeenRemark
from console.operations.remark.write import Author, Step, Written, write_remark
from console.sandbox import AppKind, Sandbox
from console.settings import AppType, Profile
from console.store.audit import AuditEntry
from console.wecom.media import MediaKind
from tests.conftest import LI_JIANGUO
from tests.operations.conftest import Desk, OpenDesk, at_once

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
ZHANG = "zhangwei"
C2, C4 = "/externalcontact/get", "/externalcontact/remark"


@dataclass(frozen=True, slots=True)
class Scribe:
    """Somebody who writes 张伟's remark about 李建国, and the sandbox behind it."""

    author: Author
    sandbox: Sandbox
    external_userid: str

    async def open(self) -> SeenRemark:
        """The remark as it is now."""
        author = self.author
        read = await read_relation(author.client, author.records, self.external_userid, ZHANG, author.profile.app_type)
        assert isinstance(read, RelationRead)
        return read.now

    async def plan(self, typed: Typed | Edits) -> Plan:
        """What a form opened now makes of these words."""
        opened = await self.open()
        edits = edits_from_form(opened.values, typed) if isinstance(typed, Typed) else typed
        return make_plan(opened, edits)

    async def write(self, plan: Plan, *, undo_of: int | None = None) -> Written:
        """How writing it ended."""
        *steps, ended = [one async for one in write_remark(self.author, plan, undo_of=undo_of)]
        assert all(isinstance(step, Step) for step in steps)
        assert not isinstance(ended, Step)
        return ended

    async def outcome(self, plan: Plan, *, undo_of: int | None = None) -> Outcome:
        """The same where nothing comes in between."""
        ended = await self.write(plan, undo_of=undo_of)
        assert isinstance(ended, Outcome), ended
        return ended

    async def conflict(self, plan: Plan) -> Conflict:
        ended = await self.write(plan)
        assert isinstance(ended, Conflict), ended
        return ended

    async def carried(self, plan: Plan) -> CarriedOver:
        ended = await self.write(plan)
        assert isinstance(ended, CarriedOver), ended
        return ended

    def reading_back(self, delays: tuple[float, ...], sleep: Callable[[float], Awaitable[None]]) -> Scribe:
        """The same with other tries of reading back."""
        return replace(self, author=replace(self.author, delays=delays, sleep=sleep))

    def holds(self, values: RemarkValues) -> None:
        """Have somebody else put this in place of what is there."""
        texts = [values.text(field) for field in TEXT_FIELDS]
        self.sandbox.colleague.change(
            ZHANG,
            self.external_userid,
            remark=texts[0],
            description=texts[1],
            company=texts[2],
            mobiles=values.numbers,
        )

    async def upload(self) -> str:
        """The media id of a picture that is at WeCom."""
        return (await self.author.client.upload_media(MediaKind.IMAGE, "card.png", PNG)).media_id

    def entry(self, number: int | None) -> AuditEntry:
        """An audit entry that must be there."""
        assert number is not None
        entry = self.author.records.audit.one(number)
        assert entry is not None
        return entry

    @property
    def writes(self) -> int:
        """How many C4 requests the sandbox got."""
        return self.sandbox.requests[C4]

    @property
    def remark(self) -> str:
        """The remark as the sandbox has it, shown or not."""
        return self.sandbox.colleague.sees(ZHANG, self.external_userid).remark

    @property
    def mobiles(self) -> tuple[str, ...]:
        """The numbers as the sandbox has them, shown or not."""
        return self.sandbox.colleague.sees(ZHANG, self.external_userid).mobiles or ()


def scribe_at(desk: Desk, sandbox: Sandbox, kind: AppKind = AppKind.SELF_BUILT, *, read_only: bool = False) -> Scribe:
    """A scribe whose read-backs take no time."""
    profile = Profile("acme", sandbox.credentials.corp_id, AppType(kind.value), read_only=read_only)
    author = Author(desk.client, desk.records, profile, "陈敏", sleep=at_once)
    external_userid = LI_JIANGUO if kind is AppKind.SELF_BUILT else sandbox.external_userid("李部张", kind)
    return Scribe(author, sandbox, external_userid)


@pytest.fixture
def scribe(desk: Desk, sandbox: Sandbox) -> Scribe:
    """A self-built app's scribe."""
    return scribe_at(desk, sandbox)


@pytest.fixture
def delegated(open_desk: OpenDesk, sandbox: Sandbox) -> Scribe:
    """A delegated app's scribe, who is not given mobiles."""
    return scribe_at(open_desk(AppKind.DELEGATED), sandbox, AppKind.DELEGATED)


def remark(text: str, *, reason: str = "") -> Typed:
    """A form with another remark."""
    return Typed({RemarkField.REMARK: text}, reason=reason)


def numbers(*listed: str) -> Typed:
    """A form with this list of mobiles."""
    return Typed(mobiles="\n".join(listed))
