"""How far the server's clock is from ours, by the Date of its last answer."""

from __future__ import annotations

import pytest

from console.wecom.client import FOLLOW_USERS, WeComClient
from console.wecom.errors import WeComError
from tests.wecom.conftest import FakeTime
from tests.wecom.lying_server import LyingServer, says

OK = {"errcode": 0, "follow_user": ["zhangwei"]}


@pytest.mark.parametrize(
    ("date", "skew"),
    [
        ("Tue, 14 Nov 2023 22:13:20 GMT", 0.5),
        ("Wed, 15 Nov 2023 06:14:20 +0800", 60.5),
        ("Tue, 14 Nov 2023 22:12:20 GMT", -59.5),
        ("yesterday", None),
        ("", None),
    ],
)
async def test_a_date_tells_how_far_ahead_the_server_is(
    server: LyingServer, client: WeComClient, fake_time: FakeTime, date: str, skew: float | None
) -> None:
    assert client.server_clock_skew is None, "nothing was asked yet"
    server.answers(FOLLOW_USERS, says(OK, headers=f"Date: {date}\r\n" if date else ""))
    await client.follow_users()
    assert (fake_time.now, client.server_clock_skew) == (1_700_000_000.0, skew)


async def test_a_refusal_has_a_date_too(server: LyingServer, client: WeComClient) -> None:
    date = "Date: Tue, 14 Nov 2023 22:13:30 GMT\r\n"
    server.answers("/gettoken", says({"errcode": 40001, "errmsg": "invalid credential"}, headers=date))
    with pytest.raises(WeComError):
        await client.sign_in()
    assert client.server_clock_skew == 10.5
