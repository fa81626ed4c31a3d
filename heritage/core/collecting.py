"""How often a process looks through its memory for garbage; imports nothing of Django, for it is imported before that.

Python looks through all that a process holds whenever a quarter has been added: in a server that has its code, models
and templates loaded a page then waits a third of a second, for objects that are never given up.
"""

import gc

THRESHOLDS = (20_000, 20, 50)
"""Objects made until the young, middle and old are looked through."""


def settle(thresholds: tuple[int, int, int] = THRESHOLDS) -> None:
    """What is loaded now stays and is not looked through again; what is made from now on less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*thresholds)
