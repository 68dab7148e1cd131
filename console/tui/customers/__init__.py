"""Pane 1: followers, the customers of the chosen one, and the detail of the chosen customer."""
