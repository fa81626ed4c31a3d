"""What publishing shows of each kind of object, and what it adds to their pages."""

from heritage.core import sections
from heritage.core.sections import Section
from heritage.publishing import cite, resources
from heritage.publishing.resources import Resource, places, records, works


def register_resources() -> None:
    resources.register(
        Resource(
            model="catalog.record",
            collection="records",
            published=records.published,
            describe=records.describe_one,
            json_ld=records.json_ld,
            title=records.title,
            place=records.place,
        )
    )
    resources.register(
        Resource(
            model="maps.place",
            collection="places",
            published=places.published,
            describe=places.describe_one,
            json_ld=places.json_ld,
            title=places.title,
            place=places.where,
        )
    )
    resources.register(
        Resource(
            model="library.work",
            collection="works",
            published=works.published,
            describe=works.describe_one,
            json_ld=works.json_ld,
            title=works.title,
            place=works.place,
        )
    )


def register_sections() -> None:
    """The citation, QR code and structured data stand near the end of each object's page."""
    for resource in resources.every():
        section = Section("cite", 90, "publishing/sections/cite.html", cite.context)
        sections.register(resource.model, section)
