"""Long imports hold little of SQLite's file in memory, and leave the connection as it was."""

import pytest
from django.db import connection

from heritage.core.lean import lean_connection


def pragmas():
    with connection.cursor() as cursor:
        return [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("mmap_size", "cache_size")]


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_it_is_lean_inside_and_as_before_outside():
    before = pragmas()
    with lean_connection():
        assert pragmas() == [0, -8_000]
    assert pragmas() == before
