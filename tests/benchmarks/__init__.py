"""Benchmarks: figures beside their budgets."""

import console.tui  # noqa: F401 - Textual paints as often as in the app
