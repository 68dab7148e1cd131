"""Pane 2: what came in at the callback address, the newest first, and what followed from it."""
