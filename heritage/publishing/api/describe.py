"""Pieces of answers that several collections share, as plain values."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils import translation

from heritage.core import languages
from heritage.core.addresses import absolute
from heritage.core.models import Identifier
from heritage.places.models import Unit


def permanent(number: str) -> str:
    """The permanent address of a number, `https://.../id/TN01`."""
    return absolute(reverse("identifier", args=[number]))


def pages(instance: Model) -> dict[str, str]:
    """The page of `instance` in each language."""
    found = {}
    for language in languages.LANGUAGES:
        with translation.override(language):
            found[language] = absolute(instance.get_absolute_url())  # type: ignore[attr-defined]
    return found


def codes(instances: Iterable[Model]) -> dict[int, str]:
    """The short code of each of `instances`, all of one model, by primary key; one query."""
    rows = list(instances)
    if not rows:
        return {}
    label = rows[0]._meta.label_lower
    found = Identifier.objects.filter(model=label, object_id__in=[row.pk for row in rows])
    return dict(found.values_list("object_id", "code"))


def qr(number: str) -> str:
    return absolute(reverse("qr", args=[number, "svg"]))


def short(code: str | None) -> str | None:
    return absolute(reverse("short_code", args=[code])) if code else None


def location(instance: Any) -> dict[str, Any] | None:
    """The point of anything that has `latitude` and `longitude`."""
    if instance.latitude is None or instance.longitude is None:
        return None
    return {
        "latitude": instance.latitude,
        "longitude": instance.longitude,
        "accuracy_m": getattr(instance, "coord_accuracy_m", None),
        "basis": getattr(instance, "coord_basis", ""),
    }


def unit(instance: Unit | None) -> dict[str, Any] | None:
    """A unit in short; needs `parent__parent` selected."""
    if instance is None:
        return None
    return {
        "code": instance.code,
        "level": instance.level,
        "name": {language: instance.label(language) for language in languages.LANGUAGES},
        "full_name": {language: instance.full_label(language) for language in languages.LANGUAGES},
    }


def geo(instance: Any) -> dict[str, Any] | None:
    """The point as schema.org's GeoCoordinates."""
    if instance.latitude is None or instance.longitude is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": instance.latitude, "longitude": instance.longitude}


def postal_address(instance: Unit | None, street: str = "") -> dict[str, Any] | None:
    """The present unit as schema.org's PostalAddress."""
    if instance is None:
        return None
    values = {"@type": "PostalAddress", "addressCountry": "VN"} | ({"streetAddress": street} if street else {})
    if instance.parent is None:
        return values | {"addressRegion": instance.label()}
    return values | {"addressRegion": instance.parent.label(), "addressLocality": instance.label()}


def cover(instance: Any) -> str | None:
    """The absolute address of the cover, for those who cannot follow a relative one."""
    if instance.cover is None:
        return None
    return absolute(instance.cover.get_rendition("max-1200x1200").url)
