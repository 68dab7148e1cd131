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


TO_LI_JIANGUO = ("enter", *["down"] * 6)

PICTURES: Sequence[Picture] = (
    Picture("customers-zh", "zh", TO_LI_JIANGUO),
    Picture("customers-en", "en", TO_LI_JIANGUO),
    Picture("wide-zh", "zh", (*TO_LI_JIANGUO, "enter"), (140, 40)),
    Picture("wide-en", "en", (*TO_LI_JIANGUO, "enter"), (140, 40)),
    Picture("detail-zh", "zh", (*TO_LI_JIANGUO, "enter")),
    Picture("find-zh", "zh", ("f", *"ljg")),
    Picture("find-en", "en", ("f", *"ljg")),
    Picture("delegated-light-zh", "zh", (*TO_LI_JIANGUO, "enter"), profile=DELEGATED, theme="light"),
)


async def take(picture: Picture, sandbox: Sandbox, folder: Path) -> str:
    """One picture as SVG, the same each time: fixed people, clock and zone, personal data masked."""
    before = language.current()
    language.install(picture.language)
    try:
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
            for key in picture.keys:
                await pilot.press(key)
                await settled(pilot)
            return fit_for_a_page(app.export_screenshot(title="wecom-console"))


async def take_all() -> dict[str, str]:
    """Every picture by its file name."""
    taken = {}
    sandbox = Sandbox(Options(seed=7, now=NOW))
    with sandbox.running():
        for picture in PICTURES:
            with tempfile.TemporaryDirectory() as folder:
                taken[f"{picture.name}.svg"] = await take(picture, sandbox, Path(folder))
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
