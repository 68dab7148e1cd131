"""What an answer to "why" is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.language import _
from console.operations.listening import Silence


class Verdict(StrEnum):
    """Whether a cause is the one."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cause:
    """One possible cause, with what speaks for it or against it here; safe text."""

    text: str
    verdict: Verdict
    evidence: str


@dataclass(frozen=True, slots=True)
class Why:
    """An answer: what WeCom says in `said`, the causes the likeliest first, and what to do.

    `others` are the userids of those who follow the customer and could be taken instead.
    """

    title: str
    said: str
    causes: tuple[Cause, ...]
    todo: str
    others: tuple[str, ...] = ()

    @property
    def cause(self) -> Cause | None:
        """The one that it surely is, None where that can't be told."""
        return next((cause for cause in self.causes if cause.verdict is Verdict.YES), None)


def verdict_words(verdict: Verdict) -> str:
    """yes, no, unknown: it is, it is not, it can't be told."""
    return {Verdict.YES: _("it is"), Verdict.NO: _("it is not"), Verdict.UNKNOWN: _("unclear")}[verdict]


def unheard_words(missing: list[Silence]) -> str:
    """Why nothing follows from there being no event."""
    if len(missing) == 1 and missing[0].until is None:
        return _("no such event, but nobody is listening here, so it can't be excluded")
    return _("no such event, but there were times in which nobody listened, so it can't be excluded")
