"""What the known customers look like from afar: charts as labels and numbers; drawing them is a screen's affair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from console.language import _
from console.operations.wording import add_way_short
from console.store import Records
from console.store.figures import WEEK
from console.text import safe_text

WEEKS: Final = 12
_OTHER_WAY: Final = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; the label is safe text."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under a title, the most telling first; one drawn in little room leaves out the last."""

    title: str
    bars: tuple[Bar, ...]


async def customer_charts(
    records: Records, names: Mapping[str, str], zone: tzinfo | None, now: float
) -> tuple[Chart, ...]:
    """Customers by source, by follower and by the week they were added; `names` by userid in lower case."""
    return (await _by_way(records), _by_follower(records, names), await _by_week(records, zone, now))


async def _by_way(records: Records) -> Chart:
    """0 counts as `other`, as the guide has it (G9): it is not always an unknown source."""
    counts = await records.figures.by_way()
    largest = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return Chart(
        _("source"), tuple(Bar(_("other") if way == _OTHER_WAY else add_way_short(way), n) for way, n in largest)
    )


def _by_follower(records: Records, names: Mapping[str, str]) -> Chart:
    rows = sorted((row for row in records.followers.rows() if row.count), key=lambda row: -(row.count or 0))
    return Chart(
        _("customers a follower"),
        tuple(Bar(safe_text(names.get(row.userid.casefold()) or row.userid), row.count or 0) for row in rows),
    )


async def _by_week(records: Records, zone: tzinfo | None, now: float) -> Chart:
    """The newest week first; a week begins on Monday."""
    today = datetime.fromtimestamp(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday())
    begin = monday.timestamp() - (WEEKS - 1) * WEEK
    counts = await records.figures.by_week(begin, WEEKS)
    bars = [
        Bar(f"{datetime.fromtimestamp(begin + week * WEEK, zone):%m-%d}", count) for week, count in enumerate(counts)
    ]
    return Chart(_("added a week"), tuple(reversed(bars)))
