"""The form of a new profile; what is wrong is said beside the field, and nothing that was typed is ever lost."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input

from console.credentials import SecretKind, needed_kinds
from console.language import _
from console.operations.error_words import sentences
from console.operations.set_up import Draft, mistakes, tidied
from console.operations.wording import app_type_words, environment_words
from console.settings import DEFAULT_BASE_URL, AppType, Environment
from console.tui.commands import Place, bindings
from console.tui.line_input import LineInput, SecretInput
from console.tui.listing import TitleLine
from console.tui.setup.fields import ChoiceLine, FormRow


class SetupForm(Vertical):
    """Name, corp ID, kind of app, environment and secrets of a profile."""

    PLACE = Place.SETUP_FORM
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Place.SETUP_FORM),
        # With priority: what is typed right after one of these goes to the next field.
        Binding("enter", "go_on", priority=True, show=False),
        Binding("tab", "app.focus_next", priority=True, show=False),
        Binding("shift+tab", "app.focus_previous", priority=True, show=False),
    ]

    class Filled(Message):
        """All that is needed was typed and has the right form."""

        def __init__(self, draft: Draft) -> None:
            super().__init__()
            self.draft = draft

    class Left(Message):
        """Esc: back to the choice; what was typed stays here."""

    def __init__(self, *, taken: Collection[str] = (), base_url: str = DEFAULT_BASE_URL) -> None:
        """`taken` are the names that other profiles have."""
        super().__init__(id="setup-form")
        self.taken = frozenset(taken)
        self._title = TitleLine()
        self._app_type = ChoiceLine(
            [(kind.value, app_type_words(kind)) for kind in (AppType.SELF_BUILT, AppType.DELEGATED)],
            [(AppType.THIRD_PARTY.value, app_type_words(AppType.THIRD_PARTY))],
            id="app_type",
        )
        self._environment = ChoiceLine(
            [(kind.value, environment_words(kind)) for kind in (Environment.PROD, Environment.TEST)], id="environment"
        )
        self._base_url = base_url
        self.rows = self._make_rows()

    def _make_rows(self) -> dict[str, FormRow]:
        """All rows by the names of their fields, as `mistakes` names them."""
        kind = self._app_type
        return {
            "name": FormRow(
                _("profile name"),
                LineInput(id="name"),
                _("Your own word for it; the header shows it, --profile takes it."),
            ),
            "corp_id": FormRow(
                _("corp ID"), LineInput(id="corp_id"), _("我的企业 > 企业信息, at the bottom of the page; ww..")
            ),
            "app_type": FormRow(
                _("kind of app"), kind, _("Left and Right choose. Whose app is it: yours, or a provider's?")
            ),
            "environment": FormRow(
                _("environment"), self._environment, _("The header's colour, and how careful the console makes you be.")
            ),
            "suite_id": FormRow(_("suite ID"), LineInput(id="suite_id"), _("The provider knows it; ww.. or dk..")),
            **{
                one.value: FormRow(label, SecretInput(id=one.value), hint)
                for one, (label, hint) in _secret_words().items()
            },
            "base_url": FormRow(
                _("address"),
                LineInput(id="base_url"),
                _("Where WeCom is; usually left as it is."),
            ),
        }

    def compose(self) -> ComposeResult:
        """The title above the rows."""
        yield self._title
        with VerticalScroll(id="form-rows", can_focus=False):
            yield from self.rows.values()

    def on_mount(self) -> None:
        """Begin at the first field."""
        self._title.show(_("Set up a profile"), _("Tab next field, F8 keep and test, Esc back"))
        self._input("base_url").value = self._base_url
        self._show_rows()

    def take_keys(self) -> None:
        """The keys go to the first field that is wrong, or the first of all."""
        wrong = next((row for row in self._shown_rows() if row.mistake), self.rows["name"])
        self.screen.set_focus(wrong.field)

    @property
    def draft(self) -> Draft:
        """What stands in the form."""
        return Draft(
            self._text("name"),
            self._text("corp_id"),
            AppType(self._app_type.value),
            Environment(self._environment.value),
            self._text("base_url"),
            self._text("suite_id"),
            {kind: self._text(kind.value) for kind in _secret_words()},
        )

    def _text(self, name: str) -> str:
        return self._input(name).value

    def _input(self, name: str) -> Input:
        field = self.rows[name].field
        assert isinstance(field, Input)
        return field

    def _shown_rows(self) -> list[FormRow]:
        return [row for row in self.rows.values() if row.display]

    def _show_rows(self) -> None:
        """Only the fields of the chosen kind of app, and the rare ones when they were asked for."""
        app_type = AppType(self._app_type.value)
        for kind in _secret_words():
            self.rows[kind.value].display = kind in needed_kinds(app_type)
        self.rows["suite_id"].display = app_type is AppType.THIRD_PARTY
        self.rows["base_url"].display = self._app_type.is_unfolded or self._text("base_url") != DEFAULT_BASE_URL

    def show_mistakes(self, found: dict[str, str]) -> None:
        """Say beside each field what is wrong with it."""
        for name, row in self.rows.items():
            row.show_mistake(found.get(name, ""))

    def on_choice_line_changed(self, event: ChoiceLine.Changed) -> None:
        """Another kind of app has other secrets."""
        event.stop()
        self._show_rows()

    def action_go_on(self) -> None:
        """Enter goes on to the next field, and from the last one to the test."""
        self._show_rows()  # a choice that was made just now has not been told yet
        fields = [row.field for row in self._shown_rows()]
        focused = self.screen.focused
        place = fields.index(focused) + 1 if focused in fields else 0
        if place < len(fields):
            self.screen.set_focus(fields[place])
        elif focused is not None:
            focused.call_later(self.action_try_out)  # behind what was typed and is still on its way into the field

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was wrong is looked at again with each keystroke."""
        event.stop()
        row = self.rows[event.input.id or ""]
        if row.mistake:
            row.show_mistake(mistakes(tidied(self.draft), self.taken).get(event.input.id or "", ""))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A field that one leaves with something wrong in it says so; an empty one waits until the end."""
        name = event.widget.id or ""
        if name in self.rows and isinstance(event.widget, Input) and event.widget.value.strip():
            self.rows[name].show_mistake(mistakes(tidied(self.draft), self.taken).get(name, ""))

    def action_try_out(self) -> None:
        """Keep and test, if all has the right form."""
        draft = tidied(self.draft)
        found = mistakes(draft, self.taken)
        self.show_mistakes(found)
        if found:
            self.take_keys()
        else:
            self.post_message(self.Filled(draft))

    def action_back(self) -> None:
        """Back to the choice."""
        self.post_message(self.Left())


def _secret_words() -> dict[SecretKind, tuple[str, str]]:
    """The label and the hint of each secret, in the order of the form."""
    unseen = _("Not shown; it goes into the OS keyring and nowhere else.")
    return {
        SecretKind.CORP_SECRET: (
            _("Secret"),
            sentences(_("应用管理 > this app > Secret, or that of 客户联系."), unseen),
        ),
        SecretKind.PERMANENT_CODE: (
            _("permanent code"),
            sentences(_("From the provider, for this company."), unseen),
        ),
        SecretKind.SUITE_SECRET: (_("suite secret"), sentences(_("From the provider."), unseen)),
        SecretKind.SUITE_TICKET: (_("suite ticket"), _("The latest one; it is good for 30 minutes.")),
    }
