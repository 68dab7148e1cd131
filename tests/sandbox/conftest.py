"""A caller for each kind of app."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from console.sandbox import AppKind, Sandbox
from tests.sandbox.caller import Caller, calling


@pytest.fixture
def corp(sandbox: Sandbox) -> Iterator[Caller]:
    """The corp's self-built app."""
    with calling(sandbox) as caller:
        yield caller


@pytest.fixture
def provider(sandbox: Sandbox) -> Iterator[Caller]:
    """A provider-developed app of the same corp."""
    with calling(sandbox, AppKind.DELEGATED) as caller:
        yield caller
