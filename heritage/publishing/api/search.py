"""`/api/v1/search`: the archive's one search box, for machines."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router

from heritage.core.addresses import absolute
from heritage.publishing.api import describe, filters
from heritage.publishing.api.paging import PageQuery, answer
from heritage.publishing.api.problems import refuse_unknown, wrong
from heritage.publishing.api.schemas import Answer, Listing, Location, Texts
from heritage.search import service
from heritage.search.contract import Box, Hit, Kind, Near, Result, Sort
from heritage.search.contract import Query as SearchQuery
from heritage.search.wording import notices

router = Router(tags=["search"])

FARTHEST = 200_000.0


class HitAnswer(Answer):
    """Something found. Follow `id` for all that is known of it."""

    number: str
    kind: str = Field(description=f"One of {', '.join(Kind)}.")
    title: Texts
    url: str = Field(description="The page in the language asked for.")
    id: str | None = Field(description="Permanent address; null for pages, which have none.")
    place: str
    snippet: str = Field(description="Where the words stand, without markup.")
    location: Location | None
    distance_m: float | None
    facets: dict[str, list[str]]
    modified: str


class FacetAnswer(Answer):
    """How many results there would be with `value` chosen."""

    value: str
    count: int


class SearchListing(Listing[HitAnswer]):
    """Results, with counts by facet and what was done with the query."""

    facets: dict[str, list[FacetAnswer]]
    did_you_mean: str | None
    notices: list[str] = Field(description="What was not understood, or widened so as to find something.")


class SearchQueryParameters(PageQuery):
    """A query and filters; several filters narrow the results."""

    q: str = Field("", max_length=200, description="Words, with or without marks; nothing finds everything.")
    kind: str | None = Field(
        None, max_length=60, description="`record`, `place`, `work`, `page`, or `record/monument`."
    )
    rank: str | None = Field(None, max_length=60, description="A rank, as records have it.")
    unit: str | None = Field(None, max_length=200, description="A place by name, as the facet `unit` lists them.")
    type: str | None = Field(None, max_length=60, description="A type, as records have it.")
    lang: str = Field("vi", pattern="^(vi|en)$", description="Language of titles and snippets: `vi` or `en`.")
    sort: str = Field("relevance", description=f"One of {', '.join(Sort)}; `nearest` needs `near`.")
    bbox: str | None = Field(None, max_length=100, description=filters.BBOX)
    near: str | None = Field(None, max_length=100, description="latitude,longitude,metres, such as 21.59,105.85,5000.")


@router.get("/search", response=SearchListing, summary="Search everything public")
@router.get("/search/", response=SearchListing, include_in_schema=False)
def search(request: HttpRequest, query: Query[SearchQueryParameters]) -> dict[str, Any]:
    refuse_unknown(request, SearchQueryParameters.model_fields)
    result = service.search(_asked(query))
    if result.query.page != query.page and result.total:
        result = service.search(_asked(query, page=result.query.page))
    listing = answer(request, query, result.total, [_describe(hit) for hit in result.hits])
    return {
        **listing,
        "facets": _facets(result),
        "did_you_mean": result.did_you_mean or None,
        "notices": _notices(result),
    }


def _asked(query: SearchQueryParameters, page: int | None = None) -> SearchQuery:
    chosen = {name: getattr(query, name) for name in ("kind", "rank", "unit", "type")}
    return SearchQuery(
        text="".join(char if char.isprintable() else " " for char in query.q),
        filters={name: (value,) for name, value in chosen.items() if value},
        page=page or query.page,
        size=query.page_size,
        sort=Sort(filters.one_of("sort", query.sort, _Sorts)),
        language=query.lang,
        near=_near(query.near),
        box=_box(query.bbox),
    )


class _Sorts:
    values = [str(sort) for sort in Sort]


def _near(text: str | None) -> Near | None:
    if text is None:
        return None
    try:
        latitude, longitude, metres = (float(part) for part in text.split(",", 2))
    except ValueError:
        raise wrong("near", "give three numbers: latitude,longitude,metres") from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 < metres <= FARTHEST):
        raise wrong("near", f"latitude within -90..90, longitude within -180..180, metres above 0 up to {FARTHEST:.0f}")
    return Near(latitude, longitude, metres)


def _box(text: str | None) -> Box | None:
    return Box(*filters.sides(text)) if text is not None else None


def _describe(hit: Hit) -> dict[str, Any]:
    point = {"latitude": hit.location[0], "longitude": hit.location[1]} if hit.location else None
    return {
        "number": hit.number,
        "kind": str(hit.kind),
        "title": dict(hit.titles),
        "url": absolute(hit.url),
        "id": describe.permanent(hit.number) if hit.kind != Kind.PAGE and hit.number else None,
        "place": hit.place,
        "snippet": hit.snippet.text,
        "location": point and {**point, "accuracy_m": None, "basis": ""},
        "distance_m": round(hit.distance, 1) if hit.distance is not None else None,
        "facets": {name: list(values) for name, values in hit.facets.items()},
        "modified": hit.modified,
    }


def _facets(result: Result) -> dict[str, Any]:
    return {
        name: [{"value": one.value, "count": one.count} for one in counts] for name, counts in result.facets.items()
    }


def _notices(result: Result) -> list[str]:
    return [one["text"] for one in notices(list(result.notices))]
