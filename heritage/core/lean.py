"""A database connection that holds little memory while a great many rows are written."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

CACHE_KB = 8_000
SETTINGS = ("mmap_size", "cache_size")


@contextmanager
def lean_connection() -> Iterator[None]:
    """Of SQLite the file is not mapped and few of its pages are kept, which pages for readers do want; else nothing.

    Mapped, a file of two gigabytes counts as 256 MB of the process, and its cache as 64 MB more.
    """
    if connection.vendor != "sqlite":
        yield
        return
    before = {name: _pragma(name) for name in SETTINGS}
    _pragma("mmap_size", 0)
    _pragma("cache_size", -CACHE_KB)
    try:
        yield
    finally:
        for name, value in before.items():
            _pragma(name, value)


def _pragma(name: str, value: int | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}" if value is None else f"PRAGMA {name} = {int(value)}")
        found = cursor.fetchone()
    return int(found[0]) if found else 0
