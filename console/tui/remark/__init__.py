"""Editing a remark: the form with its diff, the questions before a write, and the conflict after a guard's no."""
