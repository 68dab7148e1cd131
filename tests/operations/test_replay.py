"""What we send to other receivers, other people's code can read."""

from __future__ import annotations

import json

import pytest

from console.operations.replay import NoSecretsKept, send_again, send_message, verify_address
from console.wecom.callback.envelope import Envelope, Form
from console.wecom.callback.events import Kind, event_of
from console.wecom.callback.sample import SAMPLES, as_json, as_xml, sample
from console.wecom.push import NotDelivered, WhyNotDelivered
from tests.operations.conftest import Desk
from tests.sandbox.listener import listening
from tests.store.pushes import event_row, put_new
from tests.wecom.callback.peers import CORP, KEY, TOKEN, WeChatCrypto
from tests.wecom.callback.samples import SUITE, SUITE_TICKET, change

OURS = Envelope(TOKEN, KEY, (CORP, SUITE))


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("suite_id", ["", SUITE])
async def test_every_sample_is_read_by_somebody_elses_receiver(name: str, suite_id: str) -> None:
    kind = Kind(name)
    message = as_xml(sample(kind, corp_id=CORP, at=1, suite_id=suite_id))
    async with listening(TOKEN, KEY, suite_id or CORP) as listener:
        reply = await send_message(listener.url, message, OURS, receive_id=suite_id or CORP)
        assert reply.status == 200
        [fields] = await listener.wait_for(1)
    ours = event_of(message)
    assert ours.kind is kind
    assert dict(ours.fields) | {"SuiteTicket": ""} == fields | {"SuiteTicket": ""}


async def test_wechatpy_reads_what_we_seal() -> None:
    message = as_xml(sample(Kind.EDITED, corp_id=CORP, at=1))
    sealed = OURS.seal(message, receive_id=CORP, timestamp=1, nonce="n")
    read = WeChatCrypto(TOKEN, KEY, CORP).decrypt_message(sealed.body(to=CORP), sealed.msg_signature, "1", "n")
    assert read.encode() == message
    in_json = json.loads(sealed.body(Form.JSON, to=CORP))
    assert in_json["Encrypt"] == sealed.encrypt
    assert event_of(as_json(sample(Kind.EDITED, corp_id=CORP, at=1))).kind is Kind.EDITED


async def test_an_address_is_verified_as_wecom_does_it() -> None:
    async with listening(TOKEN, KEY, CORP) as listener:
        assert (await verify_address(listener.url, OURS, receive_id=CORP))[1]
        assert not (await verify_address(listener.url, OURS, receive_id="another"))[1]
    with pytest.raises(NotDelivered) as failure:
        await verify_address("http://127.0.0.1:9/", OURS, receive_id=CORP)
    assert failure.value.why is WhyNotDelivered.NO_CONNECTION


async def test_an_event_goes_to_another_receiver_as_it_came_unless_it_held_a_secret(desk: Desk) -> None:
    message = change("transfer_fail", third_party=True)
    row = event_row(desk.records, put_new(desk.records, event_of(message)))
    async with listening(TOKEN, KEY, SUITE) as listener:
        assert (await send_again(listener.url, row, OURS)).status == 200
        assert (await listener.wait_for(1))[0]["FailReason"] == "customer_refused"
        ticket = event_row(desk.records, put_new(desk.records, event_of(SUITE_TICKET)))
        with pytest.raises(NoSecretsKept):
            await send_again(listener.url, ticket, OURS)
        assert len(listener.events) == 1
