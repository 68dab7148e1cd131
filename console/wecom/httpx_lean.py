"""httpx without its command line module, which would load click, rich and pygments for nothing.

`httpx/__init__.py` treats that module as optional: with it held back for the time of the import, httpx
works as usual. And httpcore asks for sniffio, which need not be installed, nine times a request: a search through
all of Python's folders each time, a fifth of the time of a request, unless it is known not to be there.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
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

_WHICH_LOOP = "sniffio"

if _WHICH_LOOP not in sys.modules and find_spec(_WHICH_LOOP) is None:
    sys.modules[_WHICH_LOOP] = cast(ModuleType, None)

__all__ = ["httpx", "load_the_rest"]


def load_the_rest() -> None:
    """Load what httpx's first request would load on the event loop; for a thread, ahead of that request."""
    import anyio
    import httpcore  # noqa: F401

    anyio.run(anyio.sleep, 0)
