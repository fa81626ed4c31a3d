"""OAI-PMH 2.0: harvesting of everything public, with what was withdrawn reported as deleted for ever."""
