"""Tourist places as everybody may have them."""

from typing import Any

from django.db.models import QuerySet

from heritage.core import languages
from heritage.maps import queries
from heritage.maps.models import Place
from heritage.publishing.api import describe


def published() -> QuerySet[Place]:
    """Published places with all that `in_list` reads: two queries for any number of them."""
    return queries.published().select_related("unit__parent__parent", "cover").prefetch_related("ticket_prices")


def title(place: Place) -> dict[str, str]:
    return languages.pair(place, "name")


def where(place: Place, language: str) -> str:
    """Street and unit, in one line."""
    unit = place.unit.full_label(language) if place.unit else ""
    return ", ".join(part for part in (place.address, unit) if part)


def in_list(place: Place, code: str | None) -> dict[str, Any]:
    """A place as lists of the API give it; stars only as an authority verified them."""
    pages = describe.pages(place)
    return {
        "number": place.number,
        "title": title(place),
        "kind": place.kind,
        "category": place.category or None,
        "description": languages.pair(place, "description"),
        "id": describe.permanent(place.number),
        "short_url": describe.short(code),
        "qr": describe.qr(place.number),
        "url": pages["vi"],
        "pages": pages,
        "location": describe.location(place),
        "address": place.address or None,
        "unit": describe.unit(place.unit),
        "phone": place.phone or None,
        "website": place.website or None,
        "opening_hours": place.opening_hours or None,
        "price_band": place.price_band or None,
        "price_from": place.price_from,
        "price_to": place.price_to,
        "stars": place.stars,
        "ocop_grade": place.ocop_grade,
        "wheelchair": place.wheelchair or None,
        "languages_spoken": place.languages_spoken.replace(",", " ").split(),
        "ticket_prices": [{"group": one.group, "price": one.price} for one in place.ticket_prices.all()],
        "source": place.source or None,
        "source_licence": place.source_licence or None,
        "verified_on": place.verified_on and place.verified_on.isoformat(),
        "is_sample": place.is_sample,
        "modified": place.modified_at.isoformat(),
    }


def describe_one(place: Place) -> dict[str, Any]:
    return in_list(place, describe.codes([place]).get(place.pk))


SCHEMA_TYPES = {
    "lodging": "LodgingBusiness",
    "food": "FoodEstablishment",
    "shopping": "Store",
    "attraction": "TouristAttraction",
    "entertainment": "EntertainmentBusiness",
    "service": "LocalBusiness",
}


def json_ld(place: Place) -> dict[str, Any]:
    """The place in schema.org's words; only what is known is said."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES.get(place.kind, "Place"),
        "@id": describe.permanent(place.number),
        "identifier": place.number,
        "url": describe.pages(place)[languages.current()],
        "name": languages.in_language(place, "name"),
        "description": languages.in_language(place, "description"),
        "image": describe.cover(place),
        "geo": describe.geo(place),
        "address": describe.postal_address(place.unit, place.address),
        "telephone": place.phone,
        "sameAs": place.website,
    }
    if place.stars:
        found["starRating"] = {"@type": "Rating", "ratingValue": place.stars, "author": place.stars_verified_by}
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}
