"""The guide's review list, R1 to R15, answered: by what was found, or by the test that holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from console.language import N_, _
from console.operations.checkup.checks import Check, CheckState, Question, cleaned
from console.wecom.codes import API_FORBIDDEN


@dataclass(frozen=True, slots=True)
class _Item:
    """One question of the list: how grave it is, and the test that holds it, if one does."""

    id: str
    title: str
    severity: str
    test: str = ""


_CRITICAL, _HIGH, _MEDIUM = "CRITICAL", "HIGH", "MEDIUM"

_SECRET = _Item("R1", N_("the secret is that of 客户联系 or of an allowed app, not a system app's"), _CRITICAL)
_ITEMS = (
    _SECRET,
    _Item(
        "R2",
        N_("84061 of a follower means no customers, not a fault"),
        _HIGH,
        test="test_84061_is_a_follower_without_customers_and_no_error",
    ),
    _Item(
        "R3",
        N_("beyond 500 followers of a customer, all pages of C2 are read"),
        _HIGH,
        test="test_1200_followers_on_three_pages_are_one_detail",
    ),
    _Item(
        "R4",
        N_("C3 gives follow_info with tag_id alone, and is not read as C2's follow_user with tags"),
        _CRITICAL,
        test="test_batch_returns_follow_info_not_follow_user",
    ),
    _Item(
        "R5",
        N_("one C3 request names at most 100 accounts"),
        _HIGH,
        test="test_more_than_100_userids_are_refused_before_any_request",
    ),
    _Item(
        "R6",
        N_("C4 overwrites the mobiles as a whole and adds to nothing"),
        _HIGH,
        test="test_mobiles_are_sent_as_the_whole_list_that_is_to_be",
    ),
    _Item(
        "R7",
        N_('clearing the mobiles sends [""], not []'),
        _MEDIUM,
        test="test_clearing_all_mobiles_is_a_list_with_an_empty_text",
    ),
    _Item(
        "R8",
        N_("C6 is asked at its new path, /idconvert/"),
        _MEDIUM,
        test="test_the_subject_and_both_ids_are_sent_to_the_recommended_address",
    ),
    _Item(
        "R9",
        N_("a pending ID only links IDs and is never used as a customer ID"),
        _HIGH,
        test="test_a_visitor_is_pending_for_90_days_and_the_id_is_no_customers",
    ),
    _Item(
        "R10",
        N_("a welcome code is used within its 20 seconds"),
        _CRITICAL,
        test="test_nothing_is_sent_too_late_nor_by_a_read_only_profile",
    ),
    _Item(
        "R11",
        N_("a callback is answered at once and worked on afterwards"),
        _HIGH,
        test="test_what_was_acknowledged_survives_kill_9_and_is_worked_on",
    ),
    _Item(
        "R12",
        N_("staff removes customer and customer removes staff are told apart"),
        _HIGH,
        test="test_every_change_is_known_in_both_forms",
    ),
    _Item(
        "R13",
        N_("after edit_external_contact the customer is read again with C2"),
        _MEDIUM,
        test="test_an_edit_is_read_again_and_shows_what_changed",
    ),
    _Item(
        "R14",
        N_("what a write did is read back; nothing relies on whether it causes a callback"),
        _HIGH,
        test="test_a_remark_is_written_seen_and_recorded",
    ),
    _Item(
        "R15",
        N_("add_way 0 is an unknown source, not wrong data"),
        _MEDIUM,
        test="test_add_way_0_is_an_unknown_source_and_has_a_note",
    ),
)


def review(checks: Sequence[Check]) -> list[Check]:
    """The fifteen answers, given what a check-up found. None of them is needed for work."""
    return [cleaned(_answer(item, checks)) for item in _ITEMS]


def _answer(item: _Item, checks: Sequence[Check]) -> Check:
    tried = _("the guide's review list, {severity}").format(severity=item.severity)
    question = Question(item.id, _(item.title), tried, needed=False)
    if item is _SECRET:
        return _secret(question, checks)
    return question.held(_("This program is made so; the test fails if it is not."), item.test)


def _secret(question: Question, checks: Sequence[Check]) -> Check:
    """R1 by C5, which no system app's secret may call."""
    followers = next((check for check in checks if check.id == "followers"), None)
    if followers is None:
        return question.not_checkable(_("There is no profile whose secret could be tried."))
    if followers.state is CheckState.PASSED:
        return question.passed(_("C5 answers to this secret."))
    if followers.errcode == API_FORBIDDEN:
        refused = _("gettoken takes this secret, C5 refuses it (48002).")
        return replace(question, needed=True).failed(refused, followers.todo, followers.where)
    return question.not_checkable(_("The list of followers (C5) was not read, for another reason."))
