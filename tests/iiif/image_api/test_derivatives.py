"""The cache of derivatives: within its limit whatever is asked, and one computation for many askers."""

import os
import threading
import time
from pathlib import Path

import pytest

from heritage.iiif.image_api import derivatives


def held(folder) -> int:
    return sum(p.stat().st_size for p in Path(folder).rglob("*") if p.is_file() and p.parent.name != ".locks")


def writes(size):
    return lambda path: path.write_bytes(b"x" * size) and None


def test_100_000_sizes_would_stay_within_the_limit(settings):
    settings.IIIF_CACHE_BYTES = 100_000
    for n in range(300):
        derivatives.get_or_make(derivatives.key_of(str(n)), writes(2_000)).close()
        assert held(settings.IIIF_CACHE_DIR) <= 100_000
    assert held(settings.IIIF_CACHE_DIR) > 50_000


def test_the_limit_is_shared_by_folders(settings):
    settings.IIIF_CACHE_BYTES = 2 * 1024**3
    assert derivatives.folders() == 128
    settings.IIIF_CACHE_BYTES = 10
    assert derivatives.folders() == 1


def test_what_is_used_stays_and_what_is_not_goes(settings):
    settings.IIIF_CACHE_BYTES = 10_000
    first, second = derivatives.key_of("first"), derivatives.key_of("second")
    derivatives.get_or_make(first, writes(3_000)).close()
    derivatives.get_or_make(second, writes(3_000)).close()
    os.utime(derivatives.path_of(second), (1, 1))
    derivatives.get_or_make(derivatives.key_of("third"), writes(4_500)).close()
    assert derivatives.path_of(first).exists()
    assert not derivatives.path_of(second).exists()


def test_one_larger_than_the_share_is_answered_and_not_kept(settings):
    settings.IIIF_CACHE_BYTES = 10_000
    with derivatives.get_or_make(derivatives.key_of("big"), writes(9_000)) as file:
        assert len(file.read()) == 9_000
    assert held(settings.IIIF_CACHE_DIR) == 0


def test_a_stampede_computes_once(settings):
    made = []

    def make(path):
        made.append(1)
        time.sleep(0.2)
        path.write_bytes(b"done")

    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(derivatives.get_or_make(derivatives.key_of("k"), make).read()))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [b"done"] * 8
    assert len(made) == 1


def test_a_failed_computation_leaves_nothing_and_is_tried_again(settings):
    def fail(path):
        path.write_bytes(b"half")
        raise ValueError

    key = derivatives.key_of("k")
    for _ in range(2):
        with pytest.raises(ValueError):
            derivatives.get_or_make(key, fail)
    assert held(settings.IIIF_CACHE_DIR) == 0
    assert derivatives.get_or_make(key, writes(4)).read() == b"xxxx"
