"""`python -m tests.benchmarks [NAME]...`: figures beside their budgets; 1 if one is missed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from tests.benchmarks.measure import Result, show

BENCHMARKS = {
    "start": "From the start to the first screen",
    "detail": "A customer with 1,200 followers",
    "follower": "A follower with 20,000 customers",
    "table": "The big table",
    "sync": "Syncing half a million relations",
    "search": "Finding among half a million",
    "remark": "Editing a remark",
    "callback": "Callbacks",
    "receiver": "Receiving",
    "busy": "Keys while events arrive",
}


def main(names: Sequence[str]) -> int:
    """Run the benchmarks named, else all; the answer is the exit code."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.stderr.write(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}\n")
        return 2
    missed = 0
    for name in names or BENCHMARKS:
        results: Sequence[Result] = import_module(f"tests.benchmarks.bench_{name}").run()
        show(BENCHMARKS[name], results)
        missed += sum(result.missed for result in results)
    sys.stdout.write(f"\n{missed} missed\n" if missed else "\nall within their budgets\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
