"""The header: environment, profile, kind of app, writable or not, masked or not, and how the API answers."""

from __future__ import annotations

from enum import StrEnum

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from console.language import _
from console.operations.wording import app_type_words, environment_words
from console.settings import Profile
from console.text import cell_width, crop, safe_text

WIDE = 110


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

    def __init__(self, profile: Profile, *, read_only: bool) -> None:
        super().__init__(id="header", classes=f"env-{profile.environment}")
        self._profile = profile
        self._read_only = read_only

    def show_profile(self, profile: Profile, *, read_only: bool) -> None:
        """Show another profile, in its environment's colour."""
        self.remove_class(f"env-{self._profile.environment}")
        self._profile, self._read_only = profile, read_only
        self.add_class(f"env-{profile.environment}")
        self.refresh()

    def render(self) -> Content:
        """Left: what one works in. Right: whether it answers."""
        width = self.size.width
        profile = self._profile
        words = [
            f"[{environment_words(profile.environment)}]",
            safe_text(profile.name),
            app_type_words(profile.app_type, short=width < WIDE),
            _("read-only") if self._read_only else _("writable"),
        ]
        if self.masked:
            words.append(_("masked"))
        right = self._api_words() + " "
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
