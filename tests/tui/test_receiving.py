"""The receiver in the app: what the header says is what it does, and only what can't wait speaks up elsewhere."""

from __future__ import annotations

import re
import socket
from dataclasses import replace

import httpx
import pytest

from console.credentials import SecretKind
from console.demo import SELF_BUILT
from console.receiver.states import Listening
from console.settings import Environment
from console.tui import app
from console.tui import lookout as module
from console.tui.customers import pane
from console.tui.lookout import Lookout
from console.wecom.callback.envelope import Envelope
from tests.tui.arrivals import RECEIVER, arrive, arrive_for
from tests.tui.conftest import LOW, WIDE, OpenApp, Walk
from tests.tui.test_feed import KIND, rows
from tests.wecom.callback.peers import KEY, NONCE, TIMESTAMP, TOKEN
from tests.wecom.callback.samples import change


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks out at once, and often."""
    monkeypatch.setattr(app, "LOAD_AFTER_SECONDS", 0.01)
    monkeypatch.setattr(module, "LOOK_EVERY", 0.03)
    monkeypatch.setattr(module, "RARELY", 1)


async def lookout(walk: Walk) -> Lookout:
    """What looks out once the first screens are there."""
    await walk.until(lambda: walk.app.lookout)
    assert walk.app.lookout is not None
    await walk.settle()
    return walk.app.lookout


def give_secrets(walk: Walk) -> None:
    """Token and key, as from the keyring."""
    for kind, value in ((SecretKind.CALLBACK_TOKEN, TOKEN), (SecretKind.ENCODING_AES_KEY, KEY)):
        walk.app.profiles.give_secret(SELF_BUILT, kind, value)


async def listening(walk: Walk) -> str:
    """Start the receiver with its key; the URL it listens at."""
    give_secrets(walk)
    watch = await lookout(walk)
    await walk.press("2", "o")
    await walk.until(lambda: isinstance(watch.reception.state, Listening))
    await walk.settle()
    assert isinstance(watch.reception.state, Listening)
    return watch.reception.state.at.url


def spoken(walk: Walk) -> list[str]:
    """What was said over whatever is on the screen; a pilot's app shows it nowhere."""
    return [notification.message for notification in walk.app._notifications]


async def push(walk: Walk, url: str, message: bytes) -> int:
    """What WeCom would send; the status it is answered with."""
    sealed = Envelope(TOKEN, KEY, ()).seal(
        message, receive_id=walk.app.session.profile.corp_id, timestamp=TIMESTAMP, nonce=NONCE
    )
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(f"{url}?{sealed.query()}", content=sealed.body(to="corp"))
    return answer.status_code


@pytest.mark.parametrize("size", [LOW, WIDE])
async def test_a_key_starts_it_a_callback_is_a_row_and_stopping_asks(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(size) as walk:
        assert "listening" not in walk.screen
        url = await listening(walk)
        assert re.search(
            r"API OK \| listening(, nothing yet| at 127\.0\.0\.1:\d+, last event nothing yet)", walk.screen
        )
        assert await push(walk, url, change("msg_audit_approved")) == 200
        await walk.until(lambda: rows(walk, KIND) == ["chat consent"])
        await walk.until_shown("just now")
        await walk.press("o")
        assert "Stop receiving?" in walk.screen
        await walk.press("enter")
        assert await push(walk, url, change("msg_audit_approved")) == 200
        await walk.press("o", "right", "enter")
        await walk.until_shown("not receiving since 10:03")
        with pytest.raises(httpx.ConnectError):
            await push(walk, url, change("msg_audit_approved"))


async def test_without_token_and_key_it_says_so_and_listens_nowhere(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await lookout(walk)
        await walk.press("2", "o")
        await walk.until_shown("receiver stopped: no Token or key")
        await walk.press("exclamation_mark")
        assert "wecom-console secret set callback-token" in walk.words


async def test_a_taken_port_names_who_has_it(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        url = await listening(walk)
        watch = await lookout(walk)
        at = httpx.URL(url)
        await watch.reception.stop()
        profile = walk.app.session.profile
        with socket.create_server(("127.0.0.1", at.port or 0)):
            walk.app.session.profile = replace(profile, receiver=replace(profile.receiver, port=at.port or 0))
            await walk.press("o")
            await walk.until_shown(f"port {at.port} taken")


async def test_the_customers_in_sight_follow_what_came_meanwhile(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pane, "CATCH_UP_SECONDS", 0.01)
    async with open_app() as walk:
        watch = await lookout(walk)
        source = walk.app.pane.customers.table.source
        first, second = source.key(0), source.key(1)
        relation = walk.app.session.records.relations.relation(int(first))
        assert relation is not None
        arrive_for(walk, relation, "del_external_contact")
        watch.look()
        await walk.until_shown("customers 30 ", "Everybody       30│")
        assert walk.app.pane.customers.table.source.key(0) == second


async def test_the_tab_counts_what_was_not_seen_yet_whoever_received_it(open_app: OpenApp) -> None:
    async with open_app() as walk:
        watch = await lookout(walk)
        for number in range(3):
            arrive(walk, "msg_audit_approved", State=str(number))
        watch.look()
        await walk.until_shown("2 Events+3")
        await walk.press("2")
        await walk.until(lambda: len(rows(walk, KIND)) == 3)
        assert "Events+3" not in walk.screen
        arrive(walk, "msg_audit_approved", State="new")
        await walk.until(lambda: len(rows(walk, KIND)) == 4)


async def test_a_failed_transfer_and_a_live_code_speak_up_on_another_pane(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        watch = await lookout(walk)
        await walk.press("enter")
        li = next(row for row in walk.relations() if row.remark == "李部张")
        arrive(walk, "msg_audit_approved")
        arrive_for(walk, li, "transfer_fail", FailReason="customer_refused")
        arrive_for(walk, li, "add_external_contact", State="expo2024", WelcomeCode="CODE")
        watch.look()
        await walk.until(
            lambda: (
                spoken(walk)
                == [
                    "A customer could not be handed over; pane 2 says why.",
                    "New customer of 张伟: 李部张. w welcomes them.",
                ]
            )
        )
        assert "w welcome" in walk.keys
        await walk.press("w")
        assert "Welcome 李部张, 张伟's new customer" in walk.screen
        walk.clock.now += 25
        await walk.press("escape")
        assert "w welcome" not in walk.keys


async def test_a_receiver_elsewhere_that_stops_speaks_up(open_app: OpenApp) -> None:
    async with open_app() as walk:
        watch = await lookout(walk)
        receivers = walk.app.session.records.receivers
        run = receivers.start(RECEIVER, "127.0.0.1:8765").wait(5)
        watch.look()
        await walk.until_shown("listening, nothing yet")
        receivers.stop(run).wait(5)
        await walk.until_shown("not receiving since 10:03")
        assert spoken(walk) == ["The receiver stopped: jump01 4242"]


async def test_quitting_asks_while_it_listens_for_real(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await listening(walk)
        walk.app.session.profile = replace(walk.app.session.profile, environment=Environment.TEST)
        await walk.press("q")
        assert "Stop receiving?" in walk.screen
        await walk.press("enter")
        assert walk.app.is_running
        walk.app.session.profile = replace(walk.app.session.profile, environment=Environment.DEMO)
        await walk.pilot.press("q")
        await walk.until(lambda: walk.app._exit)


async def test_the_steps_of_a_new_app_show_each_request_as_it_comes(open_app: OpenApp) -> None:
    async with open_app() as walk:
        url = await listening(walk)
        await walk.press("6")
        await walk.until_shown("checked 10:03")
        await walk.press("end", "up", "enter")
        before = {line.key: line for line in walk.profile_lines()}
        assert "No request has come yet." in before["step url"].full
        async with httpx.AsyncClient(trust_env=False) as http:
            await http.get(f"{url}?msg_signature=x&timestamp=1&nonce=1&echostr=x")
        await walk.until(
            lambda: any("bad signature" in part for line in walk.profile_lines() for part in line.full if line.key)
        )
        sealed = Envelope(TOKEN, KEY, ()).seal(
            b"4242", receive_id=walk.app.session.profile.corp_id, timestamp=TIMESTAMP, nonce=NONCE
        )
        async with httpx.AsyncClient(trust_env=False) as http:
            answer = await http.get(f"{url}?{sealed.echo_query()}")
        assert answer.text == "4242"
        await walk.until(lambda: {line.key: line for line in walk.profile_lines()}["step url"].state.text == "done")  # type: ignore[union-attr]
