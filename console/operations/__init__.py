"""What an operator can do, without a screen and without a command line."""
