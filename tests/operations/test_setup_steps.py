"""The way of a new app: which step is done, which is to be done now, and which have to wait."""

from __future__ import annotations

import pytest

from console.operations.checkup import Check, CheckState
from console.operations.setup_steps import Receiver, StepState, setup_steps
from console.settings import AppType
from console.wecom.codes import API_FORBIDDEN, IP_NOT_TRUSTED, NO_PRIVILEGE_TO_CONTACT

PASSED, FAILED, UNTRIED = CheckState.PASSED, CheckState.FAILED, CheckState.NOT_CHECKABLE
DONE, NOW, WAITING, LATER = StepState.DONE, StepState.NOW, StepState.WAITING, StepState.LATER


def check(check_id: str, state: CheckState = PASSED, errcode: int | None = None) -> Check:
    return Check(check_id, check_id, state, "", f"answer of {check_id}", errcode=errcode)


def states(
    *checks: Check, app_type: AppType = AppType.SELF_BUILT, receiver: Receiver | None = None
) -> dict[str, StepState]:
    return {step.id: step.state for step in setup_steps(app_type, checks, receiver)}


SIGNED_IN = check("gettoken")
UNTRUSTED = check("followers", FAILED, IP_NOT_TRUSTED)
KEYS = (check("callback-token"), check("encoding-aes-key"))


def test_the_order_is_the_only_one_that_works() -> None:
    order = ["range", "allowed", "secret", "callback", "receiver", "url", "address", "followers"]
    assert list(states()) == order
    assert states()["secret"] is NOW
    assert NOW not in {state for step, state in states().items() if step != "secret"}


def test_an_address_that_is_not_trusted_leads_to_token_and_key_first() -> None:
    found = states(SIGNED_IN, UNTRUSTED)
    assert found["secret"] is DONE
    assert found["callback"] is NOW
    assert found["address"] is WAITING
    assert found["receiver"] is found["url"] is LATER, "nothing is known of a receiver"


def test_with_token_and_key_here_the_address_is_what_is_left_to_do() -> None:
    found = states(SIGNED_IN, UNTRUSTED, *KEYS)
    assert (found["callback"], found["address"], found["followers"]) == (DONE, NOW, WAITING)


def test_with_a_receiver_its_steps_come_one_after_the_other() -> None:
    def at(listening: bool, verified: bool) -> tuple[StepState, ...]:
        found = states(SIGNED_IN, UNTRUSTED, *KEYS, receiver=Receiver(listening, verified, ("09:51:07 GET",)))
        return found["receiver"], found["url"], found["address"]

    assert at(listening=False, verified=False) == (NOW, WAITING, WAITING)
    assert at(listening=True, verified=False) == (DONE, NOW, WAITING)
    assert at(listening=True, verified=True) == (DONE, DONE, NOW)
    [url] = [
        step
        for step in setup_steps(AppType.SELF_BUILT, [], Receiver(True, False, ("09:51:07 GET",)))
        if step.id == "url"
    ]
    assert url.note == "09:51:07 GET"


def test_once_followers_are_read_nothing_is_left_but_what_events_need() -> None:
    found = states(SIGNED_IN, check("followers"))
    assert {step for step, state in found.items() if state is not DONE} == {"callback", "receiver", "url"}
    assert NOW not in found.values()


@pytest.mark.parametrize(
    ("errcode", "step"), [(API_FORBIDDEN, "allowed"), (NO_PRIVILEGE_TO_CONTACT, "range"), (None, "range")]
)
def test_a_refusal_behind_the_address_names_its_own_step(errcode: int | None, step: str) -> None:
    found = states(SIGNED_IN, check("followers", FAILED, errcode))
    assert [name for name, state in found.items() if state is NOW] == [step]
    assert (found["address"] is DONE) is (errcode is not None), "who is refused for another reason was let in"


def test_a_secret_that_is_refused_comes_before_all_else() -> None:
    found = states(check("gettoken", FAILED, 40001), check("followers", UNTRIED))
    assert [name for name, state in found.items() if state is NOW] == ["secret"]


@pytest.mark.parametrize("app_type", [AppType.DELEGATED, AppType.THIRD_PARTY])
def test_a_providers_app_needs_the_providers_list_and_no_callback_first(app_type: AppType) -> None:
    found = states(SIGNED_IN, UNTRUSTED, app_type=app_type)
    assert found["address"] is NOW
    assert states(SIGNED_IN, check("followers", FAILED, API_FORBIDDEN), app_type=app_type)["rights"] is NOW
