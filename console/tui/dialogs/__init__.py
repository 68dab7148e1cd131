"""Dialogs: they cover the content, never the header, the status or the keys."""
