"""The check-up (`wecom-console doctor`, pane 6): what works, what does not, and whom to ask about it.

`check_up` looks at one thing after the other; `review` answers the guide's list R1-R15 from what was found.
"""

from __future__ import annotations

from console.operations.checkup.checks import Check, CheckState
from console.operations.checkup.report import check_document, exit_code, report_text, state_words
from console.operations.checkup.review import review
from console.operations.checkup.surroundings import Limits, Subject, Surroundings, TerminalFacts
from console.operations.checkup.walk import check_up

__all__ = [
    "Check",
    "CheckState",
    "Limits",
    "Subject",
    "Surroundings",
    "TerminalFacts",
    "check_document",
    "check_up",
    "exit_code",
    "report_text",
    "review",
    "state_words",
]
