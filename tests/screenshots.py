"""The pictures of the README, one command: `python -m tests.screenshots` makes them anew from the demo's people."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from console import language
from console.demo import DELEGATED, SELF_BUILT
from console.sandbox import Options, Sandbox
from console.tui.app import ConsoleApp
from tests.conftest import NOW
from tests.morning import have_a_morning
from tests.pictures import fit_for_a_page
from tests.stage import profiles_on, settled

FOLDER = Path(__file__).parent.parent / "screenshots"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the keys that lead to it from the first screen, and the terminal it is taken in."""

    name: str
    language: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (80, 24)
    profile: str = SELF_BUILT
    theme: str = "dark"
    morning: bool = False
    """Whether something came in before the keys are pressed."""


WIDE = (140, 40)
TO_LI_JIANGUO = ("enter", *["down"] * 6)

TO_FORM = (*TO_LI_JIANGUO, "enter", "e", "tab", "tab", "tab", "down", "end", "backspace", "backspace", "0", "8")


def _in_both(
    name: str, *keys: str, size: tuple[int, int] = (80, 24), profile: str = SELF_BUILT, morning: bool = False
) -> list[Picture]:
    return [Picture(f"{name}-{lang}", lang, keys, size, profile, morning=morning) for lang in ("zh", "en")]


PICTURES: Sequence[Picture] = (
    *_in_both("customers", *TO_LI_JIANGUO),
    *_in_both("wide", *TO_LI_JIANGUO, "enter", size=WIDE),
    *_in_both("find", "f", *"ljg"),
    *_in_both("remark", *TO_FORM, size=WIDE),
    *_in_both("events", "2", size=WIDE, morning=True),
    *_in_both("convert", "3", "f8", profile=DELEGATED),
    *_in_both("sync", "4", "f8", size=WIDE),
    *_in_both("record", *TO_FORM, "f8", "right", "enter", "5", size=WIDE),
    *_in_both("profile", "6", "end"),
    Picture("detail-zh", "zh", (*TO_LI_JIANGUO, "enter")),
    Picture("delegated-light-zh", "zh", (*TO_LI_JIANGUO, "enter"), profile=DELEGATED, theme="light"),
)


async def take(picture: Picture, folder: Path) -> str:
    """One picture as SVG, the same each time: fixed people, clock and zone, personal data masked."""
    before = language.current()
    language.install(picture.language)
    sandbox = Sandbox(Options(seed=7, now=NOW))
    try:
        with sandbox.running():
            return await _take(picture, sandbox, folder)
    finally:
        language.install(before)


async def _take(picture: Picture, sandbox: Sandbox, folder: Path) -> str:
    with profiles_on(sandbox, folder, NOW) as profiles:
        app = ConsoleApp(profiles, picture.profile)
        app.masked = True
        async with app.run_test(size=picture.size) as pilot:
            app.theme = picture.theme
            await settled(pilot)
            if picture.morning:
                await have_a_morning(app, sandbox)
            for key in picture.keys:
                await pilot.press(key)
                await settled(pilot)
            app.status.say("")  # what is said fades; how many seconds a sync took is another number each time
            await pilot.pause()
            return fit_for_a_page(app.export_screenshot(title="wecom-console"))


async def take_all() -> dict[str, str]:
    """Every picture by its file name."""
    taken = {}
    for picture in PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            taken[f"{picture.name}.svg"] = await take(picture, Path(folder))
    return taken


def main() -> int:
    """Write the pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name, svg in asyncio.run(take_all()).items():
        (FOLDER / name).write_text(svg, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
