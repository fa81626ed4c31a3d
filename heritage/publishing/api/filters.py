"""Filters that several collections share, read strictly."""

import datetime as dt
import math
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from heritage.places import queries as places
from heritage.places.models import Unit
from heritage.publishing.api.problems import wrong

BBOX = "Within west,south,east,north in degrees (WGS 84), such as 105.4,21.3,106.3,22.8."
MODIFIED_SINCE = "Changed at or after this moment (RFC 3339), or this day: 2026-11-24 or 2026-11-24T08:00:00+07:00."
UNIT = "Code of a present province or commune, such as 19 or 05602; a province includes its communes."


def bbox(text: str) -> Q:
    """A condition on `latitude` and `longitude`; raises as `sides` does."""
    west, south, east, north = sides(text)
    return Q(latitude__gte=south, latitude__lte=north, longitude__gte=west, longitude__lte=east)


def sides(text: str) -> tuple[float, float, float, float]:
    """West, south, east and north of a rectangle.

    Raises:
        Problem: not four numbers, outside the world, or turned round.
    """
    try:
        west, south, east, north = (float(part) for part in text.split(",", 3))
    except ValueError:
        raise wrong("bbox", "give four numbers: west,south,east,north") from None
    if not all(math.isfinite(side) for side in (west, south, east, north)):
        raise wrong("bbox", "give four finite numbers")
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise wrong("bbox", "west must not exceed east, nor south north; degrees lie within -180..180 and -90..90")
    return west, south, east, north


def moment(parameter: str, text: str) -> dt.datetime:
    """A moment or the beginning of a day, in Viet Nam's time where no offset is given.

    Raises:
        Problem: neither.
    """
    try:
        value = dt.datetime.fromisoformat(text.strip().replace(" ", "+", 1) if "T" in text else text.strip())
    except ValueError:
        raise wrong(parameter, "give a day (2026-11-24) or a moment (2026-11-24T08:00:00+07:00)") from None
    return value if value.tzinfo else timezone.make_aware(value)


def unit(code: str) -> QuerySet[Unit]:
    """The unit in force of that code and all below it.

    Raises:
        Problem: no unit has that code now.
    """
    found = places.current_unit(code)
    if found is None:
        raise wrong("unit", "no present unit has this code; /api/v1/units lists them")
    return Unit.objects.filter(places.within(found))


def one_of(parameter: str, value: str, choices: Any) -> str:
    """`value` if it is one of a `TextChoices`.

    Raises:
        Problem: naming what may be asked for.
    """
    if value not in choices.values:
        raise wrong(parameter, f"must be one of {', '.join(choices.values)}")
    return value


def within_units(rows: QuerySet[Any], code: str, shared: type[Model] | None = None, owner: str = "") -> QuerySet[Any]:
    """`rows` whose `unit` is the unit of `code` or below it, or that share one through the table `shared`."""
    units = unit(code).values("pk")
    condition = Q(unit__in=units)
    if shared is not None:
        condition |= Q(pk__in=shared._default_manager.filter(unit__in=units).values(owner))
    return rows.filter(condition)
