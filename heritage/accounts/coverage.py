"""Which administrative units a role reaches: down the tree, and on through mergers."""

from collections.abc import Iterable

from django.db import connection
from django.utils import timezone

Step = tuple[str, str, str]
"""What is reached, of which table, under which condition upon `reached.id`."""

DOWN: Step = ("u.id", "places_unit u", "u.parent_id = reached.id")
UP: Step = ("u.parent_id", "places_unit u", "u.id = reached.id AND u.parent_id IS NOT NULL")
# Mergers and renamings in force. A unit that was split passes to nobody: an administrator decides.
IN_FORCE = "NOT c.is_partial AND c.took_effect_on <= %s"
ON: Step = ("c.successor_id", "places_unitchange c", f"c.predecessor_id = reached.id AND {IN_FORCE}")
BACK: Step = ("c.predecessor_id", "places_unitchange c", f"c.successor_id = reached.id AND {IN_FORCE}")


def _closure(start: Iterable[int], downward: bool) -> frozenset[int]:
    """`start` and all that is reached from it step by step, in one query."""
    keys = sorted(set(start))
    if not keys:
        return frozenset()
    first = f"SELECT id FROM places_unit WHERE id IN ({', '.join(['%s'] * len(keys))})"  # noqa: S608
    further = _further([DOWN if downward else UP, ON, BACK])
    day = timezone.localdate().isoformat()
    with connection.cursor() as cursor:
        sql = f"WITH RECURSIVE reached(id) AS ({first} UNION {further}) SELECT id FROM reached"  # noqa: S608
        cursor.execute(sql, [*keys, day, day])
        return frozenset(pk for (pk,) in cursor.fetchall())


def _further(steps: list[Step]) -> str:
    """What is one step from what is reached, as each database looks it up by index.

    PostgreSQL lets a recursive query name itself once only, SQLite has no LATERAL.
    """
    if connection.vendor == "sqlite":
        terms = [f"SELECT {far} FROM reached CROSS JOIN {table} WHERE {on}" for far, table, on in steps]  # noqa: S608
        return " UNION ".join(terms)
    near = " UNION ALL ".join(f"SELECT {far} FROM {table} WHERE {on}" for far, table, on in steps)  # noqa: S608
    return f"SELECT step.id FROM reached, LATERAL ({near}) AS step(id)"  # noqa: S608


def units_below(units: Iterable[int]) -> frozenset[int]:
    """Primary keys of `units`, the units below them, and those that became or came from them whole."""
    return _closure(units, downward=True)


def units_above(units: Iterable[int]) -> frozenset[int]:
    """Primary keys of the units in which a role reaches one of `units`: the inverse of `units_below`."""
    return _closure(units, downward=False)
