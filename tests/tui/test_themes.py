"""Every look can be read: texts stand out from what is behind them, and the operator's choice is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from console.settings import LOOKS, Settings
from console.tui.themes import CONTRAST, THEMES
from tests.tui.conftest import LOW, OpenApp

ON_THE_BACKGROUND = ("quiet", "added", "removed", "changed", "failure", "info")
PAIRS = (
    ("env-prod-text", "env-prod"),
    ("env-test-text", "env-test"),
    ("env-demo-text", "env-demo"),
    ("chosen-text", "chosen"),
    ("chosen-elsewhere-text", "chosen-elsewhere"),
    ("added", "added-background"),
    ("removed", "removed-background"),
)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""

    def luminance(name: str) -> float:
        parts = [part / 255 for part in Color.parse(name).rgb]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_texts_stand_out_from_what_is_behind_them(theme: Theme) -> None:
    assert theme.foreground is not None
    assert theme.background is not None
    least = 9.0 if theme is CONTRAST else 6.0
    colours = theme.variables
    pairs = [(theme.foreground, theme.background), *((colours[one], theme.background) for one in ON_THE_BACKGROUND)]
    pairs += [(colours[text], colours[behind]) for text, behind in PAIRS]
    assert [(one, other) for one, other in pairs if contrast(one, other) < least] == []


async def test_looks_are_changed_in_turn_and_one_can_be_kept(open_app: OpenApp, tmp_path: Path) -> None:
    assert [theme.name for theme in THEMES] == list(LOOKS)
    async with open_app(LOW, settings=Settings(tmp_path / "config.toml", theme="contrast", operator="陈敏")) as walk:
        assert walk.app.theme == "contrast"
        await walk.press("ctrl+p", *"theme", "enter")
        assert walk.app.theme == "mono"
        assert 'theme = "mono" in config.toml keeps it' in walk.status
