"""The header: environment, profile, kind of app, what may be done, who works, how the API answers, who receives."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from console.language import _
from console.operations.wording import app_type_words, environment_words, write_words
from console.settings import Profile, Settings
from console.text import cell_width, crop, safe_text

if TYPE_CHECKING:
    from console.wecom.pace import Wait

WIDE = 110
WAIT_SHOWN_SECONDS = 3.0


class ApiState(StrEnum):
    """How the last calls to WeCom went."""

    UNASKED = "unasked"
    STARTING = "starting"
    READY = "ready"
    WAITING = "waiting"
    FAILED = "failed"


class HeaderLine(Widget):
    """One line in the colour of the profile's environment; the word stands beside the colour."""

    api: reactive[ApiState] = reactive(ApiState.UNASKED)
    wait_words: reactive[str] = reactive("")
    masked: reactive[bool] = reactive(False)
    operator: reactive[str] = reactive("")
    """Who is at the keys; empty while that was not said."""
    receiving: reactive[tuple[str, str]] = reactive(("", ""))
    """What the receiver does, in more and in fewer words; empty where there is nothing to say."""

    def __init__(self, profile: Profile, settings: Settings) -> None:
        super().__init__(id="header", classes=f"env-{profile.environment}")
        self._profile = profile
        self._settings = settings

    def show_profile(self, profile: Profile, settings: Settings) -> None:
        """Show another profile, in its environment's colour."""
        self.remove_class(f"env-{self._profile.environment}")
        self._profile, self._settings = profile, settings
        self.add_class(f"env-{profile.environment}")
        self.refresh()

    def show_wait(self, wait: Wait) -> None:
        """A call waits for its turn: say how long."""
        self.wait_words = _("rate limited, waiting {n} s").format(n=round(wait.seconds))
        if wait.seconds >= 1.0:
            self.api = ApiState.WAITING
            self.set_timer(wait.seconds + WAIT_SHOWN_SECONDS, self._waited)

    def _waited(self) -> None:
        if self.api is ApiState.WAITING:
            self.api = ApiState.READY

    def render(self) -> Content:
        """Left: what one works in. Right: whether it answers."""
        width = self.size.width
        profile = self._profile
        words = [
            f"[{environment_words(profile.environment)}]",
            safe_text(profile.name),
            app_type_words(profile.app_type, short=width < WIDE),
            write_words(profile, self._settings),
        ]
        if self.masked:
            words.append(_("masked"))
        if profile.customer_acquisition:
            words.append(_("only customers it brought") if width >= WIDE else _("acquisition"))
        receiving = self.receiving[0 if width >= WIDE else 1]
        right = " | ".join(filter(None, (self._api_words(), receiving))) + " "
        if self.operator and width >= WIDE:
            right = _("operator {name}").format(name=safe_text(self.operator)) + " | " + right
        left = crop(" " + words[0] + " " + "  ".join(words[1:]), max(0, width - cell_width(right) - 1))
        gap = max(1, width - cell_width(left) - cell_width(right))
        return Content.assemble((left[: len(words[0]) + 1], "bold"), left[len(words[0]) + 1 :], " " * gap, right)

    def _api_words(self) -> str:
        return {
            ApiState.UNASKED: _("API not asked yet"),
            ApiState.STARTING: _("API starting"),
            ApiState.READY: _("API OK"),
            ApiState.WAITING: self.wait_words or _("API waiting"),
            ApiState.FAILED: _("API failed"),
        }[self.api]
