"""Tokens and secrets reach no log, exception, repr or traceback, in no encoding.

The search is proven first: it must find a planted secret in each of the forms.
"""

from __future__ import annotations

import base64
import io
import logging
import pickle
import traceback
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.wecom.access import GET_TOKEN
from console.wecom.client import FOLLOW_USERS, WeComClient
from console.wecom.errors import WeComFailure
from console.wecom.exchange import Timeouts
from console.wecom.redact import Hidden, install_log_redaction, redact, remember
from tests.secret_forms import ENCODINGS, found_in
from tests.wecom.conftest import SECRET, FakeTime, client_of
from tests.wecom.lying_server import HANG, RESET, TOKEN, Lie, LyingServer, says, says_body


@pytest.mark.parametrize("secret", [SECRET, TOKEN])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_search_finds_a_planted_secret(secret: str, encoding: str) -> None:
    assert found_in(f"before {ENCODINGS[encoding](secret)} after", secret)


@pytest.mark.parametrize("secret", [SECRET, TOKEN])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_redact_blanks_out_a_known_secret_in_every_form(secret: str, encoding: str) -> None:
    remember(secret)
    assert found_in(redact(f"before {ENCODINGS[encoding](secret)} after"), secret) == []


@pytest.mark.parametrize(
    "text",
    [
        "GET /cgi-bin/x?access_token={0}&userid=zhangsan",
        "corpid=ww1&corpsecret={0}",
        '{{"access_token": "{0}"}}',
        "{{'corpsecret': '{0}'}}",
        '"{{\\"suite_access_token\\":\\"{0}\\"}}"',
        "x%3Faccess_token%3D{0}%26userid%3Da",
        "https://user:{0}@proxy.example:8080/",
        'b"permanent_code={0}"',
    ],
)
def test_redact_blanks_out_an_unknown_secret_by_the_name_beside_it(text: str) -> None:
    assert "UnknownSecret123" not in redact(text.format("UnknownSecret123"))


def test_redact_blanks_out_base64_that_names_a_secret() -> None:
    whole = base64.b64encode(b"GET /x?access_token=UnknownSecret123&y=1").decode()
    assert redact(f"[{whole}]") == "[***]"


def test_redact_leaves_what_support_needs() -> None:
    errmsg = (
        "not allow to access from your ip, hint: [1686402237354962763423746], from ip: 1.2.3.4, "
        "more info at https://open.work.weixin.qq.com/devtool/query?e=60020"
    )
    assert redact(errmsg) == errmsg
    assert redact("woAJ2GCAAAXtWyujaWJHDDGi0mACHAAA zhangwei") == "woAJ2GCAAAXtWyujaWJHDDGi0mACHAAA zhangwei"
    assert redact("access_token expired, invalid secret") == "access_token expired, invalid secret"


@settings(deadline=None)
@given(st.text())
def test_redact_takes_any_text_and_is_stable(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


def test_a_hidden_text_shows_itself_only_when_asked() -> None:
    hidden = Hidden(SECRET)
    assert hidden.reveal() == SECRET
    assert found_in(f"{hidden!r} {hidden} {[hidden]}", SECRET) == []
    with pytest.raises(TypeError):
        pickle.dumps(hidden)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged at DEBUG while the test runs."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(before)
    root.removeHandler(handler)


def everything_about(failure: BaseException) -> str:
    """What a crash report could show: text, repr, chain, and the locals of every frame."""
    report = traceback.TracebackException.from_exception(failure, capture_locals=True)
    chain: list[str] = []
    link: BaseException | None = failure
    while link is not None:
        chain += [str(link), repr(link), repr(link.args), repr(vars(link))]
        link = link.__cause__ or link.__context__
    return "".join(report.format()) + "\n".join(chain)


async def test_the_log_at_debug_shows_the_requests_without_their_secrets(
    server: LyingServer, client: WeComClient, log: io.StringIO
) -> None:
    server.answers(FOLLOW_USERS, says({"follow_user": ["a"]}))
    logging.getLogger("planted").debug("planted %s", SECRET)
    await client.follow_users()
    text = log.getvalue()
    planted, rest = text.split("\n", 1)
    assert found_in(planted, SECRET)
    assert "httpx INFO" in rest
    assert "httpcore.http11 DEBUG" in rest
    assert "gettoken" in rest
    assert found_in(rest, SECRET) == []
    assert found_in(rest, TOKEN) == []


def test_a_logged_exception_of_httpx_is_redacted_too(log: io.StringIO) -> None:
    install_log_redaction()
    remember(SECRET)
    try:
        raise ValueError(f"https://x/?corpsecret={SECRET}")
    except ValueError:
        logging.getLogger("httpx").exception("failed for %s", SECRET)
    assert "ValueError" in log.getvalue()
    assert found_in(log.getvalue(), SECRET) == []


LIES = {
    "reset": RESET,
    "hang": HANG,
    "html": says_body(f"<a href='?access_token={TOKEN}'>".encode(), content_type=f"text/html; x={TOKEN}"),
    "cut short": Lie(says({"access_token": TOKEN}).bytes_[:-4], "close"),
    "an echo": says({"errcode": 40058, "errmsg": f"bad request {TOKEN} corpsecret={SECRET}"}),
    "not http": Lie(f"{TOKEN} {SECRET}\r\n\r\n".encode(), "close"),
    "wrong shape": says([TOKEN]),
}


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("endpoint", [GET_TOKEN, FOLLOW_USERS])
async def test_no_failure_shows_a_secret(
    server: LyingServer, fake_time: FakeTime, log: io.StringIO, lie: str, endpoint: str
) -> None:
    server.answers(endpoint, LIES[lie])
    async with client_of(server.base_url, fake_time, Timeouts(read=0.02)) as client:
        with pytest.raises(WeComFailure) as failed:
            await client.follow_users()
        shown = everything_about(failed.value) + repr(client) + repr(vars(client)) + log.getvalue()
    # The frames of this test hold the script of lies, secrets included: only frames of the client count.
    client_frames = [frame for frame in traceback.extract_tb(failed.value.__traceback__) if "wecom" in frame.filename]
    assert client_frames
    shown = "\n".join(line for line in shown.split("\n") if not line.lstrip().startswith(("server =", "LIES")))
    assert found_in(shown, SECRET) == []
    assert found_in(shown, TOKEN) == []
