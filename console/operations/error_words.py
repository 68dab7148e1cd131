"""What an explanation is made of: its parts, the people it may name, sentences that several errors share."""

from __future__ import annotations

from dataclasses import dataclass

from console.language import N_, _

NOBODY = ""
ADMIN = N_("WeCom administrator")
PROVIDER = N_("the app's provider")
STAFF = N_("the staff member")
MAKERS = N_("the makers of this program")
MACHINE = N_("whoever looks after this computer")

REPORT_IT = N_(
    "This is a fault of this program, not yours. Copy the server's message and report it; trying again does not help.",
)
NOT_OURS = N_(
    "This program never asks for that, so something between it and WeCom changed the request. Copy the "
    "server's message and report it.",
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A failure in the operator's language; all of it is safe text.

    `what` is one short line; `why` says what it means and whose side it is; `todo` what to do and where;
    `whom` names who to ask, "" for nobody; `again` tells whether the same thing can succeed when it is merely
    tried again; `support` is the server's own message with its hint and the endpoint (for other failures the
    technical text), to be copied.
    """

    what: str
    why: str
    todo: str
    whom: str = ""
    again: bool = False
    support: str = ""


@dataclass(frozen=True, slots=True)
class CodeWords:
    """Untranslated words for one error code: `short` stands after the code, `why` and `todo` are sentences.

    A `{address}` in `todo` stands for the address that WeCom saw.
    """

    short: str
    why: str
    todo: str
    whom: str = NOBODY
    again: bool = False

    def explanation(self, errcode: int, *, address: str = "", support: str = "") -> Explanation:
        """Translate the words now."""
        return Explanation(
            what=f"{errcode} {_(self.short)}",
            why=_(self.why),
            todo=_(self.todo).format(address=address),
            whom=_(self.whom) if self.whom else "",
            again=self.again,
            support=support,
        )


def sentences(first: str, second: str) -> str:
    """Two sentences in a row; Chinese has no blank between them."""
    return _("{first} {second}").format(first=first, second=second)
