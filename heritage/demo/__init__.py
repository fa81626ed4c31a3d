"""Demo data and the command that loads it."""
