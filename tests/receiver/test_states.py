"""What a receiver says it is doing is what it does."""

from __future__ import annotations

import os
import re
from pathlib import Path

import httpx
import pytest

from console.address import Address
from console.credentials import KeyringState, KeyringUnavailable, MemorySecrets, SecretKind
from console.receiver.server import Receiver
from console.receiver.states import Listening, PortTaken, Starting, State, Stopped, WhyStopped
from console.store import Records, Store
from console.store.event_rows import GapRow, WhyGap
from tests.receiver.conftest import ANYWHERE, PROFILE, SECRETS, Caller
from tests.wecom.callback.peers import KEY
from tests.wecom.callback.samples import change

HAS_PROC = Path("/proc/net/tcp").exists()


class Locked(MemorySecrets):
    """A keyring that gives nothing."""

    def get(self, profile: str, kind: SecretKind) -> str | None:
        raise KeyringUnavailable(KeyringState.LOCKED)


def receiver(records: Records, secrets: MemorySecrets = SECRETS, states: list[State] | None = None) -> Receiver:
    seen = [] if states is None else states
    return Receiver(PROFILE, records, secrets, name="another", on_state=seen.append)


async def test_it_starts_listens_and_stops_in_that_order(records: Records, http: httpx.AsyncClient) -> None:
    states: list[State] = []
    one = receiver(records, states=states)
    assert one.state == Stopped(WhyStopped.NOT_STARTED)
    listening = await one.start(ANYWHERE)
    assert isinstance(listening, Listening)
    assert await one.start(ANYWHERE) is listening
    assert records.receivers.state().listening[0].address == str(listening.at)
    await one.stop()
    assert states == [Starting(ANYWHERE), listening, Stopped(WhyStopped.STOPPED)]
    with pytest.raises(httpx.ConnectError):
        await http.get(listening.at.url)
    assert records.receivers.state().listening == ()


async def test_it_can_be_started_again_and_the_time_between_is_a_gap(tmp_path: Path) -> None:
    now = [1000.0]
    store = Store.open(tmp_path / "store.db", clock=lambda: now[0])
    records = store.profile("acme", "ww", "self-built")
    one = receiver(records)
    for _ in range(2):
        assert isinstance(await one.start(ANYWHERE), Listening)
        await one.stop()
        now[0] += 60
    [gap] = records.receivers.gaps(0, now[0])
    assert (gap.since, gap.received_at, gap.why) == (1000.0, 1060.0, WhyGap.STOPPED)
    assert isinstance(records.events.row(gap.id), GapRow)
    store.close()


async def test_a_port_that_is_taken_names_who_has_it_and_nothing_is_said_to_listen(
    caller: Caller, records: Records
) -> None:
    state = await receiver(records).start(caller.at)
    assert isinstance(state, PortTaken)
    assert not HAS_PROC or state.pid == os.getpid()
    assert len(records.receivers.state().listening) == 1
    assert (await caller.push(change("edit_external_contact"))).status_code == 200


@pytest.mark.parametrize(
    ("secrets", "why"),
    [
        (MemorySecrets({("acme", SecretKind.ENCODING_AES_KEY): KEY}), WhyStopped.SECRETS),
        (Locked(), WhyStopped.SECRETS),
        (
            MemorySecrets({("acme", SecretKind.CALLBACK_TOKEN): "t", ("acme", SecretKind.ENCODING_AES_KEY): "short"}),
            WhyStopped.KEY,
        ),
    ],
)
async def test_without_both_secrets_it_says_so_and_takes_no_port(
    records: Records, secrets: MemorySecrets, why: WhyStopped
) -> None:
    state = await receiver(records, secrets).start(ANYWHERE)
    assert isinstance(state, Stopped)
    assert state.why is why
    assert state.failure is not None


async def test_an_address_of_another_machine_is_no_place_to_listen(records: Records) -> None:
    state = await receiver(records).start(Address("192.0.2.1", 0))
    assert isinstance(state, Stopped)
    assert state.why is WhyStopped.ADDRESS


async def test_nothing_listens_that_cannot_keep_what_comes(records: Records, store: Store) -> None:
    store.close()
    state = await receiver(records).start(ANYWHERE)
    assert isinstance(state, Stopped)
    assert state.why is WhyStopped.STORE


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("127.0.0.1:8765", Address()),
        ("[::1]:80/wx/callback", Address("::1", 80, "/wx/callback")),
        ("localhost:0/", Address("localhost", 0, "/")),
    ],
)
def test_an_address_is_one_text(written: str, address: Address) -> None:
    assert Address.read(written) == address
    assert address.is_loopback


@pytest.mark.parametrize("written", ["8765", "127.0.0.1", ":80", "127.0.0.1:99999", "::1:80", "h:x/"])
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=re.escape(written)):
        Address.read(written)
