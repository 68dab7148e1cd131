"""The lines of a report: checks, the guide's list, the steps of a new app."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.language import _, labelled
from console.operations.checkup import Check, CheckState, state_words
from console.operations.setup_steps import Step, StepState, state_of_step
from console.tui.profile.report import Line
from console.tui.rows import Tone, Toned

_CHECK_TONES: dict[CheckState, Tone] = {
    CheckState.PASSED: "added",
    CheckState.FAILED: "error",
    CheckState.WARNING: "changed",
    CheckState.NOT_CHECKABLE: "muted",
    CheckState.HELD: "info",
}
_STEP_TONES: dict[StepState, Tone] = {
    StepState.DONE: "added",
    StepState.NOW: "changed",
    StepState.WAITING: "info",
    StepState.LATER: "muted",
}


def check_lines(checks: Sequence[Check]) -> Iterator[Line]:
    """One line for each check: how it ended, what it was, the answer."""
    for check in checks:
        yield Line(f"check {check.id}", _state(check), check.title, check.answer, tuple(full_check(check)))


def review_lines(answers: Sequence[Check]) -> Iterator[Line]:
    """One line for each question of the guide's list: its number, and the question."""
    for answer in answers:
        yield Line(f"check {answer.id}", _state(answer), answer.id, answer.title, tuple(full_check(answer)))


def _state(check: Check) -> Toned:
    return Toned(state_words(check.state), _CHECK_TONES[check.state])


def full_check(check: Check) -> Iterator[str]:
    """All of a check: what was tried, the answer, what to do and where, and the test that holds it."""
    yield labelled(check.title, state_words(check.state))
    yield _("tried: {what}").format(what=check.tried)
    yield _("answer: {answer}").format(answer=check.answer)
    if check.todo:
        yield _("what to do: {todo}").format(todo=check.todo)
    if check.where:
        yield _("where: {page}").format(page=check.where)
    if check.test:
        yield _("held by the test {name}").format(name=check.test)


def step_lines(steps: Sequence[Step]) -> Iterator[Line]:
    """One line for each step, with the page on which it is done."""
    for number, step in enumerate(steps, 1):
        state = Toned(state_of_step(step.state), _STEP_TONES[step.state])
        yield Line(f"step {step.id}", state, _("step {n}").format(n=number), step.title, tuple(full_step(number, step)))


def full_step(number: int, step: Step) -> Iterator[str]:
    """All of a step: what it is, where it is done, what is known of it."""
    yield f"{number} {step.title} ({state_of_step(step.state)})"
    if step.where:
        yield _("where: {page}").format(page=step.where)
    if step.note:
        yield from step.note.split("\n")
