"""What the database knows of its rows: refreshed after many were written at once, before anybody waits for it."""

from django.db import connection
from django.db.models import Model


def refresh_statistics(*models: type[Model]) -> None:
    """Count and sample the rows of `models`, of every table where none is named, as they stand in this transaction.

    SQLite never does so by itself: one search took 100 s at 100,000 rows. PostgreSQL does within a minute or so,
    but sees only what is committed: in a transaction that had just loaded the units it held their tables to be
    empty, and a look-up of a millisecond took 9 s. Until the transaction ends, it keeps PostgreSQL from doing so.
    """
    # Never the bare statement: it would take the tables that all databases of a server share, and wait for others.
    tables = [model._meta.db_table for model in models] or connection.introspection.django_table_names(
        only_existing=True
    )
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
