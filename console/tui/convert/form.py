"""The form of a conversion: both ids, and whose the mini program is where the app can say so."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from console.language import _
from console.operations.convert.conversion import has_subjects, may_convert
from console.operations.convert.given import Given, IdField, Mistake, given, mistakes
from console.operations.convert.words import mistake_words, self_built_words, subject_words
from console.settings import Profile
from console.text import cell_width
from console.tui.folded import FoldedText
from console.tui.line_input import LineInput
from console.tui.listing import TitleLine
from console.tui.setup.fields import ChoiceLine, FormRow
from console.wecom.ids import SubjectType


class IdInput(LineInput):
    """One id; what a paste brings along around it is taken away, and that is told."""

    class Tidied(Message):
        """Blanks or line ends around a pasted id were taken away."""

    def _on_paste(self, event: events.Paste) -> None:
        """Keep the id alone."""
        if event.text != event.text.strip():
            self.post_message(self.Tidied())
        super()._on_paste(event)


class ConvertButton(Widget):
    """`[ convert ]  F8`, to be clicked."""

    class Pressed(Message):
        """It was clicked."""

    def __init__(self, label: str) -> None:
        super().__init__(id="convert-button")
        self._words = f"[ {label} ]  F8"

    def render(self) -> Content:
        """At the right end of the line."""
        return Content(" " * max(0, self.size.width - cell_width(self._words) - 1) + self._words)

    def on_click(self, event: events.Click) -> None:
        """As F8."""
        event.stop()
        self.post_message(self.Pressed())


class ConvertForm(Vertical):
    """unionid, openid, subject; of a self-built app the unionid alone, and the reason."""

    class Filled(Message):
        """F8 or Enter in the last field: convert this; F5: `again`, although it is known."""

        def __init__(self, what: Given, *, again: bool) -> None:
            super().__init__()
            self.what = what
            self.again = again

    def __init__(self, profile: Profile) -> None:
        super().__init__(id="convert-form")
        self._converts = may_convert(profile.app_type)
        self._title = TitleLine()
        self.unionid, self.openid = IdInput(id="unionid"), IdInput(id="openid")
        self.subject = ChoiceLine([(str(int(one)), subject_words(one)) for one in SubjectType], id="subject")
        self.rows: dict[IdField, FormRow] = {
            IdField.UNIONID: FormRow(
                _("unionid"),
                self.unionid,
                _("Begins with o; one person has one for all apps of an open platform account."),
            ),
            IdField.OPENID: FormRow(
                "openid", self.openid, _("From the same mini program as the unionid, at the same login.")
            ),
        }
        self._subject_row = FormRow(
            _("subject"), self.subject, _("subject_type 0 or 1: whose name the mini program is registered under.")
        )
        self._has_subjects = has_subjects(profile)

    def compose(self) -> ComposeResult:
        """The title above the rows, the button below."""
        yield self._title
        if not self._converts:
            yield FoldedText(
                self_built_words(), _("Look among the customers that are known here instead."), classes="convert-why"
            )
        yield self.rows[IdField.UNIONID]
        if self._converts:
            yield self.rows[IdField.OPENID]
        if self._has_subjects:
            yield self._subject_row
        yield ConvertButton(_("convert") if self._converts else _("look among known customers"))

    def on_mount(self) -> None:
        """Say what the form is for, or why it can do less."""
        right = _("one at a time, never in bulk") if self._converts else _("not given to this kind of app")
        self._title.show(_("unionid conversion"), right)

    def take_keys(self) -> None:
        """The keys go to the first field that is empty or wrong, else to the first."""
        wrong = {mistake.field for mistake in self._mistakes()}
        field = next((row.field for name, row in self.rows.items() if name in wrong), self.unionid)
        self.screen.set_focus(field)

    @property
    def is_complete(self) -> bool:
        """Whether all fields hold what can be an ID."""
        return not self._mistakes()

    def fill(self, unionid: str, openid: str, subject_type: int | None = None) -> None:
        """Put ids into the fields."""
        self.unionid.value, self.openid.value = unionid, openid
        if subject_type is not None and self._has_subjects:
            self.subject.choose(str(subject_type))

    @property
    def what(self) -> Given:
        """What stands in the form."""
        subject_type = SubjectType(int(self.subject.value)) if self._has_subjects else SubjectType.CORP
        return given(self.unionid.value, self.openid.value if self._converts else "", subject_type)

    def submit(self, *, again: bool = False) -> None:
        """Have it converted, if the ids can be such; else say beside the field what is wrong."""
        what, wrong = self.what, self._mistakes()
        self.show_mistakes(wrong)
        if wrong:
            self.take_keys()
            return
        if what.was_tidied:
            self.fill(what.unionid, what.openid)
            self.post_message(IdInput.Tidied())
        self.post_message(self.Filled(what, again=again))

    def show_mistakes(self, wrong: tuple[Mistake, ...]) -> None:
        """Say beside each field what is wrong with it."""
        words = {mistake.field: mistake_words(mistake) for mistake in wrong}
        for name, row in self.rows.items():
            row.show_mistake(words.get(name, ""))

    def _mistakes(self) -> tuple[Mistake, ...]:
        return mistakes(self.what, needs_openid=self._converts)

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was wrong is looked at again with each keystroke."""
        event.stop()
        if any(row.mistake for row in self.rows.values()):
            self.show_mistakes(self._mistakes())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the openid, and from there it converts."""
        event.stop()
        if event.input is self.unionid and self._converts:
            self.screen.set_focus(self.openid)
        else:
            self.submit()

    def on_convert_button_pressed(self, event: ConvertButton.Pressed) -> None:
        """A click on the button."""
        event.stop()
        self.submit()
