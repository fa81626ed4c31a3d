"""Heritage records as everybody may have them."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.html import strip_tags

from heritage.catalog import particulars, queries
from heritage.catalog.models import Designation, Licence, Record, RecordObject, RecordPicture
from heritage.catalog.models.person import Purpose
from heritage.catalog.models.vocabulary import LICENCE_URLS
from heritage.catalog.people.queries import practitioners
from heritage.catalog.zones.page import public_features
from heritage.core import languages
from heritage.core.addresses import absolute
from heritage.iiif.addresses import manifest_url
from heritage.iiif.queries import open_objects
from heritage.publishing.api import describe


def published() -> QuerySet[Record]:
    """Published records with all that `in_list` reads: four queries for any number of them."""
    designations = Designation.objects.select_related("authority", "part").order_by("effective_on", "pk")
    scans = RecordObject.objects.filter(is_restricted=False, digital_object__in=open_objects().order_by())
    scans = scans.select_related("digital_object").order_by("sort_order", "pk")
    return (
        queries.published()
        .select_related("unit__parent__parent", "cover")
        .prefetch_related(
            Prefetch("designations", designations), Prefetch("record_objects", scans, to_attr="public_scans")
        )
    )


def title(record: Record) -> dict[str, str]:
    return languages.pair(record, "name")


def printed_place(record: Record) -> str:
    """The place as its decision prints it."""
    return ", ".join(
        part for part in (record.commune_printed, record.district_printed, record.province_printed) if part
    )


def place(record: Record, language: str) -> str:
    """The place as it is called now; as printed where that is not known."""
    return record.unit.full_label(language) if record.unit else printed_place(record)


def in_list(record: Record, code: str | None) -> dict[str, Any]:
    """A record as lists of the API give it."""
    return {
        "number": record.number,
        "title": title(record),
        "kind": record.kind,
        "rank": record.rank or None,  # type: ignore[attr-defined]
        "types": list(record.types),
        "ich_categories": list(record.ich_categories),
        "summary": languages.pair(record, "summary"),
        "id": describe.permanent(record.number),
        "short_url": describe.short(code),
        "qr": describe.qr(record.number),
        **_addresses(record),
        **_manifests(record),
        "location": describe.location(record),
        "place": {"printed": printed_place(record), "unit": describe.unit(record.unit)},
        "designations": [designation(act) for act in record.designations.all()],
        "modified": record.modified_at.isoformat(),
    }


def _addresses(record: Record) -> dict[str, Any]:
    pages = describe.pages(record)
    return {"url": pages["vi"], "pages": pages}


def _manifests(record: Record) -> dict[str, Any]:
    """Manifests of the scans that everybody may see; the first one by itself for those who want one."""
    links: list[RecordObject] = record.public_scans  # type: ignore[attr-defined]
    found = [manifest_url(link.digital_object.identifier) for link in links]
    return {"manifest": found[0] if found else None, "manifests": found}


def designation(act: Designation) -> dict[str, Any]:
    """One act of an authority; what is not known is null, never guessed."""
    return {
        "act": act.act,
        "rank": act.rank or None,
        "decision_number": act.decision_number or None,
        "decided_on": act.decided_on and act.decided_on.isoformat(),
        "decided_year": act.decided_year or (act.decided_on.year if act.decided_on else None),
        "authority": languages.pair(act.authority, "name") if act.authority else {},
        "parts": languages.pair(act, "parts"),
        "part": act.part.number if act.part and act.part.live else None,
        "signer": act.signer or None,
        "note": languages.pair(act, "note"),
    }


def describe_one(record: Record) -> dict[str, Any]:
    """A record by itself, with what lists leave out."""
    code = describe.codes([record]).get(record.pk)
    related = record.relations.filter(target__live=True).select_related("target")
    return {
        **in_list(record, code),
        "names": [
            {"kind": name.kind, "text": name.text, "first_year": name.first_year, "last_year": name.last_year}
            for name in record.names.all()
        ],
        "particulars": particulars.as_json(record),
        "dimensions": [
            {"measure": one.measure, "value": float(one.value), "unit": one.unit, "part": one.part or None}
            for one in record.dimensions.all()
        ],
        "terms": [_term(one) for one in record.terms.all()],
        "periods": [_term(one) for one in record.periods.all()],
        "tags": [tag.name for tag in record.tags.all()],
        "pictures": [_picture(one) for one in record.pictures.select_related("image")],
        "text": {language: strip_tags(text) for language, text in languages.pair(record, "text").items()},
        "part_of": _number_of(record.part_of),
        "parts": list(record.parts.filter(live=True).order_by("number").values_list("number", flat=True)),
        "relations": [{"kind": one.kind, "number": one.target.number} for one in related],
        "sources": [
            {
                "kind": source.kind,
                "authors": source.authors or None,
                "citation": source.citation,
                "published_year": source.published_year,
                "url": source.url or None,
                "pages": source.pages or None,
                "identifier": source.identifier or None,
            }
            for source in record.sources.all()
        ],
        "zones": [{**feature["properties"], "geometry": feature["geometry"]} for feature in zones_of(record)],
        "practitioners": [
            {"name": one.person.name, "role": one.practice.role, "is_sample": one.person.is_sample}
            for one in practitioners(record, Purpose.OPEN_DATA)
        ],
        "confidence": record.confidence or None,
        "rights": record.rights_statement or None,
        "licences": {
            language: LICENCE_URLS[Licence(key)]
            for language in languages.LANGUAGES
            if (key := getattr(record, f"licence_{language}"))
        },
    }


def _term(term: Any) -> dict[str, Any]:
    """A term or period of a vocabulary."""
    names = languages.pair(term, "name")
    return {"code": term.code, "name": names, "first_year": term.first_year, "last_year": term.last_year}


def _picture(picture: RecordPicture) -> dict[str, Any]:
    image = picture.image
    return {
        "url": absolute(image.get_rendition("max-1200x1200").url),
        "caption": languages.pair(picture, "caption"),
        "credit": image.credit or None,
        "licence": image.licence or None,
    }


def zones_of(record: Record) -> list[dict[str, Any]]:
    """The protection zones in force as GeoJSON features, without the number of their record."""
    features = public_features(record)["features"]
    for feature in features:
        del feature["properties"]["record"]
    return features


def _number_of(record: Record | None) -> str | None:
    return record.number if record is not None and record.live else None


SCHEMA_TYPES = {
    "monument": ["LandmarksOrHistoricalBuildings", "TouristAttraction"],
    "component": ["LandmarksOrHistoricalBuildings", "TouristAttraction"],
    "ich": ["CreativeWork"],
    "object": ["ArchiveComponent"],
    "treasure": ["ArchiveComponent"],
    "documentary": ["ArchiveComponent"],
    "festival": ["EventSeries"],
    "place_name": ["Place"],
}
"""schema.org 29 has no type of its own for intangible heritage; CreativeWork is what search engines accept for it."""


def json_ld(record: Record) -> dict[str, Any]:
    """The record in schema.org's words; only what is known is said."""
    address = describe.permanent(record.number)
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES.get(record.kind, ["Thing"]),
        "@id": address,
        "identifier": record.number,
        "url": describe.pages(record)[languages.current()],
        "name": languages.in_language(record, "name"),
        "alternateName": sorted(set(title(record).values()) - {languages.in_language(record, "name")}),
        "description": languages.in_language(record, "summary"),
        "image": describe.cover(record),
        "dateModified": record.modified_at.isoformat(),
    }
    if is_place(record):
        found |= {"geo": describe.geo(record), "address": describe.postal_address(record.unit)}
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def is_place(record: Record) -> bool:
    return record.kind in ("monument", "component")
