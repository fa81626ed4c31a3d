"""How often Python looks for rubbish while the suite runs: a quarter of its time went into going through what stays."""

from heritage.core.collecting import settle

NEW_OBJECTS = 50_000
"""Objects made before the next look, instead of 700 (2,000 since Python 3.13)."""


def collect_garbage_rarely() -> None:
    """Leave out what is imported by now, for it ends with the process, and look at the rest less often."""
    settle((NEW_OBJECTS, 20, 20))
