"""Whether the process that builds the index still lives: it holds a lock, which ends with it however it ends."""

import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


def _file() -> Path:
    return Path(settings.SEARCH_INDEX_DIR) / "rebuild.lock"


@contextmanager
def building_here() -> Iterator[str]:
    """Hold the lock and give this machine's name; "" where the lock cannot be kept, and only time tells.

    Raises:
        BlockingIOError: another process of this machine builds.
    """
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        lock = _file().open("a")
    except OSError:
        yield ""
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield socket.gethostname()


def is_gone(host: str) -> bool:
    """Whether a build on `host` has lost its process; False for another machine, of which nothing can be known."""
    if host != socket.gethostname():
        return False
    try:
        with _file().open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:  # held, or not to be looked at
        return False
    return True
