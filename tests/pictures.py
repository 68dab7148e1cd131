"""A Textual screenshot made fit for a page: every character at its cell, and nothing loaded from elsewhere.

Rich gives each piece of text the length of its characters, not of its cells, so that Chinese is squeezed and columns no
longer stand under each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from rich.cells import cell_len

CELL = 12.2
"""The width of a cell in Rich's SVG."""

_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_TEXT = re.compile(r'<text class="(?P<style>[^"]*-r\d+)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" '
                   r'textLength="[\d.]+" clip-path="(?P<clip>[^"]*)">(?P<text>[^<]*)</text>')  # fmt: skip
_MONOSPACE = 'Fira Code, "Noto Sans Mono CJK SC", "Sarasa Mono SC", Menlo, Consolas, monospace'


def fit_for_a_page(svg: str) -> str:
    """The picture with each run of narrow characters, and each wide one, at its own place."""
    plain = _FONTS.sub("", svg).replace("font-family: Fira Code, monospace", f"font-family: {_MONOSPACE}")
    return _TEXT.sub(_placed, plain)


def _placed(match: re.Match[str]) -> str:
    start = float(match["x"])
    spans = "".join(
        f'<tspan x="{start + cells * CELL:.1f}">{escape(run, quote=False)}</tspan>'
        for run, cells in _runs(unescape(match["text"]))
        if run.strip()
    )
    if not spans:
        return ""
    return f'<text class="{match["style"]}" y="{match["y"]}" clip-path="{match["clip"]}">{spans}</text>'


def _runs(text: str) -> Iterator[tuple[str, int]]:
    """Pieces with the cell they begin at: words of narrow characters, single wide ones, blanks."""
    at = 0
    for piece in re.findall(r"[!-~]+|\xa0+|.[\u200d\ufe0f\U0001f3fb-\U0001f3ff]*(?:(?<=\u200d).\ufe0f?\u200d?)*", text):
        yield piece.replace("\xa0", " ") if not piece.strip("\xa0") else piece, at
        at += cell_len(piece)
