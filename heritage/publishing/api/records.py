"""`/api/v1/records`: the heritage register."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router

from heritage.catalog import queries
from heritage.catalog.models import HeritageType, IchCategory, Kind, Rank, Record
from heritage.catalog.people.queries import NOTHING_KEPT
from heritage.publishing.api import describe, filters
from heritage.publishing.api.lookup import one_published
from heritage.publishing.api.paging import PageQuery, page_of
from heritage.publishing.api.schemas import Answer, Listing, Location, Texts, UnitName
from heritage.publishing.resources import records

router = Router(tags=["records"])


class Designation(Answer):
    """A dated act by which an authority ranks a record; the present rank follows from all of them."""

    act: str
    rank: str | None
    decision_number: str | None
    decided_on: str | None
    decided_year: int | None
    authority: Texts
    parts: Texts = Field(description="Which parts the act concerns; empty where it concerns the whole.")
    part: str | None = Field(description="Number of the recorded part that the act concerns.")
    signer: str | None
    note: Texts


class RecordPlace(Answer):
    """Where a record is: as its decision printed it, and the unit it lies in now."""

    printed: str
    unit: UnitName | None


class RecordInList(Answer):
    """A heritage record."""

    number: str = Field(description="The register's number; it never changes.")
    title: Texts
    kind: str
    rank: str | None = Field(description="Today's rank, derived from the designations.")
    types: list[str]
    ich_categories: list[str]
    summary: Texts
    id: str = Field(description="Permanent address; it answers JSON or leads to the page.")
    short_url: str | None = Field(description="Permanent short address, which the QR code holds.")
    qr: str = Field(description="The QR code as SVG; `.png` gives a picture.")
    url: str = Field(description="The page in Vietnamese.")
    pages: Texts = Field(description="The page by language.")
    manifest: str | None = Field(description="IIIF Presentation 3 manifest of the first scans.")
    manifests: list[str] = Field(description="Manifests of all open scans.")
    location: Location | None
    place: RecordPlace
    designations: list[Designation]
    modified: str = Field(description="Last change (RFC 3339).")


class RecordName(Answer):
    """A name beside the official one."""

    kind: str = Field(description="`other`, `former`, `han_nom`, `official` (in another decision) or `english`.")
    text: str
    first_year: int | None
    last_year: int | None


class Term(Answer):
    """A term of a controlled vocabulary; years before our era are negative, open ends null."""

    code: str
    name: Texts
    first_year: int | None
    last_year: int | None


class Dimension(Answer):
    """A measured length or weight."""

    measure: str
    value: float
    unit: str = Field(description="`mm`, `cm`, `m`, `g`, `kg` or `t`.")
    part: str | None


class Picture(Answer):
    """A picture of the record with its own credit and licence."""

    url: str
    caption: Texts
    credit: str | None
    licence: str | None


class RelatedRecord(Answer):
    """Read as "this record ... that record"."""

    kind: str
    number: str


class Source(Answer):
    """Where facts come from (`facts`), or what has been written (`reading`)."""

    kind: str
    authors: str | None
    citation: str
    published_year: int | None
    url: str | None
    pages: str | None
    identifier: str | None = Field(description="ISBN, ISSN or DOI.")


class Zone(Answer):
    """A protection zone in force; what is not public or not known is null."""

    zone: str = Field(description="`I` (original elements) or `II` (surroundings).")
    area_m2: float | None = Field(description="Measured on the WGS 84 ellipsoid.")
    stated_area_m2: float | None = Field(description="As the minutes of the dossier print it.")
    valid_from: str | None
    valid_to: str | None
    source: str | None
    decision_number: str | None
    geometry: dict[str, Any] | None = Field(description="A GeoJSON polygon or multipolygon (RFC 7946).")


class Practitioner(Answer):
    """A person who practises the heritage and has agreed to be named; the answer may not be kept."""

    name: str
    role: str
    is_sample: bool


class RecordAlone(RecordInList):
    """A heritage record with what lists leave out."""

    names: list[RecordName]
    particulars: dict[str, Any] = Field(description="What only records of this kind have; blanks are left out.")
    dimensions: list[Dimension]
    terms: list[Term]
    periods: list[Term]
    tags: list[str]
    pictures: list[Picture]
    text: Texts
    part_of: str | None
    parts: list[str]
    relations: list[RelatedRecord]
    sources: list[Source]
    zones: list[Zone]
    practitioners: list[Practitioner] = Field(description="People who have agreed to be named in open data.")
    confidence: str | None
    rights: str | None
    licences: Texts = Field(description="Address of the licence of the text in each language.")


class RecordQuery(PageQuery):
    """Filters of records; together they narrow the list."""

    kind: str | None = Field(None, description=f"One of {', '.join(Kind.values)}.")
    rank: str | None = Field(None, description=f"Holds this rank today: one of {', '.join(Rank.values)}.")
    type: str | None = Field(None, description=f"One of {', '.join(HeritageType.values)}.")
    ich_category: str | None = Field(None, description=f"One of {', '.join(IchCategory.values)}.")
    unit: str | None = Field(None, max_length=5, description=filters.UNIT)
    modified_since: str | None = Field(None, max_length=40, description=filters.MODIFIED_SINCE)
    bbox: str | None = Field(None, max_length=100, description=filters.BBOX)


@router.get("/records", response=Listing[RecordInList], summary="List heritage records, by number")
@router.get("/records/", response=Listing[RecordInList], include_in_schema=False)
def list_records(request: HttpRequest, query: Query[RecordQuery]) -> dict[str, Any]:
    rows = filtered(query)
    return page_of(request, query, rows.order_by("number"), in_lists)


def in_lists(rows: list[Record]) -> list[dict[str, Any]]:
    codes = describe.codes(rows)
    return [records.in_list(row, codes.get(row.pk)) for row in rows]


def filtered(query: RecordQuery) -> Any:
    """Published records that pass every filter given.

    Raises:
        Problem: a filter that cannot be understood.
    """
    rows = records.published()
    if query.kind is not None:
        rows = rows.filter(kind=filters.one_of("kind", query.kind, Kind))
    if query.rank is not None:
        rows = queries.ranked(rows, filters.one_of("rank", query.rank, Rank))
    if query.type is not None:
        rows = rows.filter(types__has=filters.one_of("type", query.type, HeritageType))
    if query.ich_category is not None:
        rows = rows.filter(ich_categories__has=filters.one_of("ich_category", query.ich_category, IchCategory))
    if query.unit is not None:
        rows = filters.within_units(rows, query.unit, Record.shared_units.through, "record_id")
    if query.modified_since is not None:
        rows = rows.filter(modified_at__gte=filters.moment("modified_since", query.modified_since))
    if query.bbox is not None:
        rows = rows.filter(filters.bbox(query.bbox))
    return rows


@router.get("/records/{number}", response=RecordAlone, summary="One heritage record")
@router.get("/records/{number}/", response=RecordAlone, include_in_schema=False)
def one_record(request: HttpRequest, number: str, response: HttpResponse) -> dict[str, Any]:
    found = one_published(request, "records", number)
    if isinstance(found, dict) and found["practitioners"]:  # not a tombstone
        response["Cache-Control"] = NOTHING_KEPT
    return found
