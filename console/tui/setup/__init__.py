"""The first run: try the demo, or set up a profile and see at once whether it works."""
