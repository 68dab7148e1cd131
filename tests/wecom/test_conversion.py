"""C6 and the way back on the wire: what is sent and how often, and answers that are not as documented."""

from __future__ import annotations

import json
import pickle

import pytest

from console.wecom.client import WeComClient
from console.wecom.conversion import CONVERT, CONVERT_OLD, PENDING_IDS, Conversion, TooManyExternalUserids
from console.wecom.errors import UnexpectedShape, WeComError
from console.wecom.ids import ExternalUserId, NotAnExternalUserid, PendingId, SubjectType
from tests.wecom.lying_server import LyingServer, says

CUSTOMER = "wmVq3kDgAAyDE-1Ng3n_3IMT7U2B1naQ"


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        ({"external_userid": CUSTOMER}, Conversion(ExternalUserId(CUSTOMER), None)),
        ({"errcode": 0, "pending_id": "pAAAA"}, Conversion(None, PendingId("pAAAA"))),
        ({"external_userid": "oo1", "pending_id": "oo2"}, Conversion(ExternalUserId("oo1"), PendingId("oo2"))),
        ({"errcode": 0, "external_userid": "", "pending_id": None}, Conversion(None, None)),
    ],
)
async def test_an_answer_holds_a_customer_a_pending_id_both_or_neither(
    client: WeComClient, server: LyingServer, answer: dict[str, object], read: Conversion
) -> None:
    server.answers(CONVERT, says(answer))
    assert await client.convert_unionid("oU", "oO") == read


async def test_an_id_that_is_no_text_is_no_answer(client: WeComClient, server: LyingServer) -> None:
    server.answers(CONVERT, says({"pending_id": 7}))
    with pytest.raises(UnexpectedShape):
        await client.convert_unionid("oU", "oO")


async def test_the_subject_is_sent_to_the_new_address_alone(client: WeComClient, server: LyingServer) -> None:
    for path in (CONVERT, CONVERT_OLD):
        server.answers(path, says({"errcode": 0}))
        await client.convert_unionid("oU", "oO", SubjectType.PROVIDER, path=path)
    sent = {seen.path: json.loads(seen.body) for seen in server.seen if seen.method == "POST"}
    assert sent == {
        CONVERT: {"unionid": "oU", "openid": "oO", "subject_type": 1},
        CONVERT_OLD: {"unionid": "oU", "openid": "oO"},
    }


@pytest.mark.parametrize(("errcode", "times"), [(-1, 1), (45009, 1), (45033, 1), (42001, 2)])
async def test_each_costs_a_part_of_the_quota_so_only_a_stale_token_has_it_sent_again(
    client: WeComClient, server: LyingServer, errcode: int, times: int
) -> None:
    server.answers(CONVERT, says({"errcode": errcode, "errmsg": "x"}))
    with pytest.raises(WeComError):
        await client.convert_unionid("oU", "oO")
    assert server.count[CONVERT] == times


async def test_the_way_back_leaves_out_who_had_no_pending_id(client: WeComClient, server: LyingServer) -> None:
    rows = [{"external_userid": CUSTOMER, "pending_id": "pA"}, {"external_userid": "wm2"}, None]
    server.answers(PENDING_IDS, says({"errcode": 0, "result": rows}), says({"errcode": 0}))
    assert await client.pending_ids([CUSTOMER, "wm2"]) == {CUSTOMER: "pA"}
    assert json.loads(server.seen[-1].body) == {"external_userid": [CUSTOMER, "wm2"]}
    assert await client.pending_ids([CUSTOMER]) == {}


async def test_what_must_not_be_asked_is_refused_before_any_request(client: WeComClient, server: LyingServer) -> None:
    with pytest.raises(TooManyExternalUserids) as refused:
        await client.pending_ids([CUSTOMER] * 101)
    again = pickle.loads(pickle.dumps(refused.value))
    assert (again.count, again.limit, again.may_have_arrived) == (101, 100, False)
    with pytest.raises(NotAnExternalUserid):
        await client.pending_ids([PendingId("ooNoLookOfItsOwn")])
    assert await client.pending_ids([]) == {}
    assert server.seen == []
