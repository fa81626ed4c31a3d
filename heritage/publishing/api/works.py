"""`/api/v1/works`: the library's catalogue."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from ninja import Field, Query, Router

from heritage.library.models import Access, Audience, Edition, EditionKind, Language, Work
from heritage.publishing.api import describe, filters
from heritage.publishing.api.lookup import one_published
from heritage.publishing.api.paging import PageQuery, page_of
from heritage.publishing.api.schemas import Answer, Listing, Texts
from heritage.publishing.resources import works

router = Router(tags=["works"])


class WorkContributor(Answer):
    """Who did what; the role is a MARC relator code."""

    name: str
    role: str


class WorkEdition(Answer):
    """One form of a work. `access` is `open` or `lending` (a reader card is needed)."""

    kind: str
    format: str | None
    media_type: str | None
    language: str
    access: str
    isbn: str | None
    duration_s: float | None


class WorkAnswer(Answer):
    """A work of the library."""

    number: str
    title: Texts
    description: Texts
    contributors: list[WorkContributor]
    language: str = Field(description="BCP 47.")
    audience: str
    publication_year: int | None
    licence: str
    is_sample: bool = Field(description="Made for this site to show how it works.")
    subjects: list[Texts]
    editions: list[WorkEdition]
    id: str
    short_url: str | None
    qr: str
    url: str
    pages: Texts
    modified: str


class WorkQuery(PageQuery):
    """Filters of works; together they narrow the list."""

    kind: str | None = Field(None, description=f"Has an edition of this kind: {', '.join(EditionKind.values)}.")
    language: str | None = Field(None, description=f"One of {', '.join(Language.values)}.")
    audience: str | None = Field(None, description=f"One of {', '.join(Audience.values)}.")
    modified_since: str | None = Field(None, max_length=40, description=filters.MODIFIED_SINCE)


@router.get("/works", response=Listing[WorkAnswer], summary="List works of the library, by number")
@router.get("/works/", response=Listing[WorkAnswer], include_in_schema=False)
def list_works(request: HttpRequest, query: Query[WorkQuery]) -> dict[str, Any]:
    rows = works.published()
    if query.kind is not None:
        kind = filters.one_of("kind", query.kind, EditionKind)
        public = Edition.objects.filter(work=OuterRef("pk"), kind=kind).exclude(access=Access.STAFF)
        rows = rows.filter(Exists(public))
    if query.language is not None:
        rows = rows.filter(language=filters.one_of("language", query.language, Language))
    if query.audience is not None:
        rows = rows.filter(audience=filters.one_of("audience", query.audience, Audience))
    if query.modified_since is not None:
        rows = rows.filter(modified_at__gte=filters.moment("modified_since", query.modified_since))
    return page_of(request, query, rows.order_by("number"), in_lists)


def in_lists(rows: list[Work]) -> list[dict[str, Any]]:
    codes = describe.codes(rows)
    return [works.in_list(row, codes.get(row.pk)) for row in rows]


@router.get("/works/{number}", response=WorkAnswer, summary="One work")
@router.get("/works/{number}/", response=WorkAnswer, include_in_schema=False)
def one_work(request: HttpRequest, number: str) -> dict[str, Any]:
    return one_published(request, "works", number)
