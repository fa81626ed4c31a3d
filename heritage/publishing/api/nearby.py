"""`/api/v1/nearby`: heritage and places around a point, nearest first."""

import math
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from heritage.core import languages
from heritage.maps import layers, travel
from heritage.maps.nearby import LARGEST_RADIUS, Near, nearest
from heritage.publishing import resources
from heritage.publishing.api import describe
from heritage.publishing.api.problems import refuse_unknown, wrong
from heritage.publishing.api.schemas import Answer, Listing, Location, Texts

router = Router(tags=["nearby"])

MOST = 50


class TravelAnswer(Answer):
    """The way along roads, as the routing service of this archive reckons it."""

    by: str = Field(description="`walk` or `car`.")
    minutes: float
    distance_m: float


class NearAnswer(Answer):
    """Something near the point."""

    number: str
    title: Texts
    collection: str
    kind: str
    distance_m: float = Field(description="Metres along the ellipsoid (WGS 84), not along roads.")
    travel: TravelAnswer | None = Field(None, description="Where `by` was asked for and the service knows a way.")
    location: Location
    id: str
    is_sample: bool


class NearbyQuery(Schema):
    """A point and what is wanted around it."""

    lat: float = Field(ge=-90, le=90, description="Degrees (WGS 84).")
    lon: float = Field(ge=-180, le=180, description="Degrees (WGS 84).")
    kinds: str = Field(
        "", max_length=300, description=f"Separated by commas, of {', '.join(layers.BY_SLUG)}; all where not given."
    )
    radius: float | None = Field(
        None, gt=0, le=LARGEST_RADIUS, description=f"Metres, at most {LARGEST_RADIUS:.0f}; by kind where not given."
    )
    limit: int = Field(20, ge=1, le=MOST, description=f"Results, at most {MOST}.")
    by: Literal["walk", "car"] | None = Field(
        None, description="Tell the time along roads too, quickest first; what it cannot reach comes last, by distance."
    )


@router.get("/nearby", response=Listing[NearAnswer], summary="What is near a point, nearest first")
@router.get("/nearby/", response=Listing[NearAnswer], include_in_schema=False)
def list_nearby(request: HttpRequest, query: Query[NearbyQuery]) -> dict[str, Any]:
    refuse_unknown(request, NearbyQuery.model_fields)
    slugs = _slugs(query.kinds)
    radii = dict.fromkeys(slugs, query.radius) if query.radius else None
    by_layer = nearest(query.lat, query.lon, slugs, query.limit, radii)
    found = sorted((near for rows in by_layer.values() for near in rows), key=lambda near: near.metres)[: query.limit]
    ways = travel.by(query.lat, query.lon, found, query.by) if query.by else {}
    found.sort(key=lambda near: ways[near.mark.number].minutes if near.mark.number in ways else math.inf)
    public = {one.number: one for one in resources.published_many([near.mark.number for near in found])}
    results = [
        _describe(near, public[near.mark.number], ways.get(near.mark.number))
        for near in found
        if near.mark.number in public
    ]
    return {"count": len(results), "next": None, "previous": None, "results": results}


def _slugs(text: str) -> list[str]:
    slugs = [part.strip() for part in text.split(",") if part.strip()] or list(layers.BY_SLUG)
    for slug in slugs:
        if slug not in layers.BY_SLUG:
            raise wrong("kinds", f"must be some of {', '.join(layers.BY_SLUG)}")
    return slugs


def _describe(near: Near, found: resources.Found, way: travel.Travel | None) -> dict[str, Any]:
    mark = near.mark
    return {
        "number": mark.number,
        "title": languages.pair(mark, "name"),
        "collection": found.resource.collection,
        "kind": layers.BY_CODE[mark.layer].slug,
        "distance_m": round(near.metres, 1),
        "travel": {"by": way.by, "minutes": round(way.minutes, 1), "distance_m": round(way.metres, 1)} if way else None,
        "location": {
            "latitude": mark.latitude,
            "longitude": mark.longitude,
            "accuracy_m": mark.accuracy_m,
            "basis": "",
        },
        "id": describe.permanent(mark.number),
        "is_sample": mark.is_sample,
    }
