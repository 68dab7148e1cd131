"""Editing a remark safely: form -> plan (pure) -> guard (re-read, compare) -> C4 -> read back -> audit; and undo."""
