"""`sync` in a process of its own: what it prints, how it ends, and what is left when it is killed."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest

from console.sandbox import Options, Sandbox
from tests.cli.conftest import Console

C3 = "/externalcontact/batch/get_by_user"


@pytest.fixture
def corp(start_sandbox: Callable[[Options], Sandbox]) -> Sandbox:
    """A company with enough followers to be stopped half-way."""
    return start_sandbox(Options(staff=20, customers=1500))


def test_the_last_line_says_how_it_ended_and_the_code_that_somebody_was_not_read(connected: Console) -> None:
    ended = connected("sync", "--json")

    *_progress, last = ended.lines
    assert ended.code == 1
    assert last["complete"] is False
    assert last["relations"] == 1500
    assert [one["userid"] for one in last["failed"]] == ["zhaomin"]  # type: ignore[attr-defined]
    assert "1 follower could not be read" in ended.err
    assert "visible range" in ended.err, "what to do about it, before it is asked for again"
    assert "Then only these again: wecom-console sync --failed" in ended.err


def test_one_follower_alone_is_complete(connected: Console) -> None:
    ended = connected("sync", "--follower", "zhangwei", "--json")

    assert ended.code == 0
    assert ended.lines[-1]["complete"] is True


def test_what_was_taken_in_is_listed_without_asking_wecom(connected: Console, corp: Sandbox) -> None:
    connected("sync")
    asked = corp.requests.total()
    ended = connected("customers", "list", "--search", "ljg", "--json")

    assert corp.requests.total() == asked
    assert "李建国@城建" in ended.out


def test_nobody_failed_the_last_time_is_said_and_done(connected: Console) -> None:
    ended = connected("sync", "--failed")

    assert ended.code == 0
    assert "nobody who could not be read" in ended.err


@pytest.mark.parametrize("every", ["6", "0h", "10s", "soon", "6 h"])
def test_an_interval_that_is_none_is_a_usage_error(connected: Console, every: str) -> None:
    ended = connected("sync", "--every", every)

    assert ended.code == 2
    assert "6h" in ended.err


def test_ctrl_c_stops_it_in_order_and_the_next_goes_on(connected: Console, corp: Sandbox) -> None:
    hold = corp.faults.hang(C3, None, when={"userid_list": "lina"})
    with connected.start("sync", "--json") as running:
        assert hold.reached_by()
        running.send_signal(signal.SIGINT)
        _out, err = running.communicate(timeout=20)
    hold.release()
    again = connected("sync", "--json")

    assert running.returncode == 130
    assert b"Stopped:" in err
    assert again.lines[-1]["gone_on_with"] is True
    assert again.lines[-1]["relations"] == 1500


def test_killed_it_goes_on_at_once_because_its_process_is_known_to_be_dead(connected: Console, corp: Sandbox) -> None:
    hold = corp.faults.hang(C3, None, when={"userid_list": "lina"})
    with connected.start("sync", "--json") as running:
        assert hold.reached_by()
        meanwhile = connected("sync")
        running.kill()
    hold.release()
    again = connected("sync", "--json")

    assert meanwhile.code == 3
    assert f"process {running.pid}" in meanwhile.err
    assert again.lines[-1]["gone_on_with"] is True
    assert again.lines[-1]["relations"] == 1500
