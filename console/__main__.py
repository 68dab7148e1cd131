"""`python -m console` is the same as `wecom-console`."""

from __future__ import annotations

from console.cli.main import main

if __name__ == "__main__":
    main()
