"""How processes that analyse begin and behave; imports no model, for it is imported before Django is set up."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import django

_THRESHOLDS = (20_000, 20, 50)
"""Objects made until the young, middle and old are looked through: documents come in batches and hold no circles."""


def begin() -> None:
    """Set up Django in a new process."""
    django.setup()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Within it what is already loaded is not looked through for garbage, and what is new less often."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
