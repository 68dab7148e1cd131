"""The welcome for one new customer: a template chosen by the channel, the seconds that are left, and one more key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Label

from console.language import _, ngettext
from console.operations.event_people import people_of
from console.operations.welcome.countdown import seconds_left
from console.operations.welcome.templates import templates_for, text_of
from console.operations.welcome.words import seconds_bar
from console.operations.wording import count_words
from console.session import Session
from console.settings_welcome import TemplateAttachment, WelcomeTemplate
from console.store.event_rows import EventRow
from console.text import mask_text, safe_lines, safe_text
from console.tui.commands import Place, bindings
from console.tui.dialogs.dialog import Dialog
from console.tui.folded import FoldedText
from console.tui.listing import TitleLine
from console.wecom.welcome import MOST_TEXT_BYTES

DEAF_SECONDS = 0.6
"""How long w does not send: the same key has just opened this."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed to: this template for this event."""

    row: EventRow
    template: WelcomeTemplate


class WelcomeDialog(Dialog[Agreed]):
    """Shows the message as the customer will read it; it stays the event's that it was opened for."""

    PLACE = Place.GREETING
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.GREETING)]

    def __init__(
        self, session: Session, row: EventRow, *, masked: bool, clock: Callable[[], float] = monotonic
    ) -> None:
        """`clock` (seconds) tells how long the dialog has been there."""
        super().__init__()
        self.session = session
        self.row = row
        self.masked = masked
        self.templates = templates_for(session.settings.welcome, session.profile.name, row.event.state)
        self._place = 0
        self._clock = clock
        self._opened_at = clock()
        self._left = TitleLine()
        self._lines = FoldedText()

    def compose(self) -> ComposeResult:
        """Whom it is for, the seconds, the message."""
        with Vertical(id="welcome-box", classes="box"):
            yield Label(self._title(), markup=False, classes="question-title")
            yield self._left
            yield self._lines

    def on_mount(self) -> None:
        """The seconds run."""
        self._show()
        self.set_interval(0.5, self._show_seconds)

    @property
    def template(self) -> WelcomeTemplate | None:
        """The template that would be sent."""
        return self.templates[self._place] if self.templates else None

    def set_masked(self, masked: bool) -> None:
        """Hide or show personal data."""
        self.masked = masked
        self.query_one(".question-title", Label).update(self._title())

    def _title(self) -> str:
        people = people_of(self.row.event, self.session.records, self.session.name_of)
        words = _("Welcome {customer}, {follower}'s new customer").format(
            customer=people.customer, follower=people.follower
        )
        return mask_text(words) if self.masked else words

    def _show(self) -> None:
        self._lines.show(list(self._message()))
        self._show_seconds()

    def _show_seconds(self) -> None:
        left = seconds_left(self.row, self.session.clock(), self.session.clock_skew) or 0.0
        words = _("{n} s left").format(n=round(left)) if left else _("too late: the code lives for 20 seconds")
        self._left.show(words, seconds_bar(left), failed=not left)

    def _message(self) -> Iterator[str]:
        template = self.template
        if self.session.profile.read_only:
            yield _("This profile is read-only: nothing is sent from here.")
        if template is None:
            yield _("There is no template yet. Add one to {file}:").format(
                file=safe_text(str(self.session.settings.file))
            )
            yield from ("[[welcome.templates]]", 'name = ".."', 'states = ["expo*"]', 'text = "..{follower}.."')
            return
        why = _("chosen by the channel {state}").format(state=safe_text(self.row.event.state or "-"))
        place = f"{self._place + 1}/{len(self.templates)}"
        yield _("template {place}: {name}  {why}").format(
            place=place, name=safe_text(template.name), why=why if self._place == 0 else ""
        )
        userid = self.row.event.userid or ""
        text = text_of(template, self.session.name_of(userid) or userid)
        yield ""
        yield from safe_lines(text)
        for attachment in template.attachments:
            yield "+ " + _attachment_words(attachment)
        yield ""
        size = len(text.encode("utf-8", "replace"))
        yield ngettext("{n} of {most} bytes", "{n} of {most} bytes", size).format(
            n=count_words(size), most=count_words(MOST_TEXT_BYTES)
        )
        yield _("Another app may be first: what WeCom answers counts.")

    # What the keys do

    def action_other_template(self, steps: int) -> None:
        """The next template, or the one before."""
        if self.templates:
            self._place = (self._place + steps) % len(self.templates)
            self._show()

    def action_welcome(self) -> None:
        """w: send, unless it is still the w that opened this."""
        if self._clock() - self._opened_at >= DEAF_SECONDS:
            self.action_send()

    def action_send(self) -> None:
        """Enter: send."""
        if self.template is not None and not self.session.profile.read_only:
            self.dismiss(Agreed(self.row, self.template))


def _attachment_words(attachment: TemplateAttachment) -> str:
    names: Sequence[str] = [attachment.values.get(key, "") for key in ("title", "file", "url", "page", "pic_url")]
    return safe_text("  ".join(filter(None, (attachment.type, *names))))
