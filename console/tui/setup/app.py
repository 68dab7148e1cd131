"""The app of the first run: a choice, then the form, then the test; it ends with what is to be opened."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from console import __version__
from console.credentials import KeyringSecrets, Secrets
from console.language import _
from console.operations.set_up import FirstRun, OpenProfile, TryDemo
from console.settings import DEFAULT_BASE_URL, Home, Settings
from console.text import cell_width
from console.tui.columns import Column
from console.tui.commands import Place, bindings
from console.tui.frame.too_small import TooSmall
from console.tui.listing import TitleLine
from console.tui.profile.report import LineTable
from console.tui.rows import ListSource, Row, Toned
from console.tui.setup.form import SetupForm
from console.tui.setup.trial import SetupTrial
from console.tui.shell import Shell
from console.tui.styles import DIALOGS, PANES
from console.tui.table import BigTable

DEMO, SET_UP, QUIT = "demo", "set up", "quit"


class SetupApp(Shell[FirstRun]):
    """Opens where there is no profile yet."""

    BINDINGS: ClassVar[list[BindingType]] = [one for one in bindings(Place.EVERYWHERE) if one.id == "quit"]

    def __init__(
        self, home: Home, settings: Settings, *, secrets: Secrets | None = None, base_url: str = DEFAULT_BASE_URL
    ) -> None:
        """`secrets` is where what is typed is kept: the OS keyring, unless a test says otherwise."""
        super().__init__(settings, PANES, DIALOGS)
        self._secrets = secrets or KeyringSecrets()
        self.welcome = Welcome()
        self.form = SetupForm(taken=settings.profiles, base_url=base_url)
        self.trial = SetupTrial(home, self._secrets)
        self.views = Container(self.welcome, self.form, self.trial, id="setup")

    def compose(self) -> ComposeResult:
        """A header, one of the three views, status and keys."""
        words = "[" + _("first run") + "]"
        yield Static(
            Content.assemble((f" {words}", "bold"), f" wecom-console {__version__}"), id="header", classes="env-demo"
        )
        yield self.views
        yield self.status
        yield self.keys
        yield TooSmall()

    def on_mount(self) -> None:
        """Begin with the choice."""
        self._show(self.welcome)

    def _show(self, view: Welcome | SetupForm | SetupTrial) -> None:
        for other in (self.welcome, self.form, self.trial):
            other.display = other is view
        view.take_keys()
        self.call_after_refresh(self.show_keys)

    def on_welcome_chosen(self, event: Welcome.Chosen) -> None:
        """The demo, the form, or the end."""
        if event.what == SET_UP:
            self._show(self.form)
        else:
            self.exit(TryDemo() if event.what == DEMO else None)

    def on_setup_form_left(self) -> None:
        """Back to the choice."""
        self._show(self.welcome)

    def on_setup_form_filled(self, event: SetupForm.Filled) -> None:
        """Keep and test."""
        self._show(self.trial)
        self.trial.try_out(event.draft)

    def on_setup_trial_changed(self) -> None:
        """Other keys may be good now, unless all is being left."""
        if self.screen_stack:
            self.refresh_bindings()
            self.call_after_refresh(self.show_keys)

    def on_setup_trial_left(self) -> None:
        """Back to the form, in which all still stands."""
        self._show(self.form)

    def on_setup_trial_opened(self) -> None:
        """Done: the app opens on the new profile."""
        draft = self.trial.draft
        self.exit(OpenProfile(draft.name, draft.wanted_secrets if self.trial.in_memory else {}))


class Welcome(Vertical):
    """What one can do without a profile."""

    PLACE = Place.WELCOME
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Place.WELCOME),
        *((str(number), f"take({number})", "") for number in (1, 2, 3)),
    ]

    class Chosen(Message):
        """One of DEMO, SET_UP, QUIT."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def __init__(self) -> None:
        super().__init__(id="welcome")
        choices = (
            (DEMO, _("try the demo"), _("an invented company; nothing to fill in, nothing is kept")),
            (SET_UP, _("set up"), _("your own company: corp ID and the app's Secret, about two minutes")),
            (QUIT, _("quit"), ""),
        )
        width = max(cell_width(label) for _what, label, _help in choices) + 2
        self.table = LineTable(
            (Column("number", "", 2), Column("label", "", width), Column("help", "", 20, grow=1)), show_header=False
        )
        rows = [
            Row(what, (str(number), label, Toned(words, "muted")))
            for number, (what, label, words) in enumerate(choices, 1)
        ]
        self.table.show(ListSource(rows))
        self.table.notes_above = (_("There is no profile on this computer yet."), "")
        self.table.notes_below = (
            "",
            _("The same on the command line: wecom-console demo, wecom-console profile add, wecom-console secret set."),
        )

    def compose(self) -> ComposeResult:
        """The title above the choices."""
        title = TitleLine()
        title.show(_("Welcome"))
        yield title
        yield self.table

    def take_keys(self) -> None:
        """The keys go to the choices."""
        self.screen.set_focus(self.table)

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter or a double click."""
        event.stop()
        self.post_message(self.Chosen(str(event.key)))

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Moving alone chooses nothing."""
        event.stop()

    def action_open(self) -> None:
        """Enter."""
        self.table.action_open()

    def action_take(self, number: int) -> None:
        """A digit chooses its line."""
        self.post_message(self.Chosen((DEMO, SET_UP, QUIT)[number - 1]))
