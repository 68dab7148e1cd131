"""Why something is so: the causes with their evidence, where the agent stands."""
