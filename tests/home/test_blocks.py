"""Any kind of map stands in any page that editors build, with both archipelagos' names and nothing unpublished."""

import pytest
from django.template.loader import render_to_string

from heritage.home.blocks import BodyBlock
from heritage.maps import pyramid
from heritage.maps.folium_elements.archipelagos import LABELS
from heritage.maps.models import Itinerary, ItineraryStop, ThematicMap
from tests.factories.catalog import RecordFactory
from tests.factories.maps import PlaceFactory
from tests.maps.test_thematic import spec_of

pytestmark = pytest.mark.django_db


def drawn(kind, value):
    block = BodyBlock()
    stream = block.to_python([{"type": kind, "value": value, "id": "1"}])
    return render_to_string("home/blocks/text.html", {"value": ""}) + stream.render_as_block()


def test_every_kind_of_map_stands_in_a_page():
    place = PlaceFactory()
    record = RecordFactory(latitude=21.6, longitude=105.8)
    pyramid.rebuild()
    itinerary = Itinerary.objects.create(slug="mot-ngay", title_vi="Một ngày (mẫu)")
    ItineraryStop.objects.create(itinerary=itinerary, place=place)
    thematic = ThematicMap.objects.create(slug="mot-vung", title_vi="Một vùng (mẫu)")
    view = {"layers": ["food"], "latitude": 21.6, "longitude": 105.8, "zoom": 9}
    for kind, value, part in (
        ("map", thematic.pk, "marks"),
        ("itinerary", itinerary.pk, "route"),
        ("site_map", record.pk, "marks"),
        ("tourism_map", view, "marks"),
        ("tourism_map", {**view, "layers": [], "latitude": None}, "marks"),
    ):
        parts = {one["kind"]: one for one in spec_of(drawn(kind, value))["parts"]}
        assert parts["archipelagos"]["labels"] == LABELS
        assert part in parts
    record.live = False
    record.save()
    assert "data-map" not in drawn("site_map", record.pk)
