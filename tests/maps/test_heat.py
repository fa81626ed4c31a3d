"""The heat map's weights are the pyramid's counts: none lost, none twice, one query, narrowed like the marks."""

import pytest

from heritage.maps import pyramid
from tests.factories.catalog import RecordFactory
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db
AT = "/vi/ban-do/mat-do.json"
WHOLE = {"bbox": "102,7,118,24"}


@pytest.fixture
def marks():
    for number in range(12):
        PlaceFactory(latitude=21.5 + number / 50, longitude=105.8)
    RecordFactory(latitude=16.46, longitude=107.58)
    RecordFactory(latitude=16.46, longitude=107.58, live=False)
    pyramid.rebuild()


@pytest.mark.parametrize("zoom", [4, 6, 9, 12, 14, 18])
def test_every_public_mark_counts_once_at_every_zoom(client, marks, zoom, django_assert_num_queries):
    with django_assert_num_queries(1):
        cells = client.get(AT, {**WHOLE, "zoom": zoom}).json()["cells"]
    assert sum(count for _longitude, _latitude, count in cells) == 13
    assert all(7 < latitude < 24 and 102 < longitude < 118 for longitude, latitude, _count in cells)


def test_layers_narrow_it_and_nonsense_is_refused(client, marks):
    assert len(client.get(AT, {**WHOLE, "zoom": 8, "layers": "monument"}).json()["cells"]) == 1
    assert client.get(AT, {"bbox": "1,2,inf,4", "zoom": 8}).json()["error"]["field"] == "bbox"
    assert client.get(AT, {**WHOLE, "zoom": "x"}).status_code == 400
