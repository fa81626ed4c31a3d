"""`/api/v1/units`: administrative units of Viet Nam, before and since 1 July 2025."""

import datetime as dt
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from ninja import Field, Query, Router

from heritage.core import languages
from heritage.places import queries
from heritage.places.models import Unit, UnitChange
from heritage.places.models.unit import Level
from heritage.publishing.api import describe, filters
from heritage.publishing.api.paging import PageQuery, page_of
from heritage.publishing.api.problems import wrong
from heritage.publishing.api.schemas import Answer, Listing, Texts, UnitName

router = Router(tags=["units"])


class UnitChangeAnswer(Answer):
    """A unit that this one came from or became."""

    unit: UnitName
    is_partial: bool
    is_main_part: bool
    took_effect_on: str
    resolution: str


class UnitAnswer(Answer):
    """One unit in one form. A code alone is no key: many were given to another unit on 1 July 2025."""

    code: str
    level: str
    name: Texts
    full_name: Texts
    province_code: str | None
    valid_from: str | None = Field(description="First day; null where older than the sources.")
    valid_to: str | None = Field(description="First day on which it no longer exists; null while it does.")
    became: list[UnitChangeAnswer]
    came_from: list[UnitChangeAnswer]


class UnitQuery(PageQuery):
    """Filters of units; together they narrow the list."""

    q: str | None = Field(None, max_length=200, description="Words of the name, marks and case aside, or the code.")
    level: str | None = Field(None, description=f"One of {', '.join(Level.values)}.")
    code: str | None = Field(None, max_length=5, description="Exactly this code, at any time.")
    province: str | None = Field(None, max_length=2, description="Within the province of this code, at any time.")
    on: str | None = Field(None, max_length=10, description="In force on this day; without it, today and before.")


@router.get("/units", response=Listing[UnitAnswer], summary="List administrative units, those in force first")
@router.get("/units/", response=Listing[UnitAnswer], include_in_schema=False)
def list_units(request: HttpRequest, query: Query[UnitQuery]) -> dict[str, Any]:
    newest = F("valid_from").desc(nulls_last=True)
    rows = Unit.objects.order_by(newest, "code", "pk") if query.q is None else queries.search(query.q)
    if query.on is not None:
        rows = rows.filter(pk__in=Unit.objects.on(_day(query.on)).order_by().values("pk"))
    if query.level is not None:
        rows = rows.filter(level=filters.one_of("level", query.level, Level))
    if query.code is not None:
        rows = rows.filter(code=query.code)
    if query.province is not None:
        rows = rows.filter(province__code=query.province)
    return page_of(request, query, queries.with_history(rows), _in_list)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise wrong("on", "give a day, such as 2025-06-30") from None


def _in_list(units: list[Unit]) -> list[dict[str, Any]]:
    return [
        {
            "code": unit.code,
            "level": unit.level,
            "name": {language: unit.label(language) for language in languages.LANGUAGES},
            "full_name": {language: unit.full_label(language) for language in languages.LANGUAGES},
            "province_code": unit.province.code if unit.province else None,
            "valid_from": unit.valid_from and unit.valid_from.isoformat(),
            "valid_to": unit.valid_to and unit.valid_to.isoformat(),
            "became": [_change(change, change.successor) for change in unit.successions.all()],
            "came_from": [_change(change, change.predecessor) for change in unit.origins.all()],
        }
        for unit in units
    ]


def _change(change: UnitChange, other: Unit) -> dict[str, Any]:
    return {
        "unit": describe.unit(other),
        "is_partial": change.is_partial,
        "is_main_part": change.is_main_part,
        "took_effect_on": change.took_effect_on.isoformat(),
        "resolution": change.resolution,
    }
