"""Whatever stands in any text field of what a map shows, it is shown as text."""

import re

import pytest
from django.db import models

from heritage.core import outbox
from heritage.maps import pyramid
from heritage.maps.models import Itinerary, ItineraryStop, Place, ThematicMap
from tests.factories.catalog import RecordFactory
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db
NASTY = "</script><img src=x onerror=alert(1)> {{ 7*7 }} `x` javascript:alert(1)"
KEPT = {"number", "slug", "kind", "source_key", "path", "leave", "by"}
"""What addresses and choices are made of; the database or its form holds these to what they may be."""


def spoil(instance):
    """Hostile text in every field that can hold it, put there past every form."""
    values = {}
    for field in type(instance)._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and not field.choices and field.name not in KEPT:
            values[field.name] = NASTY[: field.max_length or None]
    assert len(values) > 1
    type(instance).objects.filter(pk=instance.pk).update(**values)
    return set(values)


def test_no_text_field_of_places_and_maps_becomes_markup_or_a_link(client):
    record = RecordFactory(latitude=21.6, longitude=105.85)
    place = PlaceFactory(latitude=21.6, longitude=105.85, kind="food")
    itinerary = Itinerary.objects.create(slug="mot-ngay", title_vi="x")
    stop = ItineraryStop.objects.create(itinerary=itinerary, place=place)
    thematic = ThematicMap.objects.create(slug="mot-vung", title_vi="x", latitude=21.6, longitude=105.8, zoom=11)
    spoiled = [spoil(one) for one in (place, itinerary, stop, thematic)]
    assert {"dishes_vi", "website", "address", "payment", "season_note_vi", "verified_by"} <= spoiled[0]
    pyramid.rebuild()
    outbox.drain_all()
    place = Place.objects.get()
    pages = [
        place.get_absolute_url(), record.get_absolute_url(), itinerary.get_absolute_url(), thematic.get_absolute_url(),
        "/vi/dia-diem/", "/vi/ban-do/", "/vi/ban-do/nhung/mot-vung/", "/vi/ban-do/nhung/?itinerary=mot-ngay",
        f"/vi/ban-do/nhung/?site={place.number}", f"/vi/hanh-trinh/cua-toi/?stops={place.number},{record.number}",
        f"/vi/hanh-trinh/cua-toi/?stops={place.number}&title={NASTY[:80]}", "/vi/hanh-trinh/", "/vi/ban-do/chuyen-de/",
        f"/vi/dia-diem/{place.number}/gop-y/",
    ]  # fmt: skip
    for page in [*pages, *(page.replace("/vi/dia-diem/", "/en/places/") for page in pages[:1])]:
        answer = client.get(page)
        assert answer.status_code == 200, page
        html = answer.content.decode()
        assert "<img src=x" not in html, page
        assert "</script><img" not in html, page
        assert not re.search(r"""(href|src)=["']?\s*javascript:""", html, re.IGNORECASE), page
        assert " 49 " not in html, page  # a template in a template
