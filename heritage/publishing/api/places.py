"""`/api/v1/places`: where a visitor sleeps, eats, shops, looks and finds help."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router

from heritage.maps.models import Place
from heritage.maps.models.vocabulary import Category, PlaceKind
from heritage.publishing.api import describe, filters
from heritage.publishing.api.lookup import one_published
from heritage.publishing.api.paging import PageQuery, page_of
from heritage.publishing.api.schemas import Answer, Listing, Location, Texts, UnitName
from heritage.publishing.resources import places

router = Router(tags=["places"])


class TicketPrice(Answer):
    """What a group of visitors pays, in đồng; 0 is free."""

    group: str
    price: int


class PlaceAnswer(Answer):
    """A tourist place or service."""

    number: str
    title: Texts
    kind: str
    category: str | None
    description: Texts
    id: str = Field(description="Permanent address; it answers JSON or leads to the page.")
    short_url: str | None
    qr: str
    url: str
    pages: Texts
    location: Location | None
    address: str | None
    unit: UnitName | None
    phone: str | None
    website: str | None
    opening_hours: str | None = Field(description="OpenStreetMap `opening_hours` syntax where it could be read.")
    price_band: str | None
    price_from: int | None = Field(description="In đồng.")
    price_to: int | None
    stars: int | None = Field(description="Only as an authority verified them.")
    ocop_grade: int | None
    wheelchair: str | None
    languages_spoken: list[str]
    ticket_prices: list[TicketPrice]
    source: str | None
    source_licence: str | None
    verified_on: str | None
    is_sample: bool = Field(description="Invented, to show how the site works.")
    modified: str


class PlaceQuery(PageQuery):
    """Filters of places; together they narrow the list."""

    kind: str | None = Field(None, description=f"One of {', '.join(PlaceKind.values)}.")
    category: str | None = Field(None, description=f"One of {', '.join(Category.values)}.")
    unit: str | None = Field(None, max_length=5, description=filters.UNIT)
    modified_since: str | None = Field(None, max_length=40, description=filters.MODIFIED_SINCE)
    bbox: str | None = Field(None, max_length=100, description=filters.BBOX)


@router.get("/places", response=Listing[PlaceAnswer], summary="List tourist places, by number")
@router.get("/places/", response=Listing[PlaceAnswer], include_in_schema=False)
def list_places(request: HttpRequest, query: Query[PlaceQuery]) -> dict[str, Any]:
    return page_of(request, query, filtered(query).order_by("number"), in_lists)


def filtered(query: PlaceQuery) -> Any:
    """Published places that pass every filter given.

    Raises:
        Problem: a filter that cannot be understood.
    """
    rows = places.published()
    if query.kind is not None:
        rows = rows.filter(kind=filters.one_of("kind", query.kind, PlaceKind))
    if query.category is not None:
        rows = rows.filter(category=filters.one_of("category", query.category, Category))
    if query.unit is not None:
        rows = filters.within_units(rows, query.unit)
    if query.modified_since is not None:
        rows = rows.filter(modified_at__gte=filters.moment("modified_since", query.modified_since))
    if query.bbox is not None:
        rows = rows.filter(filters.bbox(query.bbox))
    return rows


def in_lists(rows: list[Place]) -> list[dict[str, Any]]:
    codes = describe.codes(rows)
    return [places.in_list(row, codes.get(row.pk)) for row in rows]


@router.get("/places/{number}", response=PlaceAnswer, summary="One tourist place")
@router.get("/places/{number}/", response=PlaceAnswer, include_in_schema=False)
def one_place(request: HttpRequest, number: str) -> dict[str, Any]:
    return one_published(request, "places", number)
