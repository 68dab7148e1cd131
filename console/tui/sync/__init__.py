"""Pane 4: the full sync, and what the known customers look like."""
