"""httpx without its command line module, which would load click, rich and pygments for nothing.

`httpx/__init__.py` treats that module as optional: with it held back for the time of the import, httpx
works as usual.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import cast

_COMMAND_LINE = "httpx._main"

if "httpx" not in sys.modules and _COMMAND_LINE not in sys.modules:
    # None in sys.modules makes an import statement raise ImportError (importlib's documented rule).
    sys.modules[_COMMAND_LINE] = cast(ModuleType, None)
    try:
        import httpx
    finally:
        del sys.modules[_COMMAND_LINE]
else:
    import httpx

__all__ = ["httpx", "load_the_rest"]


def load_the_rest() -> None:
    """Load what httpx's first request would load on the event loop; for a thread, ahead of that request."""
    import anyio
    import httpcore  # noqa: F401

    anyio.run(anyio.sleep, 0)
