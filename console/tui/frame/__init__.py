"""The lines around every pane: header, tabs, status and the row of keys."""
