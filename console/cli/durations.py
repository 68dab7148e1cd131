"""A length of time on the command line: 90s, 30m, 6h, 1d."""

from __future__ import annotations

import re

import click

from console.language import _

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SHORTEST = 60.0


class Duration(click.ParamType[float]):
    """Seconds, a minute at least."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Seconds of what was typed; fails with what to type."""
        if isinstance(value, float):
            return value
        found = re.fullmatch(r"(\d{1,6})([smhd])", str(value).strip().lower())
        seconds = int(found[1]) * _UNITS[found[2]] if found else 0
        if seconds < _SHORTEST:
            self.fail(_("Write it like 30m, 6h or 1d; a minute is the least."), param, ctx)
        return float(seconds)
