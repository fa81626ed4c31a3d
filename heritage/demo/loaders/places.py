"""Demo data of places: the whole table of administrative units."""

from collections.abc import Callable

from heritage.places.services import load_units


def load(say: Callable[[str], None]) -> None:
    units = load_units()["units"]
    total = units.created + units.updated + units.unchanged
    say(f"{total} administrative units, {units.created} of them new")
