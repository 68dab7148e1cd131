"""Plans: only what is edited is sent, what refuses is said, and nothing is ever filled up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.operations.remark.changes import Mark, MobilesChange
from console.operations.remark.edits import (
    Edits,
    Options,
    PictureMedia,
    Typed,
    edits_from_form,
    edits_from_options,
    taken_over,
)
from console.operations.remark.mobiles import MobileChanges
from console.operations.remark.notes import NoteKind, ProblemKind
from console.operations.remark.plan import Plan, make_plan
from console.operations.remark.plan_words import count_words, not_sent_words, note_words, problem_words
from console.operations.remark.values import HIDDEN, OtherRemark, RemarkField, RemarkValues, SeenRemark, values_of
from console.settings import AppType
from console.wecom.models import FollowUser
from tests.conftest import LI_JIANGUO

REMARK, DESCRIPTION, COMPANY, MOBILES = list(RemarkField)[:4]
BEFORE = RemarkValues({REMARK: "李部张", DESCRIPTION: "采购"}, ("13800000001", "13912342280"))
OPENED = SeenRemark(LI_JIANGUO, "zhangwei", 1, BEFORE, 1_000.0)
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


def plan_of(typed: Typed, opened: SeenRemark = OPENED) -> Plan:
    return make_plan(opened, edits_from_form(opened.values, typed))


def text(field: RemarkField, value: str) -> Typed:
    return Typed({field: value})


def sent(plan: Plan) -> dict[str, object]:
    return {key: value for key, value in plan.body.items() if key not in ("userid", "external_userid")}


def problems(plan: Plan) -> list[ProblemKind]:
    return [problem.kind for problem in plan.problems]


def notes(plan: Plan) -> list[NoteKind]:
    return [note.kind for note in plan.notes]


def test_only_what_was_edited_is_sent() -> None:
    plan = plan_of(text(REMARK, "李部长"))
    assert plan.body == {"userid": "zhangwei", "external_userid": LI_JIANGUO, "remark": "李部长"}
    assert plan.may_be_written
    assert not_sent_words(plan) == "Not sent: description, remark company, mobiles, remark picture"


def test_the_remark_company_has_another_name_in_the_request_than_in_the_answer() -> None:
    assert sent(plan_of(text(COMPANY, "城建三局"))) == {"remark_company": "城建三局"}


def test_mobiles_are_sent_as_the_whole_list_that_is_to_be() -> None:
    plan = plan_of(Typed(mobiles="13800000001\n13912342208"))
    change = plan.change(MOBILES)
    assert isinstance(change, MobilesChange)
    assert sent(plan) == {"remark_mobiles": ["13800000001", "13912342208"]}
    assert [(line.mark, line.text) for line in change.lines] == [
        (Mark.KEPT, "13800000001"),
        (Mark.REMOVED, "13912342280"),
        (Mark.ADDED, "13912342208"),
    ]
    assert count_words(change) == "2 -> 2: 1 added, 1 removed, 1 kept"


def test_clearing_all_mobiles_is_a_list_with_an_empty_text() -> None:
    plan = plan_of(Typed(mobiles=""))
    assert sent(plan) == {"remark_mobiles": [""]}
    assert [note_words(note, str) for note in plan.notes] == [
        "clears all 2 mobiles",
        "all that is sent is empty; WeCom may refuse that (40058)",
    ]


def test_an_emptied_text_is_sent_as_it_is_and_nothing_is_filled_up() -> None:
    plan = plan_of(text(REMARK, ""))
    assert sent(plan) == {"remark": ""}
    assert plan.may_be_written
    assert NoteKind.ONLY_EMPTYING in notes(plan)


def test_what_was_typed_back_is_no_change_and_nothing_is_written() -> None:
    plan = plan_of(Typed({REMARK: "李部张", COMPANY: ""}, mobiles="139 1234 2280\n13800000001"))
    assert (problems(plan), plan.changes) == ([ProblemKind.NOTHING_CHANGED], ())
    assert notes(plan) == [NoteKind.FORMAT_ONLY]


@pytest.mark.parametrize(
    ("field", "value", "refused"),
    [
        (REMARK, "长" * 20, False),
        (REMARK, "长" * 21, True),
        (DESCRIPTION, "长" * 150, False),
        (DESCRIPTION, "长" * 151, True),
        (COMPANY, "长" * 21, True),
        (REMARK, FAMILY * 2 + "李部长啊好", False),
        (REMARK, FAMILY * 2 + "李部长啊好好好", True),
    ],
)
def test_lengths_are_counted_in_characters(field: RemarkField, value: str, refused: bool) -> None:
    plan = plan_of(text(field, value))
    assert (problems(plan) == [ProblemKind.TOO_LONG]) is refused


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    [problem] = plan_of(text(REMARK, "长" * 21)).problems
    assert problem_words(problem) == "remark: 21 characters, 1 more than the 20 that WeCom takes."


def test_blanks_only_letters_and_doubles_are_pointed_out_and_not_forbidden() -> None:
    plan = plan_of(Typed({REMARK: "   "}, mobiles="13800000001\n13912342280\n138-0000-0001\nzhang@wei\n12"))
    assert plan.may_be_written
    assert {NoteKind.ONLY_BLANKS, NoteKind.DOUBLE, NoteKind.LETTERS, NoteKind.ODD_NUMBER} <= set(notes(plan))
    assert sent(plan)["remark_mobiles"] == ["13800000001", "138-0000-0001", "13912342280", "zhang@wei", "12"]


def test_five_hundred_mobiles_are_planned_without_a_limit_of_ours() -> None:
    many = [f"138{number:08}" for number in range(500)]
    plan = plan_of(Typed(mobiles="\n".join(many)))
    assert sent(plan)["remark_mobiles"] == many
    assert plan.may_be_written


def test_a_wecom_customer_has_no_remark_company() -> None:
    plan = plan_of(text(COMPANY, "城建"), replace(OPENED, customer_type=2))
    assert problems(plan) == [ProblemKind.NO_COMPANY]


@pytest.mark.parametrize("identity", ["pAAAAAAAA", "ou1234", "tmp_openid_1"])
def test_a_pending_or_temporary_id_is_never_written_to(identity: str) -> None:
    plan = plan_of(text(REMARK, "李部长"), replace(OPENED, external_userid=identity))
    assert problems(plan) == [ProblemKind.NOT_A_CUSTOMER_ID]


def test_a_read_only_profile_refuses() -> None:
    plan = make_plan(OPENED, Edits({REMARK: "李部长"}), read_only=True)
    assert problems(plan) == [ProblemKind.READ_ONLY]


@pytest.mark.parametrize("bad", ["a\x00b", "\ud800"])
def test_what_json_can_only_escape_is_refused(bad: str) -> None:
    assert problems(plan_of(text(REMARK, bad))) == [ProblemKind.UNPRINTABLE]
    assert problems(plan_of(Typed(mobiles=bad))) == [ProblemKind.UNPRINTABLE]


def test_hidden_mobiles_are_neither_added_to_nor_removed_from() -> None:
    hidden = replace(OPENED, values=replace(BEFORE, mobiles=HIDDEN))
    for edits in (
        edits_from_form(hidden.values, Typed(mobiles="13700001212")),
        edits_from_options(hidden.values, Options(add=("13700001212",))),
        edits_from_options(hidden.values, Options(remove=("13800000001",))),
    ):
        plan = make_plan(hidden, edits)
        assert problems(plan) == [ProblemKind.MOBILES_HIDDEN]
        assert "remark_mobiles" not in plan.body


def test_a_hidden_list_can_be_overwritten_as_a_whole_and_says_what_that_means() -> None:
    hidden = replace(OPENED, values=replace(BEFORE, mobiles=HIDDEN))
    plan = plan_of(Typed(mobiles="13700001212", overwrite_unseen=True), hidden)
    assert sent(plan) == {"remark_mobiles": ["13700001212"]}
    assert plan.overwrites_unseen
    assert NoteKind.OVERWRITES_UNSEEN in notes(plan)
    assert sent(make_plan(hidden, edits_from_options(hidden.values, Options(clear=True)))) == {"remark_mobiles": [""]}


def test_a_list_that_can_be_seen_is_never_overwritten_as_a_whole() -> None:
    assert problems(plan_of(Typed(mobiles="1", overwrite_unseen=True))) == [ProblemKind.MOBILES_SEEN]


@pytest.mark.parametrize(
    ("app_type", "given", "mobiles"),
    [
        (AppType.SELF_BUILT, {}, None),
        (AppType.SELF_BUILT, {"remark_mobiles": []}, ()),
        (AppType.SELF_BUILT, {"remark_mobiles": ["", "138"]}, ("138",)),
        (AppType.SELF_BUILT, {"remark_mobiles": "138"}, HIDDEN),
        (AppType.DELEGATED, {}, HIDDEN),
        (AppType.DELEGATED, {"remark_mobiles": []}, HIDDEN),
        (AppType.DELEGATED, {"remark_mobiles": ["138"]}, ("138",)),
    ],
)
def test_absent_empty_and_hidden_lists_are_told_apart(
    app_type: AppType, given: dict[str, object], mobiles: object
) -> None:
    assert values_of(FollowUser.model_validate(given), app_type).mobiles == mobiles


def test_options_that_change_nothing_are_noted_and_no_edits() -> None:
    options = Options(add=("138-0000-0001",), remove=("13700001212",))
    edits = edits_from_options(BEFORE, options)
    assert not edits.mobiles
    assert [note.kind for note in edits.notes] == [NoteKind.NOT_THERE, NoteKind.ALREADY_THERE]


def test_clearing_on_the_command_line_removes_what_is_there_and_keeps_what_is_added_again() -> None:
    edits = edits_from_options(BEFORE, Options(clear=True, add=("139 1234 2280",)))
    assert isinstance(edits.mobiles, MobileChanges)
    assert edits.mobiles.removed == ("13800000001",)
    assert edits.mobiles.applied_to(BEFORE.numbers) == ("13912342280",)


def test_a_number_that_a_colleague_has_is_pointed_out() -> None:
    other = OtherRemark("lina", RemarkValues(mobiles=("139-1234-2208",)))
    plan = make_plan(OPENED, Edits(mobiles=MobileChanges(added=("13912342208",))), others=[other])
    [note] = plan.notes
    assert note_words(note, str, masked=True) == "139****2208 is in the remark of lina already; that does not stop you"


def test_a_picture_is_said_to_be_neither_checked_nor_undone() -> None:
    plan = make_plan(OPENED, Edits(picture=PictureMedia("MEDIA")))
    assert sent(plan) == {"remark_pic_mediaid": "MEDIA"}
    assert notes(plan) == [NoteKind.PICTURE_UNSEEN]


def test_taking_over_fills_texts_and_adds_numbers_without_taking_any_away() -> None:
    source = RemarkValues({REMARK: "李部", DESCRIPTION: ""}, ("138 0000 0001", "13700001212"))
    typed = taken_over(Typed(), source, BEFORE, list(RemarkField))
    plan = plan_of(typed)
    assert sent(plan) == {"remark": "李部", "remark_mobiles": ["13800000001", "13912342280", "13700001212"]}


def test_values_come_back_from_the_record_as_they_were() -> None:
    for values in (RemarkValues(), BEFORE, RemarkValues({COMPANY: ""}, ()), RemarkValues(mobiles=HIDDEN)):
        assert RemarkValues.from_document(values.document()) == values
