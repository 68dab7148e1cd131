"""How a command ends badly: in words on stderr, and with an exit code that scripts can lean on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from console.language import _
from console.text import safe_text

if TYPE_CHECKING:
    import click

DONE, FAILED, USAGE, TEMPORARY, CONFLICT, INTERRUPTED = 0, 1, 2, 3, 4, 130


class Refused(Exception):
    """A command cannot be done; `message` says why in the operator's language, `todo` what to do instead."""

    def __init__(self, message: str, todo: str = "", code: int = FAILED) -> None:
        super().__init__(message)
        self.message = message
        self.todo = todo
        self.code = code


def say(text: str) -> None:
    """Narrate: one safe line on stderr."""
    sys.stderr.write(safe_text(text) + "\n")


def say_failure(failure: Exception) -> int:
    """Say on stderr what failed, why, and what to do; the answer is the exit code."""
    if isinstance(failure, Refused):
        say(failure.message)
        if failure.todo:
            say(failure.todo)
        return failure.code
    return _say_explained(failure)


def say_usage(failure: click.ClickException) -> int:
    """Say on stderr what is wrong with a command line; the answer is the exit code."""
    import click  # here: the app started without any words has nothing to do with it

    if isinstance(failure, click.exceptions.NoArgsIsHelpError):
        sys.stderr.write(failure.format_message() + "\n")
        return failure.exit_code
    if isinstance(failure, click.UsageError) and failure.ctx is not None:
        _say_lines(failure.ctx.get_usage())
        say(_("Try '{command} {option}' for help.").format(command=failure.ctx.command_path, option="--help"))
    _say_lines(_("Error: {message}").format(message=failure.format_message()))
    return failure.exit_code


def _say_lines(text: str) -> None:
    for line in text.splitlines():
        say(line.expandtabs(2))


def _say_explained(failure: Exception) -> int:
    from console.credentials import SecretKind, variable_of
    from console.operations.explain import exit_code, explain, is_expected
    from console.session import CannotConnect, SecretMissing

    if isinstance(failure, SecretMissing):
        command = f"wecom-console secret set {failure.kind} --profile {failure.profile}"
        say(_("Profile {profile} has no {kind}.").format(profile=failure.profile, kind=failure.kind))
        say(_("Give it: {command}").format(command=command))
        say(
            _("Or for one run, where no keyring keeps it: {variable}").format(
                variable=variable_of(SecretKind(failure.kind))
            )
        )
        return USAGE
    if isinstance(failure, CannotConnect):
        say(failure.why)
        return FAILED
    explanation = explain(failure)
    say(_("Failed: {what}").format(what=explanation.what))
    say(explanation.why)
    say(explanation.todo)
    if explanation.whom:
        say(_("Ask: {whom}").format(whom=explanation.whom))
    if explanation.support:
        say(_("For support: {text}").format(text=explanation.support))
    if not is_expected(failure):
        _write_down(failure)
    return exit_code(failure)


def _write_down(fault: Exception) -> None:
    from console.logbook import note_fault, open_log
    from console.settings import Home

    open_log(Home.locate())
    if file := note_fault(fault):
        say(_("Details are in the log: {file}").format(file=file))
