"""Remarks on the command line: only what is named is written, agreed to, proven; and the record can take it back."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from console.cli.writing import exit_code_of
from console.operations.explain import exit_code
from console.operations.remark.edits import Edits
from console.operations.remark.outcome import Outcome, Verdict
from console.operations.remark.plan import make_plan
from console.operations.remark.values import RemarkValues, SeenRemark
from console.sandbox import Sandbox
from console.sandbox.records import Relation
from console.wecom.errors import TimedOut, TimeoutName
from tests.cli.conftest import Console, Ended
from tests.conftest import LI_JIANGUO
from tests.pty_program import program

ZHANG = "zhangwei"
C2, C4 = "/externalcontact/get", "/externalcontact/remark"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def remark(console: Console, *words: str, **environ: str) -> Ended:
    return console("remark", LI_JIANGUO, "--follower", ZHANG, *words, **environ)


def there(corp: Sandbox) -> Relation:
    """The relation as the sandbox has it."""
    return corp.colleague.sees(ZHANG, LI_JIANGUO)


def test_a_write_that_is_agreed_to_is_proven_and_recorded(connected: Console, corp: Sandbox) -> None:
    ended = remark(connected, "--remark", "李部长", "--reason", "T-37", "--yes", "--json", "--operator", "陈敏")
    shown: dict[str, Any] = ended.document
    assert (ended.code, there(corp).remark) == (0, "李部长")
    assert shown["body"] == {"userid": ZHANG, "external_userid": LI_JIANGUO, "remark": "李部长"}
    assert (shown["before"]["remark"], shown["after"]["remark"]) == ("李部张", "李部长")
    assert (shown["outcome"], shown["id"]) == ("written_and_seen", 1)

    [entry] = connected("audit", "list", "--json").lines
    assert isinstance(entry["at"], float)
    assert (entry["id"], entry["operator"], entry["reason"], entry["errcode"]) == (1, "陈敏", "T-37", 0)
    assert "李部长" in connected("audit", "list", "--search", "T-37").out


def test_a_dry_run_prints_the_diff_and_asks_for_nothing_but_reads(connected: Console, corp: Sandbox) -> None:
    words = ("--mobile-remove", "13912342280", "--mobile-add", "13912342208", "--dry-run")
    ended = remark(connected, *words)
    assert ended.code == 0
    assert "2 -> 2: 1 added, 1 removed, 1 kept" in ended.out
    assert {"  - 13912342280", "  + 13912342208"} <= set(ended.out.splitlines())
    assert (corp.requests[C4], corp.requests[C2]) == (0, 1)

    shown: dict[str, Any] = remark(connected, *words, "--json", "--read-only").document
    assert shown["body"]["remark_mobiles"] == ["13800000001", "13912342208"]
    assert "outcome" not in shown
    assert connected("audit", "list").out == ""


def test_without_a_terminal_and_without_yes_nothing_is_asked_of_wecom(connected: Console, corp: Sandbox) -> None:
    ended = remark(connected, "--remark", "李部长", stdin="y\n")
    assert (ended.code, corp.requests.total()) == (2, 0)
    assert "--yes" in ended.err


def test_a_read_only_profile_refuses_before_any_request(connected: Console, corp: Sandbox) -> None:
    ended = remark(connected, "--remark", "李部长", "--yes", "--read-only")
    assert (ended.code, corp.requests.total()) == (1, 0)
    assert "read-only" in ended.err


def test_a_change_by_somebody_else_meanwhile_is_4_and_shows_three_sides(connected: Console, corp: Sandbox) -> None:
    corp.colleague.change(ZHANG, LI_JIANGUO, remark="李总", after_reads=1)
    ended = remark(connected, "--remark", "李部长", "--yes", "--json")
    shown: dict[str, Any] = ended.document
    assert (ended.code, corp.requests[C4], there(corp).remark) == (4, 0, "李总")
    assert shown["conflict"] == [{"field": "remark", "opened": "李部张", "now": "李总", "yours": "李部长"}]


def test_yes_confirms_mobiles_that_were_carried_over(connected: Console, corp: Sandbox) -> None:
    corp.colleague.change(ZHANG, LI_JIANGUO, mobiles_add=["13700001212"], after_reads=1)
    ended = remark(connected, "--mobile-clear", "--mobile-add", "13912342208", "--yes")
    assert ended.code == 0, ended.err
    assert sorted(there(corp).mobiles or ()) == ["13700001212", "13912342208"]


@pytest.mark.parametrize(
    ("text", "how", "said"), [("李" * 21, "--yes", "21 characters"), ("李部张", "--dry-run", "Nothing is changed")]
)
def test_what_cannot_be_written_is_1_and_why(connected: Console, corp: Sandbox, text: str, how: str, said: str) -> None:
    ended = remark(connected, "--remark", text, how)
    assert (ended.code, corp.requests[C4]) == (1, 0)
    assert said in ended.err


def test_a_pending_id_is_2_and_an_unknown_follower_is_1(connected: Console, corp: Sandbox) -> None:
    pending = connected("remark", "pABCDEFG", "--follower", ZHANG, "--remark", "x", "--yes")
    assert (pending.code, corp.requests.total()) == (2, 0)
    nobody = connected("remark", LI_JIANGUO, "--follower", "nobody", "--remark", "x", "--yes")
    assert (nobody.code, corp.requests[C4]) == (1, 0)
    assert "zhangwei, lina" in nobody.err


@pytest.mark.parametrize("verdict", [Verdict.ACCEPTED_NOT_SEEN, Verdict.UNKNOWN, Verdict.NOT_WRITTEN])
def test_once_a_request_has_left_no_ending_says_try_again(verdict: Verdict) -> None:
    plan = make_plan(SeenRemark(LI_JIANGUO, ZHANG, 1, RemarkValues(), 0.0), Edits())
    broken = TimedOut(TimeoutName.READ, 15.0)
    assert exit_code(broken) == 3
    assert exit_code_of(Outcome(verdict, plan, entry_id=1, failure=broken)) == 1


def test_what_fails_before_anything_is_sent_may_be_tried_again(connected: Console, corp: Sandbox) -> None:
    corp.faults.html(C2, None)
    ended = remark(connected, "--remark", "李部长", "--yes")
    assert (ended.code, corp.requests[C4]) == (3, 0)


def test_a_picture_is_uploaded_and_what_is_none_is_refused(connected: Console, corp: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "card.png"
    file.write_bytes(b"GIF89a" + bytes(64))
    assert (remark(connected, "--picture", str(file), "--yes").code, corp.requests.total()) == (1, 0)

    file.write_bytes(PNG)
    ended = remark(connected, "--picture", str(file), "--yes", "--json")
    assert (ended.code, ended.document["outcome"]) == (0, "accepted_cannot_be_seen")


def test_undo_takes_back_one_entry_once(connected: Console, corp: Sandbox) -> None:
    remark(connected, "--remark", "李部长", "--mobile-clear", "--yes")
    undone = connected("audit", "undo", "1", "--yes", "--json", "--reason", "写错了")
    shown: dict[str, Any] = undone.document
    assert (undone.code, shown["outcome"]) == (0, "written_and_seen")
    assert (there(corp).remark, there(corp).mobiles) == ("李部张", ("13800000001", "13912342280"))

    again = connected("audit", "undo", "1", "--yes")
    assert (again.code, corp.requests[C4]) == (1, 2)
    assert "#2" in again.err
    assert [entry["undo_of"] for entry in connected("audit", "list", "--json").lines] == [1, None]


def test_a_changed_field_is_not_undone_over_somebody_else(connected: Console, corp: Sandbox) -> None:
    remark(connected, "--remark", "李部长", "--yes")
    corp.colleague.change(ZHANG, LI_JIANGUO, remark="李总")
    ended = connected("audit", "undo", "1", "--yes")
    assert (ended.code, there(corp).remark) == (4, "李总")
    assert "李总" in ended.out


def test_the_record_is_exported_into_a_new_file(connected: Console, tmp_path: Path) -> None:
    file = tmp_path / "record.csv"
    first, again = (connected("audit", "export", str(file)) for _ in range(2))
    assert (first.code, again.code) == (0, 1)
    assert str(file) in again.err


def test_a_crash_between_the_two_notes_is_resolved_at_the_next_start(connected: Console, corp: Sandbox) -> None:
    hold = corp.faults.hang(C4)
    process = connected.start("remark", LI_JIANGUO, "--follower", ZHANG, "--remark", "李部长", "--yes")
    assert hold.reached_by(1)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    hold.release()

    listed = connected("audit", "list", "--json")
    [entry] = listed.lines
    assert entry["outcome"] in ("not_written", "written_and_seen")
    assert (entry["outcome"] == "written_and_seen") == (there(corp).remark == "李部长")
    assert "#1" in listed.err
    assert corp.requests[C4] == 1


def test_a_person_is_shown_the_diff_and_silence_is_no(connected: Console, corp: Sandbox) -> None:
    words = ["remark", LI_JIANGUO, "--follower", ZHANG, "--remark", "李部长", "--profile", "acme"]
    with program(*words, environ=connected.environ) as asked:
        asked.until_shown(r"\+ 李部长")
        asked.until_shown(r"\[y/N\]")
        asked.press("enter")
        assert asked.ended() == 1
    assert corp.requests[C4] == 0
    with program(*words, environ=connected.environ) as asked:
        asked.until_shown(r"\[y/N\]")
        asked.press("y", "enter")
        asked.until_shown("written and seen")
        assert asked.ended() == 0
    assert there(corp).remark == "李部长"


def test_a_production_profile_that_was_not_named_is_to_be_named_even_with_yes(
    connected: Console, corp: Sandbox
) -> None:
    words = ["remark", LI_JIANGUO, "--follower", ZHANG, "--remark", "李部长", "--yes"]
    with program(*words, environ=connected.environ) as asked:
        asked.until_shown(r"name to write \(acme\)")
        asked.press("amce", "enter")
        assert asked.ended() == 1
    assert corp.requests[C4] == 0


def test_a_real_production_profile_is_named_where_nobody_can_be_asked(console: Console) -> None:
    console("profile", "add", "acme", "--corp-id", "ww1234567890abcdef")
    ended = remark(console, "--remark", "李部长", "--yes", WECOM_CONSOLE_SECRET_CORP_SECRET="x" * 43)
    assert ended.code == 2
    assert "--profile acme" in ended.err
