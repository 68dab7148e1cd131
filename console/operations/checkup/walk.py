"""The check-up itself: one check after the other, what is near first."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from console.operations.checkup.callbacks import check_callbacks
from console.operations.checkup.checks import Check, cleaned
from console.operations.checkup.local import check_local
from console.operations.checkup.receiving import check_receiving
from console.operations.checkup.surroundings import Subject, Surroundings
from console.operations.checkup.terminal import check_terminal
from console.operations.checkup.wecom import check_wecom


async def check_up(session: Subject | None, surroundings: Surroundings) -> AsyncGenerator[Check]:
    """Check everything around a profile, each within its limit (`Limits`); nothing that fails ends it.

    Without a session only what needs no profile is looked at. All that comes is safe text and holds no secret.
    """
    profile = session.profile if session else None
    groups = [
        check_local(profile, surroundings),
        check_callbacks(profile, surroundings),
        check_receiving(profile, surroundings),
        check_terminal(surroundings),
    ]
    if session is not None:  # last: by now all secrets are known, so that none can pass in what a server says
        groups.append(check_wecom(session, surroundings.limits))
    for group in groups:
        async with aclosing(group) as checks:
            async for check in checks:
                yield cleaned(check)
