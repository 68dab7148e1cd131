"""What every benchmark returns, and how it is printed: a figure beside its budget."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from console.text import cell_width, fit

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Result:
    """One figure. `budget` is for reading (`<= 20 ms`), empty for a figure that is only told."""

    name: str
    value: float
    unit: str
    budget: str = ""
    ok: bool = True
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether the budget was missed."""
        return not self.ok


def at_most(name: str, value: float, unit: str, limit: float, note: str = "") -> Result:
    """A figure that must not exceed `limit`."""
    return Result(name, value, unit, f"<= {limit:g} {unit}", value <= limit, note)


def at_least(name: str, value: float, unit: str, limit: float, note: str = "") -> Result:
    """A figure that must reach `limit`."""
    return Result(name, value, unit, f">= {limit:g} {unit}", value >= limit, note)


def told(name: str, value: float, unit: str, note: str = "") -> Result:
    """A figure without a budget."""
    return Result(name, value, unit, note=note)


def show(title: str, results: Sequence[Result]) -> None:
    """Print `results` as a table."""
    lines = [("", "figure", "value", "budget", "")]
    for result in results:
        verdict = "MISSED" if result.missed else "ok" if result.budget else ""
        value = f"{result.value:.3g} {result.unit}".strip()
        lines.append((verdict, result.name, value, result.budget, result.note))
    widths = [max(cell_width(line[place]) for line in lines) for place in range(4)]
    sys.stdout.write(f"\n{title}\n")
    for *cells, note in lines:
        row = [
            fit(cell, width, right=place == 2) for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        sys.stdout.write("  ".join([*row, note]).rstrip() + "\n")
    sys.stdout.flush()


def child_environment() -> dict[str, str]:
    """The environment for a measured process: bytecode is kept, nothing changes colours or animates."""
    dropped = {"PYTHONDONTWRITEBYTECODE", "NO_COLOR", "PYTHONPROFILEIMPORTTIME"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return kept | {"TEXTUAL_ANIMATIONS": "none", "PYTHONPATH": str(ROOT)}


def child_json(module: str, *arguments: str, timeout: float = 120) -> dict[str, float]:
    """Run `python -m module arguments` afresh; its last line of output is one JSON object of figures.

    Raises CalledProcessError when it fails and TimeoutExpired after `timeout` seconds.
    """
    ran = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=child_environment(),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=True,
    )
    figures: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return figures


def resident_mb() -> float:
    """Memory of this process in MB: what is resident now, or the most there was where that can't be read."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        import resource

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / 1e6 if sys.platform == "darwin" else most / 1e3
