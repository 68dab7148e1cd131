"""Pane 6: the profile, the others that there are, the check-up, and the way through the admin console."""
