"""`/api/v1/clusters`: what a map shows of a rectangle at a zoom, out of the counts that the site's own map reads."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from heritage.maps import layers, viewport
from heritage.maps.shell import licensed
from heritage.places.archipelagos import LABELS
from heritage.publishing.api import describe
from heritage.publishing.api.filters import BBOX, sides
from heritage.publishing.api.problems import refuse_unknown, wrong
from heritage.publishing.api.schemas import Answer, Texts

router = Router(tags=["clusters"])


class PointGeometry(Answer):
    """A GeoJSON point: longitude, latitude."""

    type: Literal["Point"]
    coordinates: list[float]


class ClusterProperties(Answer):
    """Either several things that stand together at this zoom, or one: then it has a number."""

    count: int
    heritage: int = Field(description="How many of them are heritage; the others are tourist places.")
    number: str | None = Field(description="Permanent number of the only one.")
    title: Texts | None
    kind: str | None
    id: str | None = Field(description="Permanent address of the only one.")
    is_sample: bool | None


class ClusterFeature(Answer):
    """A GeoJSON feature (RFC 7946, section 3.2); its point is the middle of what it counts."""

    type: Literal["Feature"]
    geometry: PointGeometry
    properties: ClusterProperties


class MapLabel(Answer):
    """A name and where it stands: latitude, longitude."""

    text: str
    at: list[float]


class Clusters(Answer):
    """A GeoJSON feature collection (RFC 7946, section 3.3)."""

    type: Literal["FeatureCollection"]
    zoom: int = Field(description="The zoom that was answered: lower than asked for where the rectangle is large.")
    count: int = Field(description="How many things the features count in all.")
    features: list[ClusterFeature]
    labels: list[MapLabel] = Field(description="Names that every map published in Viet Nam carries.")
    licences: list[str] = Field(description="Sources whose licence asks to be named on the map.")


class ClusterQuery(Schema):
    """A rectangle, a zoom, and what is counted."""

    bbox: str = Field(max_length=100, description=BBOX)
    zoom: int = Field(ge=0, le=viewport.MAX_ZOOM, description=f"Web Mercator zoom, 0 to {viewport.MAX_ZOOM}.")
    kinds: str = Field(
        "", max_length=300, description=f"Separated by commas, of {', '.join(layers.BY_SLUG)}; all where not given."
    )
    ranks: str = Field(
        "", max_length=200, description=f"Of heritage: {', '.join(layers.BAND_BY_SLUG)}; all where not given."
    )


@router.get("/clusters", response=Clusters, summary="Count what lies in a rectangle, cell by cell")
@router.get("/clusters/", response=Clusters, include_in_schema=False)
def list_clusters(request: HttpRequest, query: Query[ClusterQuery]) -> dict[str, Any]:
    refuse_unknown(request, ClusterQuery.model_fields)
    west, south, east, north = sides(query.bbox)
    chosen = layers.symbols(
        _some_of("kinds", query.kinds, layers.BY_SLUG), _some_of("ranks", query.ranks, layers.BAND_BY_SLUG)
    )
    view = viewport.Viewport(south, west, north, east, query.zoom, tuple(chosen))
    features = [_feature(one) for one in viewport.features(view)]
    total = sum(one["properties"]["count"] for one in features)
    answer = {"type": "FeatureCollection", "zoom": view.cell_zoom, "count": total, "features": features}
    return {**answer, "labels": LABELS, "licences": licensed()}


def _some_of(parameter: str, text: str, known: dict[str, Any]) -> list[str]:
    slugs = [part.strip() for part in text.split(",") if part.strip()]
    if not set(slugs) <= known.keys():
        raise wrong(parameter, f"must be some of {', '.join(known)}")
    return slugs


def _feature(one: dict[str, Any]) -> dict[str, Any]:
    own = one["properties"]
    if "cluster" in own:
        told = dict.fromkeys(("number", "title", "kind", "id", "is_sample"))
        told |= {"count": own["count"], "heritage": own["heritage"]}
    else:
        told = {
            "count": 1,
            "heritage": int(layers.BY_SLUG[own["layer"]].family == layers.HERITAGE),
            "number": own["number"],
            "title": {code: text for code, text in own["name"].items() if text},
            "kind": own["layer"],
            "id": describe.permanent(own["number"]),
            "is_sample": own.get("sample", False),
        }
    return {"type": "Feature", "geometry": one["geometry"], "properties": told}
