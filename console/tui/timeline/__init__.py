"""The timeline of a customer: what happened, who did it, and when nobody would have noticed."""
