"""Pane 5: what was written to WeCom from here, by whom and why, and taking it back."""
