"""From the start of the process to its first useful screen: the console, its demo, and others, in turn."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from console.operations.browse import read_customers, read_followers
from console.operations.names import learn_names
from console.sandbox import Options, Sandbox
from console.settings import AppType, Environment, Home, Profile
from console.settings_file import add_profile
from console.store import Store
from console.wecom.access import AppSecret
from console.wecom.client import WeComClient
from console.wecom.redact import Hidden
from tests.benchmarks.bare_app import MARK
from tests.benchmarks.measure import Result, at_least, at_most, child_environment, show, told
from tests.benchmarks.terminal import Program, seconds_to_marks

RUNS = 9
RIVALS_BIN = "WECOM_CONSOLE_BENCH_BIN"
"""Names folders that hold rivals which are not on the PATH, parted as in PATH."""

FOLLOWER, FOLLOWER_NAME, CUSTOMER = "zhangwei", "张伟", "13900005566"
RIVALS = {"posting": "Collection", "harlequin": "Query Editor|Data Catalog"}


def run() -> list[Result]:
    """Measure, each program in fresh processes and all of them in turn; takes about two minutes."""
    with filled_home() as environment:
        ours = [bare(), started(environment), demo()]
        for program in ours:
            seconds_to_marks(program)  # compiles what isn't compiled yet
        programs = [*ours, *(rival for rival in rivals() if starts(rival))]
        runs = [[seconds_to_marks(program) for program in programs] for _ in range(RUNS)]
    first = {program.name: median(one[place][0] for one in runs) for place, program in enumerate(programs)}
    last = {program.name: median(one[place][-1] for one in runs) for place, program in enumerate(programs)}
    floor = first["bare"]

    def ratio(place: int, mark: int) -> float:
        """The median of the ratios, since what slows one round slows all programs in it."""
        return median(one[place][mark] / one[0][0] for one in runs)

    results = [
        told("bare Textual app: first screen", floor, "s", "the floor"),
        told("console: first paint", first["console"], "s", "followers that the store knows"),
        at_most("console: first paint against the bare app", ratio(1, 0), "x", 1.15),
        told("console: known customers", last["console"], "s", f"{ratio(1, -1):.2f} x the bare app"),
        told("demo: first paint", first["demo"], "s", f"{ratio(2, 0):.2f} x the bare app"),
        told("demo: first customers", last["demo"], "s", "asked of a sandbox that starts with it"),
        at_most("demo: first customers against the bare app", ratio(2, -1), "x", 2.3),
    ]
    for program in programs[len(ours) :]:
        results.append(told(f"{program.name}: first screen", first[program.name], "s"))
        sooner = first[program.name] / last["demo"]
        results.append(at_least(f"demo, sooner than {program.name}", sooner, "x", 1.25))
    missing = [name for name in RIVALS if name not in first]
    if missing:
        results.append(told("rivals not installed, or not starting", len(missing), "", ", ".join(missing)))
    return results


def bare() -> Program:
    """The floor."""
    return Program("bare", (sys.executable, "-m", "tests.benchmarks.bare_app"), (MARK,), child_environment())


def started(environment: dict[str, str]) -> Program:
    """The app on a store that knows followers and customers."""
    return Program("console", (sys.executable, "-m", "console"), (FOLLOWER_NAME, CUSTOMER), environment)


def demo() -> Program:
    """The demo, until its first customers are on the screen."""
    command = (sys.executable, "-m", "console", "demo")
    return Program("demo", command, (r"\[1 ", CUSTOMER), child_environment() | {"WECOM_CONSOLE_LANG": "en"})


def rivals() -> list[Program]:
    """Other Textual programs, where they are installed."""
    path = os.pathsep.join(filter(None, (os.environ.get(RIVALS_BIN), os.environ.get("PATH"))))
    found = {name: shutil.which(name, path=path) for name in RIVALS}
    return [
        Program(name, (command,), (RIVALS[name],), child_environment()) for name, command in found.items() if command
    ]


def starts(rival: Program) -> bool:
    """Whether it shows its first screen at all."""
    try:
        seconds_to_marks(rival)
    except TimeoutError:
        return False
    return True


@contextmanager
def filled_home() -> Iterator[dict[str, str]]:
    """The environment of a console whose store knows the followers and the customers of the first."""
    sandbox = Sandbox(Options())
    with tempfile.TemporaryDirectory() as folder, sandbox.running() as base_url:
        home = Home.locate({"WECOM_CONSOLE_HOME": folder})
        corp_id, secret = sandbox.credentials.corp_id, sandbox.credentials.secret
        profile = Profile("bench", corp_id, AppType.SELF_BUILT, base_url, Environment.TEST)
        add_profile(home, profile)
        asyncio.run(_fill(home.store_file, profile, secret))
        yield child_environment() | {
            "WECOM_CONSOLE_HOME": folder,
            "WECOM_CONSOLE_LANG": "en",
            "WECOM_CONSOLE_SECRET_CORP_SECRET": secret,
        }


async def _fill(file: Path, profile: Profile, secret: str) -> None:
    store = Store.open(file)
    records = store.profile(profile.name, profile.corp_id, profile.app_type)
    async with WeComClient(AppSecret(profile.corp_id, Hidden(secret)), base_url=profile.base_url) as client:
        await read_followers(client, records)
        userids: Sequence[str] = [row.userid for row in records.followers.rows()]
        async for _named in learn_names(client, records, userids):
            pass
        async for _page in read_customers(client, records, FOLLOWER):
            pass
    store.close()


if __name__ == "__main__":
    figures = run()
    show("Start", figures)
    sys.exit(any(figure.missed for figure in figures))
