"""A third-party app's two tokens: fetched one for the other, each renewed by its own rules, the ticket read anew."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable

import pytest

from console.sandbox import Sandbox
from console.wecom.access import AppSecret
from console.wecom.client import FOLLOW_USERS, WeComClient
from console.wecom.errors import UnexpectedShape, WeComError, WeComFailure
from console.wecom.redact import Hidden
from console.wecom.suite import GET_CORP_TOKEN, GET_SUITE_TOKEN, SuiteCredentials
from tests.secret_forms import found_in
from tests.wecom.conftest import FakeTime
from tests.wecom.lying_server import RESET, LyingServer, says
from tests.wecom.test_secrecy import everything_about

GOOD = says({"errcode": 0, "follow_user": ["a"]})
SECRETS = {
    "suite_secret": "SuiteSecret/0123456789",
    "suite_ticket": "Ticket@@@0123456789",
    "code": "Code+0123456789abc",
}
SUITE_TOKENS = ["suite-token-one-of-two", "suite-token-two-of-two"]
CORP_TOKENS = ["corp-token-one-of-two", "corp-token-two-of-two"]


def suite_of(ticket: Callable[[], str] = lambda: SECRETS["suite_ticket"]) -> SuiteCredentials:
    async def read() -> Hidden:
        return Hidden(ticket())

    return SuiteCredentials("dk1", Hidden(SECRETS["suite_secret"]), read, "ww1", Hidden(SECRETS["code"]))


def client_with(credentials: SuiteCredentials, base_url: str, fake_time: FakeTime) -> WeComClient:
    return WeComClient(credentials, base_url=base_url, clock=fake_time.clock, sleep=fake_time.sleep)


@pytest.fixture
def wecom(server: LyingServer) -> LyingServer:
    """A server that gives two suite tokens and two corp tokens, without errcode, one after the other."""
    server.answers(
        GET_SUITE_TOKEN, *(says({"suite_access_token": token, "expires_in": 7200}) for token in SUITE_TOKENS)
    )
    server.answers(GET_CORP_TOKEN, *(says({"access_token": token, "expires_in": 7200}) for token in CORP_TOKENS))
    server.answers(FOLLOW_USERS, GOOD)
    return server


@pytest.fixture
async def app(wecom: LyingServer, fake_time: FakeTime) -> AsyncIterator[WeComClient]:
    """A third-party app."""
    async with client_with(suite_of(), wecom.base_url, fake_time) as client:
        yield client


async def test_the_corps_token_is_asked_for_with_the_suites_as_documented(wecom: LyingServer, app: WeComClient) -> None:
    await app.follow_users()
    await app.follow_users()
    suite, corp, *reads = wecom.seen
    assert (suite.method, suite.path, suite.query) == ("POST", GET_SUITE_TOKEN, {})
    own = {"suite_secret": SECRETS["suite_secret"], "suite_ticket": SECRETS["suite_ticket"]}
    assert json.loads(suite.body) == {"suite_id": "dk1", **own}
    assert (corp.method, corp.path, corp.query) == ("POST", GET_CORP_TOKEN, {"suite_access_token": SUITE_TOKENS[0]})
    assert json.loads(corp.body) == {"auth_corpid": "ww1", "permanent_code": SECRETS["code"]}
    assert [(read.path, read.query) for read in reads] == [(FOLLOW_USERS, {"access_token": CORP_TOKENS[0]})] * 2


@pytest.mark.parametrize("errcode", [40082, 42009])
async def test_a_refused_suite_token_is_fetched_again_once_and_tried_once(
    wecom: LyingServer, app: WeComClient, errcode: int
) -> None:
    wecom.answers(GET_CORP_TOKEN, says({"errcode": errcode}), says({"access_token": CORP_TOKENS[0]}))
    assert await app.follow_users() == ["a"]
    asked = [one.query["suite_access_token"] for one in wecom.seen if one.path == GET_CORP_TOKEN]
    assert asked == SUITE_TOKENS
    wecom.answers(GET_CORP_TOKEN, says({"errcode": errcode}))
    wecom.answers(FOLLOW_USERS, says({"errcode": 42001}))
    with pytest.raises(WeComError) as failed:
        await app.follow_users()
    assert (failed.value.errcode, failed.value.endpoint) == (errcode, GET_CORP_TOKEN)
    assert (wecom.count[GET_SUITE_TOKEN], wecom.count[GET_CORP_TOKEN]) == (3, 4)


@pytest.mark.parametrize("errcode", [40014, 42001])
async def test_a_refused_corp_token_is_fetched_again_with_the_same_suite_token(
    wecom: LyingServer, app: WeComClient, errcode: int
) -> None:
    wecom.answers(FOLLOW_USERS, says({"errcode": errcode}), GOOD)
    assert await app.follow_users() == ["a"]
    assert (wecom.count[GET_SUITE_TOKEN], wecom.count[GET_CORP_TOKEN]) == (1, 2)
    assert wecom.seen[-1].query == {"access_token": CORP_TOKENS[1]}


async def test_the_ticket_is_read_anew_for_each_suite_token(wecom: LyingServer, fake_time: FakeTime) -> None:
    tickets = iter(["ticket-of-ten-oclock", "ticket-of-twelve"])
    async with client_with(suite_of(lambda: next(tickets)), wecom.base_url, fake_time) as app:
        await app.follow_users()
        fake_time.now += 7200
        await app.follow_users()
    sent = [json.loads(one.body)["suite_ticket"] for one in wecom.seen if one.path == GET_SUITE_TOKEN]
    assert sent == ["ticket-of-ten-oclock", "ticket-of-twelve"]


@pytest.mark.parametrize("errcode", [40080, 40083, 40084, 40085])
async def test_wrong_credentials_of_a_suite_are_not_sent_again_at_once(
    wecom: LyingServer, app: WeComClient, errcode: int
) -> None:
    wecom.answers(GET_SUITE_TOKEN, says({"errcode": errcode}))
    for _ in range(3):
        with pytest.raises(WeComError):
            await app.follow_users()
    assert wecom.count[GET_SUITE_TOKEN] == 1


@pytest.mark.parametrize("path", [GET_SUITE_TOKEN, GET_CORP_TOKEN])
@pytest.mark.parametrize("lie", [RESET, says({"errcode": 40058, "errmsg": f"bad {SECRETS}"}), says({"errcode": 0})])
async def test_no_failure_shows_what_the_suite_proves_itself_with(
    wecom: LyingServer, app: WeComClient, path: str, lie: object
) -> None:
    wecom.answers(path, lie)  # type: ignore[arg-type]  # pytest's parameters have no type
    with pytest.raises(WeComFailure) as failed:
        await app.follow_users()
    shown = everything_about(failed.value) + repr(vars(app)) + repr(suite_of())
    lines = shown.split("\n")
    shown = "\n".join(line for line in lines if not line.lstrip().startswith(("wecom =", "lie =", "SECRETS")))
    for secret in (*SECRETS.values(), *SUITE_TOKENS):
        assert found_in(shown, secret) == []


async def test_an_answer_without_a_suite_token_says_what_is_missing(wecom: LyingServer, app: WeComClient) -> None:
    wecom.answers(GET_SUITE_TOKEN, says({"errcode": 0, "access_token": "of-another-kind"}))
    with pytest.raises(UnexpectedShape, match="suite_access_token"):
        await app.follow_users()


async def test_the_sandbox_gives_a_third_party_app_its_own_view(sandbox: Sandbox, fake_time: FakeTime) -> None:
    own = sandbox.credentials

    async def ticket() -> Hidden:
        return Hidden(own.suite_ticket)

    credentials = SuiteCredentials(
        own.suite_id, Hidden(own.suite_secret), ticket, own.corp_id, Hidden(own.permanent_code)
    )
    async with client_with(credentials, sandbox.base_url, fake_time) as app:
        assert (await app.member("lina")).name == "lina"
        sandbox.faults.expire_tokens()
        assert "lina" in await app.follow_users()
    assert (sandbox.requests[GET_SUITE_TOKEN], sandbox.requests[GET_CORP_TOKEN]) == (2, 3)


async def test_a_system_apps_secret_gives_a_token_that_opens_no_customer(sandbox: Sandbox, fake_time: FakeTime) -> None:
    own = sandbox.credentials
    access = AppSecret(own.corp_id, Hidden(own.system_secret))
    async with WeComClient(access, base_url=sandbox.base_url, sleep=fake_time.sleep) as app:
        await app.sign_in()
        with pytest.raises(WeComError) as refused:
            await app.follow_users()
    assert refused.value.errcode == 48002
