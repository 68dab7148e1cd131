"""The screens."""

import os

# Textual reads this when it is loaded. At its own 60 a key waits up to 17 ms for the paint that shows what it did.
os.environ.setdefault("TEXTUAL_FPS", "120")
