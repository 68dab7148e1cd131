"""The README's pictures are of the app as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screenshots import FOLDER, PICTURES, Picture, take


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
async def test_a_picture_shows_the_app_as_it_is(picture: Picture, tmp_path: Path) -> None:
    committed = (FOLDER / f"{picture.name}.svg").read_text(encoding="utf-8")
    assert await take(picture, tmp_path) == committed, "make them anew: python -m tests.screenshots"


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == {picture.name for picture in PICTURES}


def test_every_picture_that_a_readme_shows_is_there() -> None:
    root = FOLDER.parent
    shown = "".join((root / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
    assert {part.split(")")[0] for part in shown.split("screenshots/")[1:]} <= {p.name for p in FOLDER.glob("*.svg")}
