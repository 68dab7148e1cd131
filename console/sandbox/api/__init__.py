"""The endpoints under /cgi-bin, a file for each area."""
