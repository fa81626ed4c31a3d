"""A process that has loaded what it needs looks through it no more."""

import gc

from heritage.core.collecting import THRESHOLDS, settle


def test_what_is_loaded_is_left_alone_and_what_is_given_up_later_still_goes() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    try:
        settle()
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold() == THRESHOLDS
        circle: list[object] = []
        circle.append(circle)
        del circle
        assert gc.collect() >= 1
    finally:
        gc.set_threshold(*before)
        if not frozen:
            gc.unfreeze()
