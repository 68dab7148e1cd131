"""The four looks: dark, light, high contrast and without colour.

Every pair of colours has a contrast of at least 6:1, and of at least 9:1 in the look that is named after it.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

from console.language import _

_SHARED = {
    "env-prod": "#B3261E",
    "env-prod-text": "#FFFFFF",
    "env-test": "#E0A800",
    "env-test-text": "#1A1400",
    "env-demo": "#1F5FBF",
    "env-demo-text": "#FFFFFF",
    "chosen": "#1F5FBF",
    "chosen-text": "#FFFFFF",
}

DARK = Theme(
    name="dark",
    primary="#1F5FBF",
    accent="#FFD166",
    error="#FF8A80",
    warning="#FFD166",
    success="#7EE2A8",
    foreground="#E6E6E6",
    background="#14181D",
    surface="#14181D",
    panel="#1D232A",
    dark=True,
    variables=_SHARED
    | {
        "quiet": "#A0A8B0",
        "chosen-elsewhere": "#333B44",
        "chosen-elsewhere-text": "#E6E6E6",
        "added": "#7EE2A8",
        "added-background": "#0F2E1D",
        "removed": "#FF9B94",
        "removed-background": "#3A1210",
        "changed": "#FFD166",
        "failure": "#FF8A80",
        "info": "#8AB8FF",
        "rule": "#4A545F",
    },
)

LIGHT = Theme(
    name="light",
    primary="#1F5FBF",
    accent="#7A4F00",
    error="#B3261E",
    warning="#7A4F00",
    success="#0B5D2A",
    foreground="#1A1A1A",
    background="#FFFFFF",
    surface="#FFFFFF",
    panel="#EEF1F4",
    dark=False,
    variables=_SHARED
    | {
        "quiet": "#5A6268",
        "chosen-elsewhere": "#D5DBE1",
        "chosen-elsewhere-text": "#1A1A1A",
        "added": "#0B5D2A",
        "added-background": "#DDF5E6",
        "removed": "#8C1D18",
        "removed-background": "#FBE3E1",
        "changed": "#7A4F00",
        "failure": "#B3261E",
        "info": "#174A99",
        "rule": "#9AA3AC",
    },
)

CONTRAST = Theme(
    name="contrast",
    primary="#0030A0",
    accent="#FFFF00",
    error="#FFB0A8",
    warning="#FFFF00",
    success="#80FF80",
    foreground="#FFFFFF",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables={
        "env-prod": "#8C0000",
        "env-prod-text": "#FFFFFF",
        "env-test": "#FFFF00",
        "env-test-text": "#000000",
        "env-demo": "#0030A0",
        "env-demo-text": "#FFFFFF",
        "chosen": "#FFFF00",
        "chosen-text": "#000000",
        "quiet": "#FFFFFF",
        "chosen-elsewhere": "#303030",
        "chosen-elsewhere-text": "#FFFFFF",
        "added": "#80FF80",
        "added-background": "#002000",
        "removed": "#FFB0A8",
        "removed-background": "#300000",
        "changed": "#FFFF00",
        "failure": "#FFB0A8",
        "info": "#A0D8FF",
        "rule": "#FFFFFF",
    },
)

_GREYS = ("quiet", "chosen-elsewhere-text", "added", "removed", "changed", "failure", "info", "rule")

MONO = Theme(
    name="mono",
    primary="#FFFFFF",
    foreground="#FFFFFF",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables={
        **{f"env-{kind}": "#FFFFFF" for kind in ("prod", "test", "demo")},
        **{f"env-{kind}-text": "#000000" for kind in ("prod", "test", "demo")},
        **dict.fromkeys(_GREYS, "#FFFFFF"),
        "chosen": "#FFFFFF",
        "chosen-text": "#000000",
        "chosen-elsewhere": "#000000",
        "added-background": "#000000",
        "removed-background": "#000000",
    },
)

THEMES = (DARK, LIGHT, CONTRAST, MONO)


def look_words(name: str) -> str:
    """A look's name in the operator's language."""
    return {"dark": _("dark"), "light": _("light"), "contrast": _("high contrast"), "mono": _("no colour")}[name]


def colours_of(theme: Theme) -> Mapping[str, str]:
    """The colours of one of the four, by name; a theme that isn't ours gets those of the one that is nearest."""
    if theme in THEMES:
        return theme.variables
    return (DARK if theme.dark else LIGHT).variables
