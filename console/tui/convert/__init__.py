"""Pane 3: what the unionid of a mini program user means to this app."""
