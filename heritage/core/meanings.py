"""What the columns of a file mean: as their names say, as a saved meaning says, or as a person chose."""

from collections.abc import Callable, Collection, Iterable, Mapping

PREVIEWED = 8
"""Rows of a file that are shown before anything is taken of it."""
LONGEST_CELL = 80


def naming_of(columns: Mapping[str, str], fields: Collection[str]) -> Callable[[str], str]:
    """A naming by a table; columns that are not in it, or that it gives no field of these, mean nothing ("")."""

    def name(column: str) -> str:
        meaning = columns.get(column, "")
        return meaning if meaning in fields else ""

    return name


def suggested(
    columns: Iterable[str],
    saved: Mapping[str, str] | None,
    fields: Collection[str],
    canonical: Callable[[str], str],
) -> dict[str, str]:
    """A field, or "", for each column: as `saved` has it, else as its name says (`canonical`); no field twice."""
    found: dict[str, str] = {}
    for column in columns:
        meaning = saved[column] if saved is not None and column in saved else canonical(column)
        found[column] = meaning if meaning in fields and meaning not in found.values() else ""
    return found


def gone(columns: Collection[str], saved: Mapping[str, str]) -> list[str]:
    """Columns that a saved meaning speaks of and the file has not."""
    return [f"{column} ({meaning})" for column, meaning in saved.items() if meaning and column not in columns]
