"""What workers tell the screens; each names the profile it was asked for, so that a late answer can be dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from console.operations.browse import CustomersRead, FollowersRead
    from console.operations.detail import Detail
    from console.operations.results import Empty, Failed, Loaded, Reading
    from console.session import Session
    from console.tui.customers.copying import Copyable


class Answered(Message):
    """WeCom answered, or did not; `what` names what was asked, so that a later success takes the error away.

    `about` says whom it was about, in the operator's words.
    """

    def __init__(self, what: str, failure: Exception | None, about: str = "") -> None:
        super().__init__()
        self.what = what
        self.failure = failure
        self.about = about


class PlaceChanged(Message):
    """Where one is in the list that the keys are in, in words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class CopyOffered(Message):
    """What can be copied where the keys are; the first is the likeliest."""

    def __init__(self, options: Sequence[Copyable]) -> None:
        super().__init__()
        self.options = options


class FollowersAnswered(Message):
    """How reading the followers ended."""

    def __init__(self, session: Session, outcome: FollowersRead) -> None:
        super().__init__()
        self.session = session
        self.outcome = outcome


class FollowersLearned(Message):
    """Names or counts of followers have come in."""

    def __init__(self, session: Session, left: int) -> None:
        super().__init__()
        self.session = session
        self.left = left


class CustomersAnswered(Message):
    """How reading a follower's customers goes, or ended."""

    def __init__(self, session: Session, userid: str, outcome: Reading | CustomersRead) -> None:
        super().__init__()
        self.session = session
        self.userid = userid
        self.outcome = outcome


class DetailAnswered(Message):
    """How reading a customer goes, or ended."""

    def __init__(self, session: Session, external_userid: str, outcome: Reading | Loaded[Detail] | Failed) -> None:
        super().__init__()
        self.session = session
        self.external_userid = external_userid
        self.outcome = outcome


class ContactsAnswered(Message):
    """How reading the served contacts goes, or ended."""

    def __init__(self, session: Session, outcome: Reading | Loaded[int] | Empty | Failed) -> None:
        super().__init__()
        self.session = session
        self.outcome = outcome
