"""How processes that analyse begin and behave; imports no model, for it is imported before Django is set up."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import django

from heritage.core.collecting import THRESHOLDS, settle


def begin() -> None:
    """Set up Django in a new process."""
    django.setup()
    settle()


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Within it what is already loaded is not looked through for garbage, and what is new less often."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
