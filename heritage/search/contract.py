"""The contract of search: one typed document in, one typed query, one typed result, whichever engine answers.

Nothing here knows an engine, a model or HTTP; `heritage.search.service` answers a `Query` with a `Result`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

PUBLIC = "public"
"""The audience everybody belongs to."""


class Kind(StrEnum):
    """What a document is; results are grouped by it."""

    RECORD = "record"
    PLACE = "place"
    WORK = "work"
    PAGE = "page"
    SCAN = "scan"
    CHAPTER = "chapter"
    QUESTION = "question"


class Sort(StrEnum):
    RELEVANCE = "relevance"
    TITLE = "title"
    NEWEST = "newest"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Document:
    """What the index knows of one object.

    Attributes:
        id: model label and primary key, `catalog.record:12`; what is one of many of an object has its place there
            behind a slash, `iiif.digitalobject:5/31`, and lives and dies with the object.
        urls, titles, bodies: texts by language (`vi`, `en`); a language may be missing.
        other_names: further names in any language or script (Kim Sơn Tự, 金山寺).
        keywords: short texts that matter more than the body: old and new place names, labels of kind and rank, days.
        identifiers: numbers by which people ask: decision numbers, register numbers, ISBN.
        facets: values by facet; a value of a hierarchy is its path, `Tỉnh Thái Nguyên/Huyện Định Hóa`.
        location: latitude and longitude in WGS 84 degrees.
        years: first and last year that the object speaks of.
        days: ISO days on which something is held or was told: a festival's in the years to come, the day of news.
        boost: factor of 1 to 2 on the relevance (a special national monument before a provincial one).
        audience: who may find it: `public`, `staff`, `unit:<code>`; a viewer needs one of them.
        modified: ISO 8601 instant of the last change, for the newest first.
        is_part: a piece of a text (a page, a chapter): its titles are shown but it is not found by them.
    """

    id: str
    kind: Kind
    number: str
    urls: Mapping[str, str]
    titles: Mapping[str, str]
    other_names: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    bodies: Mapping[str, str] = field(default_factory=dict)
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    location: tuple[float, float] | None = None
    years: tuple[int, int] | None = None
    days: tuple[str, ...] = ()
    boost: float = 1.0
    thumbnail: str = ""
    place: str = ""
    audience: frozenset[str] = frozenset({PUBLIC})
    modified: str = ""
    is_part: bool = False

    @property
    def owner(self) -> str:
        """The object that the document comes from, `catalog.record:12`."""
        return owner_of(self.id)


def owner_of(identity: str) -> str:
    """The object to which a document's id belongs."""
    return identity.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Near:
    """Within `metres` of a point, latitude and longitude in WGS 84 degrees."""

    latitude: float
    longitude: float
    metres: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in WGS 84 degrees; it does not cross the antimeridian."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asks. Values of one facet widen the answer (or), different facets narrow it (and).

    Attributes:
        text: as typed; see `heritage.search.language` for what may stand in it.
        filters: chosen values by facet.
        page: from 1.
        audience: what the viewer belongs to; nothing else exists for the viewer.
        facets: which facets to count.
        like: a permanent number; what resembles its object is asked for, in place of words.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    size: int = 24
    sort: Sort = Sort.RELEVANCE
    language: str = "vi"
    near: Near | None = None
    box: Box | None = None
    years: tuple[int, int] | None = None
    audience: frozenset[str] = frozenset({PUBLIC})
    facets: tuple[str, ...] = ("kind", "rank", "unit", "type", "period", "list")
    like: str = ""

    def without(self, facet: str) -> "Query":
        """The same query with no value chosen in `facet`."""
        return replace(self, filters={name: values for name, values in self.filters.items() if name != facet})


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text, and whether it is what was asked for."""

    text: str
    is_match: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """Text with the places that match. Nothing in it is HTML; `html` escapes every piece."""

    segments: tuple[Segment, ...] = ()

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)

    @property
    def html(self) -> SafeString:
        """The text escaped, its matches in `<mark>`."""
        pieces = (
            f"<mark>{escape(segment.text)}</mark>" if segment.is_match else escape(segment.text)
            for segment in self.segments
        )
        return mark_safe("".join(pieces))

    def __bool__(self) -> bool:
        return bool(self.segments)


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found, in the language asked for."""

    id: str
    kind: Kind
    number: str
    url: str
    title: Marked
    other_title: str
    snippet: Marked
    place: str
    thumbnail: str
    facets: Mapping[str, tuple[str, ...]]
    location: tuple[float, float] | None
    score: float
    titles: Mapping[str, str]
    urls: Mapping[str, str]
    modified: str = ""
    distance: float | None = None

    @property
    def has_similar(self) -> bool:
        """Whether more like it can be asked for by its number."""
        return bool(self.number) and self.kind in (Kind.RECORD, Kind.PLACE, Kind.WORK)


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many documents would be found with `value` chosen; `depth` is the level in a hierarchy, from 0."""

    value: str
    count: int
    is_chosen: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the asker should know; `code` is worded in `heritage.search.wording`, `detail` completes it."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The answer. `notices` says what was not understood, widened or could not be had; `promoted` is staff's choice."""

    query: Query
    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    promoted: tuple[Hit, ...] = ()
    did_you_mean: str = ""
    notices: tuple[Notice, ...] = ()
    engine: str = ""
    milliseconds: float = 0.0

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.query.size))

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line offered while typing."""

    text: Marked
    url: str
    kind: Kind
    number: str
    place: str = ""
    thumbnail: str = ""
