"""Items in unqualified Dublin Core (the `oai_dc` format every repository must offer)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, prefetch_related_objects

from heritage.catalog.models import HeritageType, Kind, Rank
from heritage.core import languages
from heritage.iiif.addresses import manifest_url
from heritage.publishing.api import describe
from heritage.publishing.resources import Resource

Element = tuple[str, str, str]
"""Name of the element, its text, and the text's language or ""."""

DCMI_TYPES = {
    "ich": "Event",
    "festival": "Event",
    "object": "PhysicalObject",
    "treasure": "PhysicalObject",
    "documentary": "PhysicalObject",
}


def elements(resource: Resource, instance: Model) -> list[Element]:
    """What is known of `instance`; blanks are left out."""
    makers = {"records": _record, "works": _work, "places": _place}
    found = [
        ("identifier", describe.permanent(instance.number), ""),  # type: ignore[attr-defined]
        ("identifier", instance.number, ""),  # type: ignore[attr-defined]
        *_texts("title", resource.title(instance)),
        *makers[resource.collection](instance),
        ("date", instance.modified_at.date().isoformat(), ""),  # type: ignore[attr-defined]
    ]
    return [element for element in found if element[1]]


def prefetch(resource: Resource, instances: list[Any]) -> None:
    """Fetch what `elements` reads beyond the API's lists, once for all of `instances`."""
    if resource.collection == "records":
        prefetch_related_objects(instances, "names", "sources")


def _texts(name: str, texts: dict[str, str]) -> Iterator[Element]:
    return ((name, text, language) for language, text in texts.items())


def _record(record: Any) -> Iterator[Element]:
    for name in record.names.all():
        yield "title", name.text, ""
    yield from _texts("description", languages.pair(record, "summary"))
    yield "type", DCMI_TYPES.get(record.kind, "PhysicalObject"), ""
    yield "subject", str(Kind(record.kind).label), languages.current()
    for kind in record.types:
        if kind in HeritageType.values:
            yield "subject", str(HeritageType(kind).label), languages.current()
    if record.rank in Rank.values:
        yield "subject", str(Rank(record.rank).label), languages.current()
    for language in languages.LANGUAGES if record.unit else ():
        yield "coverage", record.unit.full_label(language), language
    if record.latitude is not None:
        yield "coverage", f"{record.latitude:.6f}, {record.longitude:.6f}", ""
    for act in record.designations.all():
        yield "relation", act.decision_number, ""
    for source in record.sources.all():
        yield "source", source.citation, ""
    for link in record.public_scans:
        yield "relation", manifest_url(link.digital_object.identifier), ""
    yield "rights", record.rights_statement, ""


ROLES = {"aut": "creator", "pbl": "publisher"}


def _work(work: Any) -> Iterator[Element]:
    yield from _texts("description", languages.pair(work, "description"))
    yield "type", "Text", ""
    yield "language", work.language, ""
    for one in work.contributors.all():
        yield ROLES.get(one.role, "contributor"), one.name, ""
    for subject in work.subjects.all():
        yield from _texts("subject", languages.pair(subject, "label"))
    for edition in work.editions.all():
        if edition.access != "staff":
            yield "format", edition.media_type, ""
    yield "date", str(work.publication_year or ""), ""
    yield "rights", str(work.get_licence_display()), languages.current()


def _place(place: Any) -> Iterator[Element]:
    yield from _texts("description", languages.pair(place, "description"))
    yield "type", "PhysicalObject", ""
    yield "subject", str(place.get_kind_display()), languages.current()
    for language in languages.LANGUAGES if place.unit else ():
        yield "coverage", place.unit.full_label(language), language
    yield "source", place.source, ""
    yield "rights", place.source_licence, ""
