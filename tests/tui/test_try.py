from __future__ import annotations

import time

from tests.tui.conftest import *


async def test_a(open_app):
    t=time.time()
    async with open_app() as walk:
        print(time.time()-t)
        print(walk.screen)
        await walk.press("enter")
        print(walk.screen, walk.place)
        await walk.press(*["down"]*6)
        await walk.press("enter")
        print(walk.screen, walk.place)
        print(walk.fields())
    async with open_app(lang="zh", size=(60,24)) as walk:
        print(walk.screen, walk.place)
        await walk.press("enter")
        print(walk.screen, walk.place)
    async with open_app(lang="zh", size=(140,40)) as walk:
        print(walk.screen, walk.place)
