"""A welcome is sent in time, once, by one process, and recorded; or it says why not."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from console.operations.welcome.automatic import Automatic, AutomaticWelcomes, agree, automatic_state
from console.operations.welcome.countdown import may_be_tried, seconds_left
from console.operations.welcome.send import Verdict, WelcomeDesk, WelcomeResult, send_welcome
from console.operations.welcome.templates import template_by_rule, templates_for
from console.sandbox import Sandbox
from console.sandbox.fault_kinds import Fault, FaultKind
from console.settings import Environment, Profile
from console.settings_welcome import TemplateAttachment, WelcomeSettings, WelcomeTemplate
from console.store import Store
from console.store.event_rows import EventRow, RawRequest, WelcomeState
from console.store.events import New
from console.wecom.access import AppSecret
from console.wecom.callback.events import event_of
from console.wecom.client import WeComClient
from console.wecom.redact import Hidden
from tests.conftest import LI_JIANGUO
from tests.wecom.callback.samples import change

SEND, UPLOAD = "/externalcontact/send_welcome_msg", "/media/upload"
FAIR = WelcomeTemplate("展会", "您好，我是{follower}", states=("expo*",))
ANYBODY = WelcomeTemplate("所有人", "您好")
STORE = WelcomeTemplate("门店", "欢迎", states=("store",), profiles=("other",))
SETTINGS = WelcomeSettings((STORE, ANYBODY, FAIR), ("acme",))


@dataclass
class Hall:
    """A desk whose clock only sleeping moves, and the events that come to it."""

    desk: WelcomeDesk
    sandbox: Sandbox
    now: list[float]

    def comes(self, *, ago: float = 0, state: str = "expo2024", code: str | None = None) -> EventRow:
        """Somebody was added so many seconds ago, with a code of the sandbox's."""
        code = self.sandbox.welcomes.issue() if code is None else code
        fields = f"<UserID>zhangwei</UserID><ExternalUserID>{LI_JIANGUO}</ExternalUserID>"
        fields += f"<State>{state}</State><WelcomeCode>{code}</WelcomeCode>"
        message = change("add_external_contact", fields=fields)
        message = message.replace(b"1403610513", str(int(self.now[0] - ago)).encode())
        events = self.desk.records.events
        stored = events.put(event_of(message), RawRequest("POST", "", "", (), b""), receiver="app").wait(5)
        assert isinstance(stored, New)
        return self.row(stored.id)

    def row(self, row_id: int) -> EventRow:
        """The row as it is by now."""
        row = self.desk.records.events.row(row_id)
        assert isinstance(row, EventRow)
        return row

    async def send(self, row: EventRow, template: WelcomeTemplate = FAIR) -> Verdict:
        """Send, and be told how it ended."""
        return (await send_welcome(self.desk, row, template)).verdict


@pytest.fixture
async def hall(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Hall]:
    """A production profile of a self-built app, on a clock that begins as the sandbox's does."""
    now = [time.time()]
    store = Store.open(tmp_path / "w.db", clock=lambda: now[0])

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    known = sandbox.credentials
    access = AppSecret(known.corp_id, Hidden(known.secret))
    async with WeComClient(access, base_url=sandbox.base_url, clock=lambda: now[0], sleep=sleep) as crm:

        async def client() -> WeComClient:
            return crm

        records = store.profile("acme", "ww1", "self-built")
        profile = Profile("acme", "ww1")
        desk = WelcomeDesk(client, records, profile, "app 1", tmp_path, lambda _userid: "张伟", "陈敏", sleep)
        yield Hall(desk, sandbox, now)
    store.close()


async def test_a_welcome_is_sent_shown_on_the_event_and_recorded(hall: Hall) -> None:
    row = hall.comes()
    assert await hall.send(row) is Verdict.SENT
    assert hall.sandbox.welcomes.messages == {row.event.welcome_code: {"text": {"content": "您好，我是张伟"}}}
    assert hall.row(row.id).welcome.state is WelcomeState.SENT
    entry = hall.desk.records.welcomes.of_event(row.id)
    assert entry is not None
    assert (entry.draft.operator, entry.draft.template, entry.errcode) == ("陈敏", "展会", 0)
    assert entry.draft.body == {"text": {"content": "您好，我是张伟"}}
    assert [one.id for one in hall.desk.records.welcomes.of_customer(LI_JIANGUO)] == [entry.id]


async def test_it_is_never_sent_twice(hall: Hall) -> None:
    row = hall.comes()
    other = replace(hall, desk=replace(hall.desk, owner="receive 2"))
    assert sorted([await hall.send(row), await other.send(row)]) == [Verdict.SENT, Verdict.TAKEN]
    assert await hall.send(hall.row(row.id)) is Verdict.TAKEN
    assert hall.sandbox.requests[SEND] == 1


async def test_where_the_answer_is_lost_it_is_not_repeated(hall: Hall) -> None:
    hall.sandbox.faults.add(SEND, Fault(FaultKind.RESET_AFTERWARDS))
    row = hall.comes()
    assert await hall.send(row) is Verdict.UNCLEAR
    assert hall.row(row.id).welcome.state is WelcomeState.UNCLEAR
    assert await hall.send(hall.row(row.id)) is Verdict.TAKEN
    assert hall.sandbox.requests[SEND] == 1


async def test_another_apps_welcome_is_good_enough(hall: Hall) -> None:
    row = hall.comes()
    hall.sandbox.welcomes.was_sent(row.event.welcome_code or "")
    assert await hall.send(row) is Verdict.ALREADY
    assert hall.row(row.id).welcome.state is WelcomeState.SENT


async def test_while_another_app_is_sending_it_is_tried_again_as_long_as_the_code_lives(hall: Hall) -> None:
    hall.sandbox.welcomes.busy_times = 2
    assert await hall.send(hall.comes()) is Verdict.SENT
    assert hall.sandbox.requests[SEND] == 3
    hall.sandbox.welcomes.busy_times = 99
    began = hall.now[0]
    assert await hall.send(hall.comes()) is Verdict.REFUSED
    assert hall.now[0] - began <= 20


async def test_nothing_is_sent_too_late_nor_by_a_read_only_profile(hall: Hall) -> None:
    await hall.send(hall.comes())  # from here on the clock's skew is known
    sent = hall.sandbox.requests[SEND]
    assert await hall.send(hall.comes(ago=120)) is Verdict.TOO_LATE
    hall.desk = replace(hall.desk, profile=replace(hall.desk.profile, read_only=True))
    assert await hall.send(hall.comes(state="x")) is Verdict.BLOCKED
    assert hall.sandbox.requests[SEND] == sent


async def test_what_wecom_would_refuse_costs_no_code(hall: Hall) -> None:
    row = hall.comes()
    assert await hall.send(row, WelcomeTemplate("long", "字" * 1334)) is Verdict.NOT_SENT
    assert hall.row(row.id).welcome.state is WelcomeState.OPEN
    assert await hall.send(row, WelcomeTemplate("1333", "字" * 1333)) is Verdict.SENT


async def test_files_are_uploaded_once_and_stand_in_every_message(hall: Hall, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(9))
    (tmp_path / "v.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(9))
    attachments = (
        TemplateAttachment("image", {"file": "a.png"}),
        TemplateAttachment("link", {"title": "报价", "url": "https://example.com/"}),
        TemplateAttachment("miniprogram", {"title": "预约", "appid": "wx1", "page": "/i", "file": "a.png"}),
        TemplateAttachment("video", {"file": "v.mp4"}),
    )
    template = WelcomeTemplate("all", attachments=attachments)
    for _ in range(2):
        row = hall.comes()
        assert await hall.send(row, template) is Verdict.SENT
        hall.now[0] += 1
    assert hall.sandbox.requests[UPLOAD] == 2
    sent = hall.sandbox.welcomes.messages[row.event.welcome_code or ""]["attachments"]
    assert isinstance(sent, list)
    assert [one["msgtype"] for one in sent] == ["image", "link", "miniprogram", "video"]
    assert sent[0]["image"]["media_id"] == sent[2]["miniprogram"]["pic_media_id"]


@pytest.mark.parametrize(
    ("state", "first", "by_rule"),
    [("expo2024", "展会", "展会"), ("store", "所有人", "所有人"), (None, "所有人", "所有人")],
)
def test_the_channel_chooses_the_template(state: str | None, first: str, by_rule: str) -> None:
    assert templates_for(SETTINGS, "acme", state)[0].name == first
    chosen = template_by_rule(SETTINGS, "acme", state)
    assert chosen is not None
    assert chosen.name == by_rule
    assert template_by_rule(WelcomeSettings((FAIR,)), "acme", "x") is None


@pytest.mark.parametrize(
    ("skew", "received", "now", "left"),
    [
        (0.0, 101.0, 105.0, 15.0),  # from CreateTime
        (30.0, 71.0, 75.0, 15.0),  # WeCom's clock is ahead
        (None, 171.0, 175.0, 16.0),  # from the receipt, where the skew is not known
        (0.0, 101.0, 121.0, 0.0),
    ],
)
def test_the_seconds_that_are_left(hall: Hall, skew: float | None, received: float, now: float, left: float) -> None:
    row = hall.comes()
    event = replace(row.event, occurred_at=100)
    row = replace(row, event=event, received_at=received)
    assert seconds_left(row, now, skew) == left
    assert may_be_tried(row, now, skew) is (left > 0)
    assert seconds_left(replace(row, welcome=replace(row.welcome, state=WelcomeState.NONE)), now, skew) is None


Sent = list[tuple[int, WelcomeResult]]


def automatic(hall: Hall, sent: Sent) -> AutomaticWelcomes:
    return AutomaticWelcomes(hall.desk, SETTINGS, lambda row, result: sent.append((row.id, result)))


async def test_by_rule_it_is_sent_only_where_the_settings_say_so_and_somebody_agreed(hall: Hall) -> None:
    records, profile = hall.desk.records, hall.desk.profile

    def state(one: Profile) -> Automatic:
        return automatic_state(one, SETTINGS, records)

    assert automatic_state(profile, WelcomeSettings((FAIR,)), records) is Automatic.OFF
    assert state(replace(profile, read_only=True)) is Automatic.READ_ONLY
    assert state(replace(profile, environment=Environment.TEST)) is Automatic.ON
    assert state(profile) is Automatic.NEEDS_CONSENT
    hall.comes()
    sent: Sent = []
    assert await automatic(hall, sent).send_due() == 0
    agree(records, "陈敏").wait(5)
    assert state(profile) is Automatic.ON
    assert await automatic(hall, sent).send_due() == 1


async def test_by_rule_each_code_is_used_at_once_and_once(hall: Hall) -> None:
    agree(hall.desk.records, "陈敏").wait(5)
    rows = [hall.comes(state=state) for state in ("expo1", "elsewhere")]
    sent: Sent = []
    sender = automatic(hall, sent)
    assert await sender.send_due() == 2
    assert await sender.send_due() == 0
    assert {row_id for row_id, result in sent if result.verdict is Verdict.SENT} == {row.id for row in rows}
    contents = [str(message["text"]) for message in hall.sandbox.welcomes.messages.values()]
    assert sorted(map(len, contents)) == [len("{'content': '您好'}"), len("{'content': '您好，我是张伟'}")]
